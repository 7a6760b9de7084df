/** An address without the place within its page, which no server is asked for. */
export function withoutAnchor(url: string): string {
  return url.replace(/#.*$/s, '');
}
