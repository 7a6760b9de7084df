import { normalizeMarkdown } from './normalizeMarkdown';

describe('normalizeMarkdown', () => {
  it.each([
    [
      'blocks of Hugo',
      '{{% alert title="Take care" color="warning" %}}\ntext\n\nmore\n{{% /alert %}}\nafter',
      '> [!WARNING] Take care\n> text\n>\n> more\n\nafter',
    ],
    ['hints', '{{< hint danger >}}\na\n{{< /hint >}}', '> [!CAUTION]\n> a\n'],
    [
      'notices with a title',
      '{{% notice tip "Quick" %}}\na\n{{% /notice %}}',
      '> [!TIP] Quick\n> a\n',
    ],
    [
      'blocks of MkDocs',
      '!!! note "Before"\n    text\n\n        code\nafter',
      '> [!NOTE] Before\n> text\n>\n>     code\nafter',
    ],
    ['closed blocks of MkDocs', '??? danger\n    a', '> [!CAUTION]\n> a'],
    [
      'blocks of Docusaurus, one in another',
      '::::info Title\na\n:::tip[Sub]\nb\n:::\n::::\nc',
      '> [!NOTE] Title\n> a\n> > [!TIP] Sub\n> > b\n>\n\nc',
    ],
    [
      'blocks in a list',
      '1. a\n\n   :::note\n   b\n   :::',
      '1. a\n\n   > [!NOTE]\n   > b\n',
    ],
    [
      'highlighted code',
      '{{< highlight bash >}}\nls {{< x >}}\n{{< /highlight >}}',
      '```bash\nls {{< x >}}\n```',
    ],
    [
      'links to other pages',
      '[a]({{< ref "./a.md" >}}) [b]({{< relref path="b.md" >}})',
      '[a](./a.md) [b](b.md)',
    ],
    ['figures', '{{< figure src="a b.png" alt="A" >}}', '![A](<a b.png>)'],
    ['unknown shortcodes', 'a {{< foo "b" >}} c', 'a `{{< foo "b" >}}` c'],
    ['unknown shortcodes on a line', '{{% tab "b" %}}', '`{{% tab "b" %}}`'],
    [
      'details',
      '<details>\n<summary>More</summary>\n\ntext\n\n</details>',
      '\n**More**\n\ntext\n\n',
    ],
  ])('writes %s as Markdown', (_, text, markdown) => {
    expect(normalizeMarkdown(text)).toBe(markdown);
  });

  it.each([
    ['code', '```\n{{< ref "a" >}}\n!!! note\n:::note\n:::\n```'],
    ['code in a list', '- a\n\n  ~~~\n  {{< ref "a" >}}\n  ```\n  ~~~\n'],
    ['inline code', 'Write `{{< ref "a" >}}` here'],
    ['variables', '`kubectl logs {{ pod }} <name> ${X}`'],
    ['a block that nothing ends', ':::note\na\n\nb'],
    ['a shortcode of a block that nothing ends', '`{{% alert %}}`\ntext'],
    ['a block of an unknown kind', ':::tabs\na\n:::'],
    ['plain text', 'a !!! b ::: c\n> quote\n\n    code'],
  ])('leaves %s as it is', (_, text) => {
    expect(normalizeMarkdown(text)).toBe(text);
  });
});
