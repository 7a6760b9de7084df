import { plainText } from '@watchkeeper/backstage-plugin-observability-node';

/** Anything shorter would tear holes into every sentence and hide nothing. */
const SHORTEST_SECRET = 4;
const REDACTED = '[redacted]';

/** Text from outside, for a sentence: plain, bounded, and without secrets. */
export function excerpt(
  text: string,
  options: { secrets?: Iterable<string>; maxLength?: number } = {},
): string {
  const { secrets = [], maxLength = 100 } = options;
  // Before it is cut, so that no half of a secret is left.
  let clean = text;
  for (const secret of secrets) {
    if (secret.length >= SHORTEST_SECRET) {
      clean = clean.replaceAll(secret, REDACTED);
    }
  }
  return plainText(clean, maxLength);
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
