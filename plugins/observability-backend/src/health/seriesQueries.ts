import { InputError } from '@backstage/errors';
import {
  Resolution,
  SeriesPoint,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  addSums,
  dayOf,
  DAY_SECONDS,
  hourOf,
  HOUR_SECONDS,
  SampleSummary,
  unpackHours,
  withPercentiles,
} from '../collection/sampleSums';
import { whereAnyOf } from '../database/database';
import {
  DailySampleRow,
  HourlySampleRow,
  RawSampleRow,
  SeriesRow,
} from '../database/tables';

/** Bounds what one answer can weigh: two days of a sample each 15 s, for a few subjects. */
const MAXIMUM_POINTS = 50_000;

interface SeriesQuery {
  targetId: number;
  metric: string;
  subject?: string;
  from: number;
  to: number;
  resolution: Resolution;
}

/** Packed days that an answer by the hour is made from: each has up to 24. */
const MAXIMUM_PACKED_DAYS = 5_000;
/** Percentiles of what is not packed yet are told from no more samples than this. */
const MAXIMUM_SAMPLES = 200_000;

/**
 * Reads the series of a metric of a target, one for each subject.
 *
 * Hours and days are in UTC. Those of days that are over come from what was
 * packed, the others from what is still kept as hours and as it was read; a day
 * may be in both, when something came late. An answer by the day holds whole
 * days, also at its ends. Throws `InputError` when there is more than one
 * answer should hold.
 */
export async function readSeries(
  knex: Knex,
  query: SeriesQuery,
): Promise<{ subject: string; points: SeriesPoint[] }[]> {
  const rows = await knex<SeriesRow>('series')
    .where({ target_id: query.targetId, metric: query.metric })
    .where(builder => {
      if (query.subject !== undefined) {
        builder.where({ subject: query.subject });
      }
    })
    .select('id', 'subject');
  const subjects = new Map(rows.map(row => [Number(row.id), row.subject]));
  const ids = [...subjects.keys()];
  if (ids.length === 0) {
    return [];
  }
  const series =
    query.resolution === 'raw'
      ? await readSamples(knex, ids, query)
      : await readSums(knex, ids, query);
  const found = [...series]
    .map(([id, sums]) => ({
      subject: subjects.get(id) ?? '',
      points: [...sums].sort(([a], [b]) => a - b).map(toPoint),
    }))
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => (a.subject < b.subject ? -1 : 1));
  assertNotMore(
    found.reduce((count, { points }) => count + points.length, 0),
    MAXIMUM_POINTS,
  );
  return found;
}

/** By series, then by the second at which each begins. */
type SummariesBySeries = Map<number, Map<number, SampleSummary>>;

async function readSamples(
  knex: Knex,
  ids: number[],
  query: SeriesQuery,
): Promise<SummariesBySeries> {
  const rows = await selectSamples(knex, ids, {
    from: query.from,
    to: query.to,
    limit: MAXIMUM_POINTS,
  });
  assertNotMore(rows.length, MAXIMUM_POINTS);
  const series: SummariesBySeries = new Map();
  for (const { series_id, at, value } of rows) {
    sumsOf(series, series_id).set(at, {
      count: 1,
      sum: value,
      min: value,
      max: value,
    });
  }
  return series;
}

