/** An instant in our own form; nothing where it is none. */
export function instant(text: string | undefined): string | undefined {
  if (!text) return undefined;
  // Without an offset Sentry means UTC.
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
