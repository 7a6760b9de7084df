import { parseRunbook } from './parseRunbook';

function parse(text: string, url = 'docs/runbooks/queue-full.md') {
  return parseRunbook({ text, url });
}

/** The first step of a list under "Steps". */
function stepOf(item: string) {
  return parse(`## Steps\n\n${item}`).steps[0];
}

describe('parseRunbook', () => {
  describe('front matter', () => {
    it('reads all fields that a runbook may declare', () => {
      const runbook = parse(
        [
          '---',
          'id: queue-full',
          'title: The queue is full',
          'alerts: [QueueFull, errors.count]',
          'services: [component:default/Worker, mailer]',
          'severity: critical',
          'owner: group:default/crm',
          'symptoms: [mail is late, 502]',
          'tags: rabbitmq, mail',
          'lastTested: 2026-10-01',
          'testedBy: user:default/ana',
          "variables: { app: '{{ entity.metadata.name }}', queue: }",
          '---',
          '# Another title',
        ].join('\n'),
      );
      expect(runbook).toMatchObject({
        declaredId: 'queue-full',
        title: 'The queue is full',
        alerts: ['QueueFull', 'errors.count'],
        services: ['component:default/worker', 'component:default/mailer'],
        severity: 'critical',
        owner: 'group:default/crm',
        symptoms: ['mail is late', '502'],
        tags: ['rabbitmq', 'mail'],
        lastTested: '2026-10-01T00:00:00.000Z',
        testedBy: 'user:default/ana',
        declaredVariables: [
          { name: 'app', value: '{{ entity.metadata.name }}' },
          { name: 'queue' },
        ],
        markdown: '# Another title',
        problems: [],
      });
      expect(runbook.sections).toMatchObject([
        { title: 'Another title', line: 14 },
      ]);
    });

    it('reads TOML, and keys in the other ways to write them', () => {
      expect(
        parse('+++\ntitle = "T"\nlast_tested = 2026-10-01\n+++\ntext'),
      ).toMatchObject({
        title: 'T',
        lastTested: '2026-10-01T00:00:00.000Z',
        markdown: 'text',
        problems: [],
      });
      expect(parse('---\nLast-Tested: 2026-10-01\n---\n').lastTested).toBe(
        '2026-10-01T00:00:00.000Z',
      );
    });

    it('leaves what other tools keep there alone', () => {
      const runbook = parse(
        '---\nweight: 20\nsidebar_label: Queue\nhide: [toc]\ndraft: true\n---\n# Q',
      );
      expect(runbook).toMatchObject({ title: 'Q', problems: [] });
    });

    it('says where it cannot be read, and reads the rest of the file', () => {
      const runbook = parse(
        '---\ntitle: a\nalerts: [b\n---\n# Title\n\n1. Do it',
      );
      expect(runbook.title).toBe('Title');
      expect(runbook.steps).toHaveLength(1);
      expect(runbook.problems).toEqual([
        {
          code: 'invalid-front-matter',
          severity: 'error',
          message: expect.stringMatching(/^The front matter cannot be read: ./),
          line: expect.any(Number),
        },
      ]);
      expect(runbook.problems[0].line).toBeGreaterThan(1);
      expect(runbook.problems[0].message).not.toContain('\n');
    });

    it.each([
      ['lastTested: soon', 'lastTested'],
      ['lastTested: 2026-02-30', 'lastTested'],
      ['alerts: { a: 1 }', 'alerts'],
      ['variables: text', 'variables'],
      ['variables: ["a b"]', 'variables'],
      ['- a', 'front matter'],
    ])('says what is wrong with %s', (line, named) => {
      const { problems } = parse(`---\n${line}\n---\n`);
      expect(problems.map(({ code }) => code)).toEqual([
        'invalid-front-matter',
      ]);
      expect(problems[0].message).toContain(named);
    });

    it('is no way to reach what all objects have', () => {
      const { declaredVariables } = parse(
        '---\n__proto__: { title: x }\nvariables: { __proto__: { value: y }, constructor: z }\n---\n',
      );
      expect(declaredVariables).toContainEqual({
        name: 'constructor',
        value: 'z',
      });
      expect(Object.hasOwn({}, 'title')).toBe(false);
      expect(parse('# T').declaredVariables).toEqual([]);
    });

    it('takes a line at the top for a rule when nothing closes it', () => {
      expect(parse('---\n\n# Title')).toMatchObject({
        title: 'Title',
        problems: [],
      });
    });
  });

  describe('title and alerts', () => {
    it.each([
      ['# Disk is full', 'x.md', 'Disk is full'],
      [
        'text',
        'https://git.example.com/r/disk-is_full.md?plain=1#a',
        'Disk is full',
      ],
      ['text', 'docs/disk%20full/README.md', 'Disk full'],
      ['text', 'C:\\runbooks\\full.mdx', 'Full'],
      ['', '', 'Runbook'],
      ['text', 'a/%zz.md', '%zz'],
    ])('names %j of %j', (text, url, title) => {
      expect(parse(text, url).title).toBe(title);
    });

    it.each([
      ['# KubePodCrashLooping\n\n## Meaning', 'a.md', ['KubePodCrashLooping']],
      ['# etcdNoLeader', 'etcdNoLeader.md', ['etcdNoLeader']],
      ['# Text\n\n## Site Down', 'site-down.md', ['SiteDown']],
      ['# Text\n\n## database.cpu', 'b.md', ['DatabaseCpuHigh']],
      ['# Restarting PostgreSQL\n\n## GitHub', 'restart.md', []],
    ])('finds the alerts of %j in %s', (text, url, alerts) => {
      expect(parse(text, url).alerts).toEqual(alerts);
    });

    it('goes by the front matter alone where that names alerts', () => {
      expect(
        parse('---\nalerts: Mine\n---\n# SiteDown', 'SiteDown.md').alerts,
      ).toEqual(['Mine']);
    });

    it('reads symptoms under their own heading, in English and French', () => {
      expect(
        parse('## Symptoms\n\n- pages hang\n- 504\n\n## Steps').symptoms,
      ).toEqual(['pages hang', '504']);
      expect(parse('## Symptômes\n\n- 502\n').symptoms).toEqual(['502']);
    });
  });

  describe('which items are steps', () => {
    const titles = (text: string) =>
      parse(text).steps.map(({ title }) => title);

    it('takes ordered and task lists under a heading for steps, and no others', () => {
      expect(
        titles(
          '# T\n\n1. no\n\n## Steps\n\n1. one\n2. two\n\n- a note\n\n## Notes\n\n1. no',
        ),
      ).toEqual(['one', 'two']);
      expect(titles('## Procedure\n\n- [ ] tick\n- [x] tack\n')).toEqual([
        'tick',
        'tack',
      ]);
    });

    it.each([
      'Diagnosis',
      'Mitigation',
      'Steps',
      'Runbook',
      'Procedure',
      'Resolution',
      'Remediation',
      'How to fix',
      'Étapes',
      'Diagnostic',
      'Procédure',
      'Remédiation',
      'Marche à suivre',
    ])('takes bullets under "%s" for steps', heading => {
      expect(titles(`# T\n\n- no\n\n## ${heading}\n\n- look\n- act`)).toEqual([
        'look',
        'act',
      ]);
      expect(titles(`## ${heading}\n\n### Part\n\n* look`)).toEqual(['look']);
    });

    it('takes those of the whole text where no heading says which', () => {
      expect(titles('# T\n\n- no\n\n1. one\n\n## Then\n\n- [ ] two')).toEqual([
        'one',
        'two',
      ]);
    });

    it('does not take a list of links, a list in a quote or an empty item for steps', () => {
      expect(
        titles(
          '## Mitigation\n\n- [Docs](https://docs.example.com)\n- <https://a.example>\n',
        ),
      ).toEqual([]);
      expect(titles('> 1. quoted\n')).toEqual([]);
      expect(titles('## Steps\n\n1.\n2. two\n')).toEqual(['two']);
    });

    it('keeps code with its step that stands between two numbers without indentation', () => {
      const { steps, sections } = parse(
        '## Steps\n\n1. Look:\n\n```bash\ndf -h\n```\n\n2. Act:\n```bash\nrm x\n```\n\nAfterwards rest.',
      );
      expect(
        steps.map(({ commands }) => commands.map(({ text }) => text)),
      ).toEqual([['df -h'], ['rm x']]);
      expect(steps[0].markdown).toBe('Look:\n\n```bash\ndf -h\n```');
      expect(sections[0]).toMatchObject({
        markdown: 'Afterwards rest.',
        steps: [0, 1],
      });
    });
  });

  describe('a step', () => {
    it('has its text without the mark and indentation of the list, and its line', () => {
      const { steps } = parse(
        '---\ntitle: t\n---\n## Steps\n\n  10. Look *here*.\n\n      ```sql\n      SELECT 1\n        FROM t;\n      ```\n      And there.\n',
      );
      expect(steps).toMatchObject([
        {
          index: 0,
          title: 'Look here',
          section: 'Steps',
          line: 6,
          markdown:
            'Look *here*.\n\n```sql\nSELECT 1\n  FROM t;\n```\nAnd there.',
          commands: [{ language: 'sql', text: 'SELECT 1\n  FROM t;', line: 9 }],
        },
      ]);
    });

    it.each([
      [
        '1. Short. Then a longer sentence. And more.',
        'Short. Then a longer sentence',
      ],
      ['1. Is it one issue, or several? Look.', 'Is it one issue, or several?'],
      ['1. **Roll it back**: find the last release.', 'Roll it back'],
      ['1. **Roll back?** Find it.', 'Roll back?'],
      ['1. **Stop** the worker', 'Stop the worker'],
      ['1. Check:\n   Expected: fine', 'Check'],
      ['1. ```bash\n   df -h\n   ```', 'df -h'],
      [
        '1. Restart the pod `web`\n   on each node',
        'Restart the pod web on each node',
      ],
      [`1. ${'word '.repeat(60)}`, `${'word '.repeat(27)}word…`],
    ])('is called by its first sentence: %j', (item, title) => {
      expect(stepOf(item).title).toBe(title);
    });

    it('has its nested code as commands, and inline code that looks like one', () => {
      const { commands } = stepOf(
        [
          '- [ ] Look at `web`, call `kubectl get pods -A` or `GET /health`.',
          '  - then `systemctl restart web` and `foo --now`',
          '',
          '    ```console',
          '    $ journalctl -u web',
          '    ```',
          '  - see `pg_stat_activity`, `error-rate` and `SELECT 1;`',
          '',
          '  ```output',
          '  all fine',
          '  ```',
        ].join('\n'),
      );
      expect(commands.map(({ text }) => text)).toEqual([
        'kubectl get pods -A',
        'systemctl restart web',
        'foo --now',
        '$ journalctl -u web',
        'SELECT 1;',
      ]);
    });

    it.each([
      ['Expected: status **Ready**', 'status **Ready**'],
      ['**Expected result:** 200', '200'],
      [
        'Expect status Ready within two minutes',
        'status Ready within two minutes',
      ],
      ['→ answers 201', 'answers 201'],
      ['Attendu : rien ne bloque', 'rien ne bloque'],
      ['Résultat attendu : 200', '200'],
      ['Expected: one\n   and two', 'one\nand two'],
      ['Expected:\n\n   ```\n   ok 200\n   ```', '```\nok 200\n```'],
    ])('says what to expect: %j', (line, expected) => {
      const step = stepOf(`1. Call it.\n\n   ${line}`);
      expect(step).toMatchObject({ title: 'Call it', expected, commands: [] });
    });

    it.each([
      ['Expected: 200. If not, go to step 2.', '200.', 'go to step 2.', 1],
      ['Expected: `ok`. Anything else: see step 1.', '`ok`.', 'see step 1.', 0],
      ['Expected: ok\n   Otherwise: page Ann', 'ok', 'page Ann', undefined],
      ['Attendu : 200. Sinon, étape 2.', '200.', 'étape 2.', 1],
    ])(
      'says what to do otherwise: %j',
      (line, expected, otherwise, otherwiseStep) => {
        const step = stepOf(`1. Call it.\n\n   ${line}\n2. Next`);
        expect(step).toMatchObject({ expected, otherwise });
        expect(step.otherwiseStep).toBe(otherwiseStep);
      },
    );

    it('does not take the middle of a sentence, a menu or a wish for a result', () => {
      const step = stepOf(
        '1. Restart it, for it is stuck\n   otherwise. Open Settings → Deployments\n   and what you expect there.',
      );
      expect(step.expected).toBeUndefined();
      expect(step.otherwise).toBeUndefined();
    });

    it('sends to no step that there is not', () => {
      expect(stepOf('1. A\n\n   Otherwise go to step 9.')).not.toHaveProperty(
        'otherwiseStep',
      );
    });

    it('brings the definitions of its links along', () => {
      expect(
        stepOf('1. See [the board][1].\n\n[1]: https://board.example\n')
          .markdown,
      ).toBe('See [the board][1].\n\n[1]: https://board.example');
    });
  });

  it('lists links and images with their place', () => {
    const { links } = parse(
      '# T\n\nSee [a](./a.md), [b][x] and ![c](img/c.png).\n\n[x]: https://b.example/\n\n<me@b.example> [d](#t) [e](/e) [f](javascript:x)',
    );
    expect(
      links.map(({ kind, url, isImage, line, column }) =>
        [kind, url, isImage, line, column].join(' '),
      ),
    ).toEqual([
      'relative ./a.md false 3 5',
      'http https://b.example/ false 3 18',
      'relative img/c.png true 3 29',
      'mailto mailto:me@b.example false 7 1',
      'anchor #t false 7 16',
      'root /e false 7 24',
      'other javascript:x false 7 32',
    ]);
  });

  it('finds what is still to be written, with its place', () => {
    expect(parse('# T\n\n- TODO: more\n<!-- FIXME -->\nTODOS').toDos).toEqual([
      { line: 3, column: 3, word: 'TODO' },
      { line: 4, column: 6, word: 'FIXME' },
    ]);
  });

  it('gives the search what it weighs apart', () => {
    expect(
      parse(
        '---\ntags: [a]\nsymptoms: [b]\n---\n# Title\n\nSome *text*.\n\n## Steps\n\n1. Run `ls -l`\n',
      ).searchText,
    ).toEqual({
      fileName: 'queue-full',
      alerts: [],
      title: 'Title',
      symptoms: ['b'],
      tags: ['a'],
      headings: ['Title', 'Steps'],
      body: 'Some text. Run ls -l',
    });
  });

  it('reads files of Windows and with a byte order mark', () => {
    const runbook = parse(
      '\uFEFF---\r\ntitle: T\r\n---\r\n1. one\r\n2. two\r\n',
    );
    expect(runbook.title).toBe('T');
    expect(runbook.steps.map(({ title }) => title)).toEqual(['one', 'two']);
  });

  it.each([
    ['a file that is too large', `# T\n${'é'.repeat(300_000)}`],
    ['marks without end', '**_'.repeat(20_000)],
    ['quotes in quotes', '>'.repeat(20_000)],
    ['lists in lists', `${'- '.repeat(20_000)}a`],
    ['nothing but lines', '\n'.repeat(100_000)],
    ['shortcodes without end', '{{< a '.repeat(20_000)],
  ])('does not read %s, and says so', (_, text) => {
    const runbook = parse(text, 'docs/SiteDown.md');
    expect(runbook).toMatchObject({
      title: 'SiteDown',
      alerts: ['SiteDown'],
      steps: [],
      markdown: '',
    });
    expect(runbook.problems.map(({ code }) => code)).toEqual(['too-large']);
  });
});
