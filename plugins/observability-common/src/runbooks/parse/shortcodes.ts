/** A shortcode that stands alone on its line. */
export interface Shortcode {
  lead: string;
  name: string;
  /** Whether it closes one that was opened before. */
  isEnd: boolean;
  /** What has no name, in its order. */
  words: string[];
  attributes: Map<string, string>;
}

const ALONE =
  /^([ \t]*)\{\{[<%][ \t]*(\/?)[ \t]*([\w/-]+)([^{}]*?)\/?[>%]\}\}[ \t]*$/;
const INLINE = /\{\{([<%])[ \t]*([\w/-]*)([^{}]*?)\/?[>%]\}\}/g;
const WORDS =
  /([\w-]+)=(?:"([^"]*)"|'([^']*)'|(\S+))|"([^"]*)"|'([^']*)'|(\S+)/g;

/** Reads a line that is one shortcode of Hugo and nothing else. */
export function readShortcode(line: string): Shortcode | undefined {
  const match = ALONE.exec(line);
  if (!match) {
    return undefined;
  }
  const [, lead, slash, name, rest] = match;
  return {
    lead,
    name: name.toLowerCase(),
    isEnd: slash === '/',
    ...readWords(rest),
  };
}

/** Writes the shortcodes within a line as Markdown, apart from those in inline code. */
export function convertInlineShortcodes(line: string): string {
  if (!line.includes('{{')) {
    return line;
  }
  return line.replace(
    INLINE,
    (whole, _mark, name: string, rest, at: number) => {
      const isInCode = (line.slice(0, at).split('`').length - 1) % 2 === 1;
      return isInCode ? whole : convert(whole, name.toLowerCase(), rest);
    },
  );
}

function convert(whole: string, name: string, rest: string): string {
  const { words, attributes } = readWords(rest);
  if (name === 'ref' || name === 'relref') {
    const target = words[0] ?? attributes.get('path');
    return target ?? `\`${whole}\``;
  }
  const image = attributes.get('src');
  if (image && ['figure', 'img', 'image'].includes(name)) {
    const caption = attributes.get('alt') ?? attributes.get('caption') ?? '';
    return `![${caption}](<${image.replace(/[<>]/g, '')}>)`;
  }
  return `\`${whole}\``;
}

function readWords(text: string): Pick<Shortcode, 'words' | 'attributes'> {
  const words: string[] = [];
  const attributes = new Map<string, string>();
  for (const match of text.matchAll(WORDS)) {
    const [, key, double, single, bare, quoted, apostrophes, word] = match;
    if (key) {
      attributes.set(key.toLowerCase(), double ?? single ?? bare);
    } else {
      words.push(quoted ?? apostrophes ?? word);
    }
  }
  return { words, attributes };
}
