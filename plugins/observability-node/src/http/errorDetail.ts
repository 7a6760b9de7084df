const LONGEST_DETAIL = 200;

/**
 * The one sentence in which a vendor says what is wrong, from the members that
 * vendors use for it: `detail`, `message`, `error.message`, `error`. Lenient
 * about everything: the content type, texts in lists, a bare JSON string.
 *
 * @public
 */
export function readErrorDetail(
  _status: number,
  text: string,
): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  return findSentence(body);
}

function findSentence(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value;
  if (depth > 2 || typeof value !== 'object' || value === null) {
    return undefined;
  }
  if (Array.isArray(value)) {
    const sentences = value.filter(item => typeof item === 'string');
    return sentences.length > 0 ? sentences.join('; ') : undefined;
  }
  const members = new Map<string, unknown>(Object.entries(value));
  for (const name of ['detail', 'message', 'error']) {
    const sentence = findSentence(members.get(name), depth + 1);
    if (sentence) return sentence;
  }
  return undefined;
}

/** One short line of it. */
export function tidyDetail(detail: string | undefined): string | undefined {
  const line = detail
    ?.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  if (!line) return undefined;
  return line.length > LONGEST_DETAIL
    ? `${line.slice(0, LONGEST_DETAIL - 1)}…`
    : line;
}
