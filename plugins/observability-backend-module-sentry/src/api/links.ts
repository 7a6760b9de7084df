/**
 * The cursor of the next page from Sentry's Link header. The header always
 * names a next page; whether there is one is said by its `results`.
 */
export function nextCursor(headers: Headers): string | undefined {
  for (const part of (headers.get('link') ?? '').split(/,\s*(?=<)/)) {
    const attributes = new Map(
      [...part.matchAll(/;\s*(\w+)="([^"]*)"/g)].map(
        ([, name, value]) => [name, value] as const,
      ),
    );
    if (attributes.get('rel') === 'next') {
      return attributes.get('results') === 'true'
        ? attributes.get('cursor') || undefined
        : undefined;
    }
  }
  return undefined;
}
