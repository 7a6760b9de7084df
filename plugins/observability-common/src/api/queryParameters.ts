import { z } from 'zod/v4';

/**
 * A list in a query, as `?status=ok,unknown` or `?status=ok&status=unknown`.
 * Empty entries are ignored; a list without any is as good as left out.
 */
export function listParameter<T extends z.ZodType>(entry: T) {
  return z.preprocess(splitList, z.array(entry).max(100).optional()).optional();
}

function splitList(input: unknown): unknown {
  const texts = Array.isArray(input) ? input : [input];
  if (!texts.every(text => typeof text === 'string')) {
    return input;
  }
  const entries = texts
    .flatMap(text => text.split(','))
    .map(text => text.trim())
    .filter(Boolean);
  return entries.length > 0 ? [...new Set(entries)] : undefined;
}
