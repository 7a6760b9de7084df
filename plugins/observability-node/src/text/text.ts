const MAX_TITLE = 500;

/**
 * A vendor's text as plain text of bounded length: on one line, and without
 * what a database or a page cannot hold (control characters, halves of
 * surrogate pairs) or what would turn the writing direction of text around it.
 *
 * @public
 */
export function plainText(
  text: string | undefined,
  maxLength = MAX_TITLE,
): string {
  const clean = (text ?? '')
    // Far more than is kept; cleaning megabytes would be for nothing.
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

/** The same, or nothing where there is none.
 * @public
 */
export function optionalPlainText(
  text: string | undefined,
  maxLength?: number,
): string | undefined {
  return plainText(text, maxLength) || undefined;
}

/** A link, where it is one that a page may show: http(s), and not too long.
 * @public
 */
export function webUrl(text: string | undefined): string | undefined {
  if (!text || text.length > 2000 || !URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
