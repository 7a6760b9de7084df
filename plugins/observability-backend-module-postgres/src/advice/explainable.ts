import { SqlToken, tokenize } from './sqlText';

/**
 * Functions of PostgreSQL that a statement may call to be planned by us. None
 * of them does anything.
 */
export const KNOWN_FUNCTIONS: ReadonlySet<string> = new Set(
  'abs array_agg avg bool_and bool_or cast ceil char_length coalesce count date_part date_trunc dense_rank exists extract floor greatest json_agg json_build_object jsonb_agg jsonb_build_object lag lead least length lower ltrim max min mod now nullif position rank replace round row_number rtrim string_agg substring sum to_char to_json to_jsonb trim upper'.split(
    ' ',
  ),
);
/** Words that may stand before a parenthesis without calling anything. */
const WORDS_BEFORE_PARENTHESIS = new Set(
  'all and any array as between by case distinct else except filter from having in intersect is join lateral like ilike limit not offset on or over select some then union using values when where with within materialized'.split(
    ' ',
  ),
);
/** What would write, lock, or reach outside, wherever it stands. */
const REFUSED_WORDS = new Set(
  'insert update delete merge truncate copy call do into lock tablesample table xmltable json_table create drop alter grant set execute prepare for'.split(
    ' ',
  ),
);

/** A statement that may be planned. */
export interface PlannableSelect {
  /** Without comments, and without a semicolon at its end. */
  text: string;
  /** Every name in it, whatever it stands for. */
  names: string[];
}

/**
 * A statement that we may have planned; nothing where it is not certain that
 * planning does nothing else.
 *
 * The text comes from whoever may use the database, and planning runs as our
 * role. It executes no statement, but it computes what is constant: functions
 * of others on constants, their operators, their casts. So a text must be one
 * SELECT, hold no constants, and call known functions alone. What it reads is
 * for the caller to look at, as a view or a foreign table may hold anything; and
 * so is that nobody gave the known functions and operators another meaning.
 */
export function readSelect(sql: string): PlannableSelect | undefined {
  const tokens = [...tokenize(sql)];
  while (isSymbol(tokens[tokens.length - 1], ';')) tokens.pop();
  const first = tokens[0];
  if (first?.type !== 'word' || !/^(select|with)$/i.test(first.text)) {
    return undefined;
  }
  const names = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'literal' || isSymbol(token, ';')) return undefined;
    if (token.type === 'word' || token.type === 'quoted') {
      const name = nameOf(token);
      if (name === undefined) return undefined;
      if (token.type === 'word' && isRefused(name, tokens[index - 1])) {
        return undefined;
      }
      if (
        isSymbol(tokens[index + 1], '(') &&
        !mayPrecedeParenthesis(token, name, tokens[index - 1])
      ) {
        return undefined;
      }
      names.add(name);
    }
  }
  const text = tokens
    .map(token => (token.spaced ? ` ${token.text}` : token.text))
    .join('');
  return { text, names: [...names] };
}

/** Constants have names too; `is null` is none. */
function isRefused(word: string, before: SqlToken | undefined): boolean {
  if (word === 'null') return !/^(is|not)$/i.test(before?.text ?? '');
  return REFUSED_WORDS.has(word) || word === 'true' || word === 'false';
}

/** `with recent (…)` and `alias (columns)` are refused too: they look like calls. */
function mayPrecedeParenthesis(
  token: SqlToken,
  name: string,
  before: SqlToken | undefined,
): boolean {
  return (
    token.type === 'word' &&
    !isSymbol(before, '.') &&
    (KNOWN_FUNCTIONS.has(name) || WORDS_BEFORE_PARENTHESIS.has(name))
  );
}

/** A name as the catalog has it. */
function nameOf({ type, text }: SqlToken): string | undefined {
  if (type === 'word') return text.toLowerCase();
  // With escapes for characters it could be any name.
  return /^"[^"]+"$/.test(text) ? text.slice(1, -1) : undefined;
}

function isSymbol(token: SqlToken | undefined, text: string): boolean {
  return token?.type === 'symbol' && token.text === text;
}