async function readSums(
  knex: Knex,
  ids: number[],
  query: SeriesQuery,
): Promise<SummariesBySeries> {
  const byDay = query.resolution === 'day';
  const from = byDay ? dayOf(query.from) * DAY_SECONDS : query.from;
  const to = byDay ? Math.ceil(query.to / DAY_SECONDS) * DAY_SECONDS : query.to;
  const series = await readPacked(knex, ids, { from, to, byDay });

  const hourly = await knex<HourlySampleRow>('samples_hourly')
    .where(builder => whereAnyOf(builder, 'series_id', ids))
    .where('at', '>=', from)
    .where('at', '<', to)
    .limit(MAXIMUM_POINTS + 1);
  assertNotMore(hourly.length, MAXIMUM_POINTS);
  if (hourly.length === 0) {
    return series;
  }
  const startOf = (at: number) =>
    byDay ? dayOf(at) * DAY_SECONDS : hourOf(at);
  const open = new Set<string>();
  for (const row of hourly) {
    const start = startOf(row.at);
    const sums = sumsOf(series, row.series_id);
    sums.set(start, addSums(sums.get(start), row));
    open.add(`${row.series_id} ${start}`);
  }

  const starts = hourly.map(row => row.at);
  const samples = await selectSamples(knex, ids, {
    from: startOf(earliest(starts)),
    to: latest(starts) + HOUR_SECONDS,
    limit: MAXIMUM_SAMPLES,
  });
  if (samples.length > MAXIMUM_SAMPLES) {
    return series;
  }
  const values = new Map<string, number[]>();
  for (const { series_id, at, value } of samples) {
    const key = `${series_id} ${startOf(at)}`;
    const ofStart = values.get(key) ?? [];
    values.set(key, ofStart);
    ofStart.push(value);
  }
  for (const [id, sums] of series) {
    for (const [start, sum] of sums) {
      const key = `${id} ${start}`;
      if (open.has(key)) {
        sums.set(start, withPercentiles(sum, values.get(key)));
      }
    }
  }
  return series;
}

/** Days that were packed, as days or as their hours. */
async function readPacked(
  knex: Knex,
  ids: number[],
  span: { from: number; to: number; byDay: boolean },
): Promise<SummariesBySeries> {
  const { from, to, byDay } = span;
  const maximum = byDay ? MAXIMUM_POINTS : MAXIMUM_PACKED_DAYS;
  const rows = await knex<DailySampleRow>('samples_daily')
    .where(builder => whereAnyOf(builder, 'series_id', ids))
    .where('day', '>=', dayOf(from))
    .where('day', '<', Math.ceil(to / DAY_SECONDS))
    .limit(maximum + 1)
    .select(
      'series_id',
      'day',
      ...(byDay
        ? (['count', 'sum', 'min', 'max', 'p50', 'p95'] as const)
        : (['hours'] as const)),
    );
  assertNotMore(rows.length, maximum);
  const series: SummariesBySeries = new Map();
  for (const row of rows) {
    const sums = sumsOf(series, row.series_id);
    const start = row.day * DAY_SECONDS;
    if (byDay) {
      const { count, sum, min, max, p50, p95 } = row;
      sums.set(start, {
        ...{ count, sum, min, max },
        p50: p50 ?? undefined,
        p95: p95 ?? undefined,
      });
      continue;
    }
    for (const [hour, summary] of unpackHours(row.hours)) {
      const at = start + hour * HOUR_SECONDS;
      if (at >= from && at < to) {
        sums.set(at, summary);
      }
    }
  }
  return series;
}

async function selectSamples(
  knex: Knex,
  ids: number[],
  span: { from: number; to: number; limit: number },
): Promise<RawSampleRow[]> {
  return knex<RawSampleRow>('samples_raw')
    .where(builder => whereAnyOf(builder, 'series_id', ids))
    .where('at', '>=', span.from)
    .where('at', '<', span.to)
    .limit(span.limit + 1);
}

function sumsOf(
  series: SummariesBySeries,
  id: number,
): Map<number, SampleSummary> {
  const sums = series.get(id) ?? new Map<number, SampleSummary>();
  series.set(id, sums);
  return sums;
}

function toPoint([at, summary]: [number, SampleSummary]): SeriesPoint {
  const { count, sum, min, max, p50, p95 } = summary;
  return {
    at: new Date(at * 1000).toISOString(),
    value: sum / count,
    min,
    max,
    count,
    ...(p50 === undefined || p95 === undefined ? {} : { p50, p95 }),
  };
}

function assertNotMore(count: number, maximum: number): void {
  if (count > maximum) {
    throw new InputError(
      `These are more than ${MAXIMUM_POINTS} points; ask for a shorter span, one subject or a coarser resolution`,
    );
  }
}

function earliest(seconds: number[]): number {
  return seconds.reduce((a, b) => Math.min(a, b));
}

function latest(seconds: number[]): number {
  return seconds.reduce((a, b) => Math.max(a, b));
}
