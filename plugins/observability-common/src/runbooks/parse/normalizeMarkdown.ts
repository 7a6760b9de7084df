import { admonitionType } from './admonitions';
import {
  convertInlineShortcodes,
  readShortcode,
  Shortcode,
} from './shortcodes';

type Block = {
  /** What ends it: a closing shortcode, a line of colons, or less indentation. */
  end: { shortcode: string } | { colons: number } | { indent: number };
  /** How far it is indented itself. */
  lead: string;
};

type Fence = { mark: string } | { shortcode: string };

const FENCE =
  /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:>[ \t]*)*(`{3,}|~{3,})(.*)$/;
const CODE_SHORTCODES = new Set(['highlight', 'code', 'mermaid', 'command']);

class Normalizer {
  readonly #lines: readonly string[];
  /** By name of a shortcode, or `:`, the last line that could close one. */
  readonly #lastEnd = new Map<string, number>();
  readonly #open: Block[] = [];
  #fence: Fence | undefined;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
    for (const [index, line] of lines.entries()) {
      const shortcode = readShortcode(line);
      if (shortcode?.isEnd) {
        this.#lastEnd.set(shortcode.name, index);
      } else if (/^\s*:{3,}\s*$/.test(line)) {
        this.#lastEnd.set(':', index);
      }
    }
  }

  normalize(): string {
    return this.#lines
      .map((line, index) => this.#convert(line, index))
      .join('\n');
  }

  #convert(line: string, index: number): string {
    const rest = this.#leaveIndented(line);
    if (this.#fence) {
      return this.#convertCode(rest);
    }
    const shortcode = readShortcode(rest);
    if (this.#closes(rest, shortcode)) {
      this.#open.pop();
      return this.#quote('');
    }
    const opened = this.#openBlock(rest, index, shortcode);
    if (opened !== undefined) {
      return opened;
    }
    const fence = FENCE.exec(rest);
    // Backticks with a backtick after them are code within a line.
    if (fence && !(fence[1].startsWith('`') && fence[2].includes('`'))) {
      this.#fence = { mark: fence[1] };
      return this.#quote(rest);
    }
    return this.#quote(convertInlineShortcodes(convertDetails(rest)));
  }

  #convertCode(line: string): string {
    const fence = this.#fence;
    if (fence && 'shortcode' in fence) {
      const shortcode = readShortcode(line);
      if (shortcode?.isEnd && shortcode.name === fence.shortcode) {
        this.#fence = undefined;
        return this.#quote(`${shortcode.lead}\`\`\``);
      }
    } else if (fence) {
      const [, mark, after] = FENCE.exec(line) ?? [];
      if (mark?.startsWith(fence.mark) && !after.trim()) {
        this.#fence = undefined;
      }
    }
    return this.#quote(line);
  }

  /** Ends blocks that go by indentation, and takes the indentation off the lines of those that go on. */
  #leaveIndented(line: string): string {
    let rest = line;
    for (const [depth, { end }] of this.#open.entries()) {
      if ('indent' in end && rest.trim()) {
        const indent = /^[ \t]*/.exec(rest)?.[0].replace(/\t/g, '    ') ?? '';
        if (indent.length < end.indent) {
          this.#open.splice(depth);
          this.#fence = undefined;
          return rest;
        }
        rest = indent.slice(4) + rest.trimStart();
      }
    }
    return rest;
  }

  #closes(line: string, shortcode: Shortcode | undefined): boolean {
    const end = this.#open.at(-1)?.end;
    if (!end || 'indent' in end) {
      return false;
    }
    return 'shortcode' in end
      ? shortcode?.isEnd === true && shortcode.name === end.shortcode
      : new RegExp(`^\\s*:{${end.colons}}\\s*$`).test(line);
  }

  #openBlock(
    line: string,
    index: number,
    shortcode: Shortcode | undefined,
  ): string | undefined {
    if (shortcode && !shortcode.isEnd) {
      return this.#openShortcode(index, shortcode);
    }
    const colons =
      /^([ \t]*)(:{3,})[ \t]*([a-zA-Z][\w-]*)(?:\[(.*)\]|[ \t]+(.*))?[ \t]*$/.exec(
        line,
      );
    if (colons && (this.#lastEnd.get(':') ?? -1) > index) {
      const [, lead, mark, name, label, title] = colons;
      return this.#openAdmonition(name, label ?? title, {
        end: { colons: mark.length },
        lead,
      });
    }
    const marked =
      /^([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)[^"]*(?:"([^"]*)")?[ \t]*$/.exec(
        line,
      );
    if (marked) {
      const [, lead, name, title] = marked;
      const indent = lead.replace(/\t/g, '    ').length + 4;
      return this.#openAdmonition(name, title, { end: { indent }, lead });
    }
    return undefined;
  }

  #openShortcode(index: number, shortcode: Shortcode): string | undefined {
    const { name, lead, words, attributes } = shortcode;
    if ((this.#lastEnd.get(name) ?? -1) <= index) {
      return undefined;
    }
    if (CODE_SHORTCODES.has(name)) {
      const language =
        attributes.get('lang') ?? words[0] ?? (name === 'mermaid' ? name : '');
      const block = this.#quote(`${lead}\`\`\`${language}`);
      this.#fence = { shortcode: name };
      return block;
    }
    const type =
      attributes.get('type') ??
      attributes.get('color') ??
      attributes.get('context') ??
      words[0];
    const title =
      attributes.get('title') ??
      (admonitionType(words[0]) ? words[1] : words[0]);
    return admonitionType(name)
      ? this.#openAdmonition(admonitionType(type) ? type : name, title, {
          end: { shortcode: name },
          lead,
        })
      : undefined;
  }

  #openAdmonition(
    name: string | undefined,
    title: string | undefined,
    block: Block,
  ): string | undefined {
    const type = admonitionType(name);
    if (!type) {
      return undefined;
    }
    this.#open.push(block);
    return this.#quote(`${block.lead}[!${type}] ${title ?? ''}`.trimEnd());
  }

  /** A line inside of all blocks that are open. */
  #quote(line: string): string {
    if (this.#open.length === 0) {
      return line;
    }
    const { lead } = this.#open[0];
    const rest = line.startsWith(lead) ? line.slice(lead.length) : line;
    return `${lead}${'> '.repeat(this.#open.length)}${rest}`.trimEnd();
  }
}

/**
 * Writes what Hugo, MkDocs and Docusaurus add to Markdown as Markdown, so that
 * none of it is lost on a page that knows none of them:
 *
 * 1. Blocks that stand out, such as `{{% alert %}}`, `!!! note` and `:::tip`,
 *    become quotes that begin with `[!NOTE]`, as on GitHub, with their title on
 *    the same line.
 * 2. Links to other pages and images become plain links and images; highlighted
 *    code becomes a fenced block; `<details>` opens, and its summary is a line.
 * 3. All other shortcodes become inline code, so that one sees them.
 *
 * Code stays as it is, and each line stays one line, so that numbers of lines
 * are those of the file.
 */
export function normalizeMarkdown(text: string): string {
  return new Normalizer(text.split('\n')).normalize();
}

function convertDetails(line: string): string {
  const isOpening = /^\s*<details[^<>]*>\s*(?:<summary|$)/i.test(line);
  const isRest = /^\s*(?:<\/details>\s*|<summary>.*)$/i.test(line);
  if (!isOpening && !isRest) {
    return line;
  }
  return line
    .replace(/<\/?details[^<>]*>/gi, '')
    .replace(/<summary>\s*(.*?)\s*(?:<\/summary>|$)/gi, (_, text) =>
      text ? `**${text}**` : '',
    );
}
