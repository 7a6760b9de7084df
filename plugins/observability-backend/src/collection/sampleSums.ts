import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Seconds of an hour and of a day. */
export const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 24 * HOUR_SECONDS;

/** What some samples add up to. */
export interface SampleSum {
  count: number;
  sum: number;
  min: number;
  max: number;
}

/** The same with what half and 95 of a hundred of them are at most, where that is known. */
export interface SampleSummary extends SampleSum {
  p50?: number;
  p95?: number;
}

/** The start of the hour of an instant, both in seconds since 1970. */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR_SECONDS) * HOUR_SECONDS;
}

/** The day of an instant in seconds, counted from 1970 in UTC. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_SECONDS);
}

export function addSums(a: SampleSum | undefined, b: SampleSum): SampleSum {
  return {
    count: (a?.count ?? 0) + b.count,
    sum: (a?.sum ?? 0) + b.sum,
    min: Math.min(a?.min ?? b.min, b.min),
    max: Math.max(a?.max ?? b.max, b.max),
  };
}

/**
 * A sum with its percentiles, from the samples as they were read. They are
 * known only while all of those are there.
 */
export function withPercentiles(
  sum: SampleSum,
  samples: readonly number[] = [],
): SampleSummary {
  if (samples.length !== sum.count) {
    return sum;
  }
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (fraction: number) =>
    sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)];
  return { ...sum, p50: at(0.5), p95: at(0.95) };
}

type PackedHour = [
  hour: number,
  count: number,
  sum: number,
  min: number,
  max: number,
  p50?: number,
  p95?: number,
];

/** The hours of a day (0 to 23) in few bytes: rows are too short for a database to compress them. */
export function packHours(hours: ReadonlyMap<number, SampleSummary>): Buffer {
  const text = JSON.stringify(
    [...hours]
      .sort(([a], [b]) => a - b)
      .map(([hour, { count, sum, min, max, p50, p95 }]): PackedHour => {
        const packed: PackedHour = [
          hour,
          count,
          ...([sum, min, max].map(shorten) as [number, number, number]),
        ];
        if (p50 !== undefined && p95 !== undefined) {
          packed.push(shorten(p50), shorten(p95));
        }
        return packed;
      }),
  );
  return deflateRawSync(text, { level: 9 });
}

export function unpackHours(
  packedHours: Buffer | null,
): Map<number, SampleSummary> {
  const packed: PackedHour[] =
    packedHours === null
      ? []
      : JSON.parse(inflateRawSync(packedHours).toString('utf8'));
  return new Map(
    packed.map(([hour, count, sum, min, max, p50, p95]) => [
      hour,
      { count, sum, min, max, p50, p95 },
    ]),
  );
}

/** Nobody reads more than seven digits off a chart. */
function shorten(value: number): number {
  return Number(value.toPrecision(7));
}
