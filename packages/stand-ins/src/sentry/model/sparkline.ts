import type { TimeWindow } from '../query/parameters';
import { countEvents } from './events';
import type { ErrorStream } from './streams';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Counts by bucket as `[epoch seconds, count]`. The buckets stand on whole
 * intervals; the last is the one that goes on.
 */
export function sparkline(
  streams: ErrorStream[],
  now: number,
  buckets: number,
  intervalMs: number,
): [number, number][] {
  const lastStart = Math.floor(now / intervalMs) * intervalMs;
  return Array.from({ length: buckets }, (_, index) => {
    const fromMs = lastStart - (buckets - 1 - index) * intervalMs;
    const toMs = Math.min(now, fromMs + intervalMs);
    return [fromMs / 1000, countEvents(streams, { fromMs, toMs })];
  });
}

/** The sparkline that `groupStatsPeriod` asks for. */
export function groupStats(
  streams: ErrorStream[],
  period: '24h' | '14d' | '30d' | 'auto',
  window: TimeWindow,
  now: number,
): [number, number][] {
  if (period === '24h') return sparkline(streams, now, 24, HOUR_MS);
  if (period === '14d') return sparkline(streams, now, 14, DAY_MS);
  if (period === '30d') return sparkline(streams, now, 30, DAY_MS);
  const lengthMs = window.toMs - window.fromMs;
  const intervalMs =
    [60_000, 300_000, 900_000, HOUR_MS, 6 * HOUR_MS, DAY_MS].find(
      candidate => lengthMs / candidate <= 48,
    ) ?? 7 * DAY_MS;
  const buckets = Math.ceil(lengthMs / intervalMs) + 1;
  return sparkline(streams, window.toMs, buckets, intervalMs);
}
