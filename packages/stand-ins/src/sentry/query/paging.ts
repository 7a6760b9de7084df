import { SentryHttpError } from '../errors';
import type { EndpointContext } from '../http';
import { readPageSize } from './parameters';

interface Cursor {
  value: number;
  offset: number;
  isPrevious: boolean;
}

/**
 * One page of the rows, with the Link header: always both relations, each
 * with `results`. `dropped` rows take a place on their page without being in
 * the answer, as rows that the vendor filters after paging.
 */
export function sendPage<T>(
  context: EndpointContext,
  rows: readonly T[],
  options: {
    size?: 'per_page' | 'limit';
    /** Rows on a page, when not the usual hundred at most. */
    maximum?: number;
    /** Of a list sorted downward by a number, for cursors that carry it. */
    scoreOf?: (row: T) => number;
    isDropped?: (row: T) => boolean;
    serialize: (row: T) => unknown;
    wrap?: (rows: unknown[]) => unknown;
  },
): void {
  const { query, response } = context;
  const { scoreOf, isDropped, serialize, wrap = page => page } = options;
  const size = readPageSize(query, options.size ?? 'per_page', options.maximum);
  const cursor = readCursor(query.get('cursor'));

  let start = cursor.offset;
  if (scoreOf && cursor.value > 0) {
    const first = rows.findIndex(row => scoreOf(row) <= cursor.value);
    start = (first < 0 ? rows.length : first) + cursor.offset;
    if (cursor.isPrevious) start = Math.max(0, start - size);
  }
  const page = rows.slice(start, start + size);
  const end = start + size;

  response.setHeader(
    'Link',
    [
      link(context, 'previous', start > 0, before(rows, start, size, scoreOf)),
      link(context, 'next', end < rows.length, after(rows, end, scoreOf)),
    ].join(', '),
  );
  const kept = isDropped ? page.filter(row => !isDropped(row)) : page;
  response.json(wrap(kept.map(serialize)));
}

function readCursor(text: string | null): Cursor {
  if (!text) return { value: 0, offset: 0, isPrevious: false };
  const parts = /^(\d+(?:\.\d+)?):(\d+):([01])$/.exec(text);
  if (!parts) throw SentryHttpError.badRequest('Invalid cursor parameter.');
  return {
    value: Number(parts[1]),
    offset: Number(parts[2]),
    isPrevious: parts[3] === '1',
  };
}

/** By value: the value of the next row, and how many of its equals went before. */
function after<T>(
  rows: readonly T[],
  end: number,
  scoreOf: ((row: T) => number) | undefined,
): string {
  if (!scoreOf || end >= rows.length) return `0:${end}:0`;
  const value = scoreOf(rows[end]);
  let equals = 0;
  while (equals < end && scoreOf(rows[end - equals - 1]) === value) equals += 1;
  return `${value}:${equals}:0`;
}

function before<T>(
  rows: readonly T[],
  start: number,
  size: number,
  scoreOf: ((row: T) => number) | undefined,
): string {
  if (!scoreOf || start >= rows.length) {
    return `0:${Math.max(0, start - size)}:1`;
  }
  const value = scoreOf(rows[start]);
  const first = rows.findIndex(row => scoreOf(row) <= value);
  return `${value}:${start - first}:1`;
}

function link(
  context: EndpointContext,
  relation: 'previous' | 'next',
  results: boolean,
  cursor: string,
): string {
  const url = new URL(context.request.originalUrl, context.baseUrl);
  url.searchParams.delete('cursor');
  const query = url.searchParams.toString();
  const uri = `${url.origin}${url.pathname}?${query}&cursor=${cursor}`;
  return `<${uri}>; rel="${relation}"; results="${results}"; cursor="${cursor}"`;
}
