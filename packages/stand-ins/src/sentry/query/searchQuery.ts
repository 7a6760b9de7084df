import { SentryHttpError } from '../errors';

export type Comparison = '=' | '>' | '>=' | '<' | '<=';

/** `key:value`, `!key:>value`, `key:[one,two]`; without a key it is free text. */
export interface SearchTerm {
  type: 'term';
  key: string | undefined;
  negated: boolean;
  comparison: Comparison;
  values: string[];
}

export type SearchExpression =
  | SearchTerm
  | { type: 'and' | 'or'; children: SearchExpression[] };

const TOKEN =
  /\s*(?:(\()|(\))|(!?)([\w.\-]+(?:\[[^\]]*\])?(?:\([^)\s]*\))?):(>=|<=|>|<|)(\[[^\]]*\]|"(?:[^"\\]|\\.)*"|[^\s()]+|)|("(?:[^"\\]|\\.)*")|([^\s()]+))/y;

type Token =
  | SearchTerm
  | { type: '(' }
  | { type: ')' }
  | { type: 'AND' }
  | { type: 'OR' };

/** Conjunction binds more tightly than disjunction, and needs no word. */
class SearchParser {
  readonly #tokens: Token[];
  #position = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  parse(): SearchExpression {
    const expression = this.#readOr();
    if (this.#position < this.#tokens.length) throw invalid('Parse error');
    return expression;
  }

  #readOr(): SearchExpression {
    const children = [this.#readAnd()];
    while (this.#tokens[this.#position]?.type === 'OR') {
      this.#position += 1;
      children.push(this.#readAnd());
    }
    return children.length === 1 ? children[0] : { type: 'or', children };
  }

  #readAnd(): SearchExpression {
    const children: SearchExpression[] = [];
    for (;;) {
      const token = this.#tokens[this.#position];
      if (!token || token.type === 'OR' || token.type === ')') break;
      this.#position += 1;
      if (token.type === '(') {
        children.push(this.#readOr());
        if (this.#tokens[this.#position]?.type !== ')') {
          throw invalid('Parse error');
        }
        this.#position += 1;
      } else if (token.type === 'term') children.push(token);
    }
    return { type: 'and', children };
  }
}

/** Reads a search; one that cannot be read is the vendor's 400. */
export function parseSearch(text: string): SearchExpression {
  return new SearchParser(tokenize(text)).parse();
}

export function invalid(reason: string): SentryHttpError {
  return SentryHttpError.badRequest(`Error parsing search query: ${reason}`);
}

/** All terms of a search, however they are joined. */
export function termsOf(expression: SearchExpression): SearchTerm[] {
  return expression.type === 'term'
    ? [expression]
    : expression.children.flatMap(termsOf);
}

/** Whether the search joins or nests, which the search of issues refuses. */
export function usesBooleans(text: string): boolean {
  return tokenize(text).some(({ type }) => type !== 'term');
}

export function evaluate(
  expression: SearchExpression,
  matches: (term: SearchTerm) => boolean,
): boolean {
  if (expression.type === 'term') {
    return matches(expression) !== expression.negated;
  }
  return expression.type === 'or'
    ? expression.children.some(child => evaluate(child, matches))
    : expression.children.every(child => evaluate(child, matches));
}

/** Text against a value in which `*` stands for anything; `""` is nothing. */
export function matchesText(
  value: string | null | undefined,
  pattern: string,
  options: { anywhere?: boolean } = {},
): boolean {
  const text = value ?? '';
  if (pattern === '') return text === '';
  if (!pattern.includes('*')) {
    if (options.anywhere) {
      return text.toLowerCase().includes(pattern.toLowerCase());
    }
    return text.toLowerCase() === pattern.toLowerCase();
  }
  const expression = pattern
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(
    options.anywhere ? expression : `^${expression}$`,
    'is',
  ).test(text);
}

export function compare(
  left: number,
  comparison: Comparison,
  right: number,
): boolean {
  switch (comparison) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    default:
      return left === right;
  }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    if (text.slice(TOKEN.lastIndex).trim() === '') break;
    const found = TOKEN.exec(text);
    if (!found) throw invalid('Parse error');
    const [, open, close, bang, key, comparison, value, quoted, word] = found;
    if (open) tokens.push({ type: '(' });
    else if (close) tokens.push({ type: ')' });
    else if (key !== undefined) {
      if (value === '') throw invalid(`Empty string after '${key}:'`);
      tokens.push({
        type: 'term',
        key,
        negated: bang === '!',
        comparison: (comparison || '=') as Comparison,
        values: readValues(value),
      });
    } else if (word === 'AND' || word === 'OR') tokens.push({ type: word });
    else {
      tokens.push({
        type: 'term',
        key: undefined,
        negated: false,
        comparison: '=',
        values: [unquote(quoted ?? word)],
      });
    }
  }
  return tokens;
}

function readValues(text: string): string[] {
  if (!text.startsWith('[')) return [unquote(text)];
  const items = text.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? [];
  return items.map(item => unquote(item.trim()));
}

function unquote(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replace(/\\(.)/g, '$1')
    : text;
}
