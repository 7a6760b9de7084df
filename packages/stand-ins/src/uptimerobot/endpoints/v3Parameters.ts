import { V3Error } from '../errors';

/** A whole number within bounds, or `undefined` where it is not given. */
export function readInteger(
  query: URLSearchParams,
  name: string,
  bounds: { minimum: number; maximum?: number },
): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  const { minimum, maximum = Number.MAX_SAFE_INTEGER } = bounds;
  if (!Number.isInteger(value) || value < minimum) {
    throw V3Error.badRequest(`${name} must not be less than ${minimum}`);
  }
  if (value > maximum) {
    throw V3Error.badRequest(`${name} must not be greater than ${maximum}`);
  }
  return value;
}

/** An instant in ISO 8601, as milliseconds. */
export function readInstant(
  query: URLSearchParams,
  name: string,
): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const timeMs = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(timeMs)) {
    throw V3Error.badRequest(`${name} must be a valid ISO 8601 date string`);
  }
  return timeMs;
}

/** One page, and the link to the next one, which keeps the conditions. */
export function pageOf<T>(
  items: readonly T[],
  options: { limit: number; url: URL; cursorOf: (item: T) => number | string },
): { nextLink: string | null; page: T[] } {
  const { limit, url, cursorOf } = options;
  const page = items.slice(0, limit);
  const last = page.at(-1);
  if (last === undefined || items.length <= limit) {
    return { nextLink: null, page };
  }
  const next = new URL(url);
  next.searchParams.set('cursor', String(cursorOf(last)));
  return { nextLink: next.href, page };
}
