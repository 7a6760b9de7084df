/** Anything shorter would tear holes into every sentence and hide nothing. */
const SHORTEST_SECRET = 4;
const REDACTED = '[redacted]';

/**
 * Text from outside, for a sentence: on one line, without what a database or a
 * page cannot hold or what would turn the direction of writing, and bounded.
 */
export function excerpt(
  text: string,
  options: { secrets?: Iterable<string>; maxLength?: number } = {},
): string {
  const { secrets = [], maxLength = 100 } = options;
  // Cut with some to spare, and before that redacted, so that no half of a secret is left.
  let clean = text.slice(0, 20_000);
  for (const secret of secrets) {
    if (secret.length >= SHORTEST_SECRET) {
      clean = clean.replaceAll(secret, REDACTED);
    }
  }
  clean = clean
    .slice(0, maxLength * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim();
  const characters = [...clean];
  return characters.length > maxLength
    ? `${characters.slice(0, maxLength - 1).join('')}…`
    : clean;
}

/** What must not be told of the headers and the body that a check sends. */
export function secretsOf(sent: {
  headers: Record<string, string>;
  body?: string;
}): string[] {
  const values = Object.values(sent.headers).flatMap(value => {
    const bare = value.slice(value.indexOf(' ') + 1);
    return [value, bare, decodeBasic(bare)];
  });
  return [...values, sent.body ?? '']
    .filter(value => value.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
}

/** The password of basic authentication, which a page may greet by name. */
function decodeBasic(value: string): string {
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return /^[\x20-\x7e]*:[\x20-\x7e]+$/.test(decoded)
    ? decoded.slice(decoded.indexOf(':') + 1)
    : '';
}

/** "1.5 s", "900 ms". */
export function formatSeconds(seconds: number): string {
  return seconds >= 1
    ? `${Number(seconds.toFixed(1))} s`
    : `${Math.round(seconds * 1000)} ms`;
}
