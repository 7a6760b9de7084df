import { SentryHttpError } from '../errors';
import { formatSeconds, parsePeriod, type TimeWindow } from './parameters';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Whole intervals over a window that was widened to them. */
export interface BucketedWindow extends TimeWindow {
  buckets: TimeWindow[];
  /** The starts, as the vendor writes them. */
  intervals: string[];
}

/**
 * Buckets for sessions and outcomes: an hour to a day, dividing a day. The
 * last may reach ahead; nothing has happened there yet.
 */
export function readBuckets(
  query: URLSearchParams,
  window: TimeWindow,
): BucketedWindow {
  const text = query.get('interval') || '1h';
  const intervalMs = parsePeriod(text);
  if (!intervalMs) {
    throw SentryHttpError.badRequest(`Invalid interval: '${text}'`);
  }
  if (intervalMs < HOUR_MS || intervalMs % HOUR_MS !== 0) {
    throw SentryHttpError.badRequest(
      'The interval has to be a multiple of the minimum interval of one hour.',
    );
  }
  if (intervalMs > DAY_MS || DAY_MS % intervalMs !== 0) {
    throw SentryHttpError.badRequest(
      'The interval should divide one day cleanly.',
    );
  }
  const fromMs = Math.floor(window.fromMs / intervalMs) * intervalMs;
  const toMs = Math.ceil(window.toMs / intervalMs) * intervalMs;
  const buckets: TimeWindow[] = [];
  for (let startMs = fromMs; startMs < toMs; startMs += intervalMs) {
    buckets.push({
      fromMs: startMs,
      toMs: Math.max(startMs, Math.min(window.toMs, startMs + intervalMs)),
    });
  }
  return {
    fromMs,
    toMs,
    buckets,
    intervals: buckets.map(bucket => formatSeconds(bucket.fromMs)),
  };
}

/** Groups streams by the values of the keys, in the order of appearance. */
export function groupStreams<T>(
  streams: T[],
  keys: string[],
  valueOf: (stream: T, key: string) => string | number,
): { by: Record<string, string | number>; streams: T[] }[] {
  const groups = new Map<
    string,
    { by: Record<string, string | number>; streams: T[] }
  >();
  if (keys.length === 0) groups.set('{}', { by: {}, streams: [] });
  for (const stream of streams) {
    const by = Object.fromEntries(keys.map(key => [key, valueOf(stream, key)]));
    const id = JSON.stringify(by);
    const group = groups.get(id);
    if (group) group.streams.push(stream);
    else groups.set(id, { by, streams: [stream] });
  }
  return [...groups.values()];
}
