/** A piece of an SQL text. */
export interface SqlToken {
  type: 'word' | 'quoted' | 'literal' | 'parameter' | 'symbol';
  text: string;
  /** White space or a comment stands before it. */
  spaced: boolean;
}

const PATTERN = new RegExp(
  [
    // White space and comments; those of the second kind nest, see below.
    '(?<space>\\s+|--[^\\n]*)',
    '(?<comment>/\\*)',
    "(?<escaped>[eE]'(?:[^'\\\\]|\\\\[\\s\\S]|'')*(?:'|$))",
    "(?<text>(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*(?:'|$))",
    '(?<quoted>(?:[uU]&)?"(?:[^"]|"")*(?:"|$))',
    '(?<parameter>\\$\\d+)',
    '(?<dollar>\\$(?<tag>(?:[A-Za-z_\\u0080-\\uffff][\\w\\u0080-\\uffff]*)?)\\$)',
    '(?<number>(?:\\d[\\w.]*|\\.\\d[\\w.]*)(?:(?<=[eE])[+-]\\d+)?)',
    '(?<word>[A-Za-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*)',
    '(?<symbol>[\\s\\S])',
  ].join('|'),
  'uy',
);

/** What the groups of the pattern are; what is none of these is a symbol. */
const TYPES: Record<string, SqlToken['type']> = {
  escaped: 'literal',
  text: 'literal',
  number: 'literal',
  quoted: 'quoted',
  parameter: 'parameter',
  word: 'word',
};

/**
 * Takes an SQL text apart as PostgreSQL does, comments left out. What does not
 * end, such as an open quote, reaches to the end of the text.
 */
export function* tokenize(sql: string): Generator<SqlToken> {
  const pattern = new RegExp(PATTERN);
  let at = 0;
  let spaced = false;
  while (at < sql.length) {
    pattern.lastIndex = at;
    const groups = pattern.exec(sql)?.groups ?? {};
    const [name, text] = Object.entries(groups).find(
      ([key, value]) => key !== 'tag' && value !== undefined,
    ) ?? ['symbol', sql[at]];
    switch (name) {
      case 'space':
        at += text.length;
        spaced = true;
        break;
      case 'comment':
        at = endOfComment(sql, at);
        spaced = true;
        break;
      case 'dollar': {
        const end = sql.indexOf(text, at + text.length);
        const next = end < 0 ? sql.length : end + text.length;
        yield { type: 'literal', text: sql.slice(at, next), spaced };
        at = next;
        spaced = false;
        break;
      }
      default:
        yield { type: TYPES[name] ?? 'symbol', text, spaced };
        at += text.length;
        spaced = false;
    }
  }
}

function endOfComment(sql: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (;;) {
    const mark = marks.exec(sql);
    if (!mark) return sql.length;
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
}

/**
 * A statement as it may be shown: on one line, without comments, each value a
 * placeholder. The server puts placeholders in itself, except where it forgot a
 * statement while that ran, and values are nobody's business.
 */
export function normalizeSql(sql: string): string {
  let result = '';
  for (const { type, text, spaced } of tokenize(sql)) {
    if (spaced && result) result += ' ';
    result += type === 'literal' ? '?' : text;
  }
  return result;
}
