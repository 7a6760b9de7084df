import {
  Resolution,
  SeriesPoint,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { HourlySampleRow, RawSampleRow } from '../database/tables';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** Bounds what one answer can weigh: two days of a sample each 15 s, for a few subjects. */
const MAXIMUM_ROWS = 50_000;

interface SeriesQuery {
  targetId: number;
  metric: string;
  subject?: string;
  from: number;
  to: number;
  resolution: Resolution;
}

/**
 * Reads the series of a metric of a target, one for each subject.
 *
 * Days are summed up from hours, in UTC.
 */
export async function readSeries(
  knex: Knex,
  query: SeriesQuery,
): Promise<{ subject: string; points: SeriesPoint[] }[]> {
  return query.resolution === 'raw'
    ? groupBySubject(await rawRows(knex, query), row => ({
        at: row.at,
        count: 1,
        sum: row.value,
        min: row.value,
        max: row.value,
      }))
    : groupBySubject(
        await hourlyRows(knex, query),
        row => row,
        query.resolution === 'day' ? DAY_SECONDS : HOUR_SECONDS,
      );
}

type WithSubject<T> = (T & { subject: string })[];

async function rawRows(
  knex: Knex,
  query: SeriesQuery,
): Promise<WithSubject<RawSampleRow>> {
  return selectSamples(knex, 'samples_raw', query);
}

async function hourlyRows(
  knex: Knex,
  query: SeriesQuery,
): Promise<WithSubject<HourlySampleRow>> {
  return selectSamples(knex, 'samples_hourly', query);
}

function selectSamples(
  knex: Knex,
  table: 'samples_raw' | 'samples_hourly',
  query: SeriesQuery,
) {
  return knex(table)
    .join('series', 'series.id', `${table}.series_id`)
    .where('series.target_id', query.targetId)
    .where('series.metric', query.metric)
    .where(builder => {
      if (query.subject !== undefined) {
        builder.where('series.subject', query.subject);
      }
    })
    .where('at', '>=', query.from)
    .where('at', '<', query.to)
    .orderBy(['series.subject', 'at'])
    .limit(MAXIMUM_ROWS)
    .select(`${table}.*`, 'series.subject');
}

interface Bucket {
  at: number;
  count: number;
  sum: number;
  min: number;
  max: number;
}

function groupBySubject<T extends { subject: string }>(
  rows: T[],
  toBucket: (row: T) => Bucket,
  bucketSeconds?: number,
): { subject: string; points: SeriesPoint[] }[] {
  const subjects = new Map<string, Map<number, Bucket>>();
  for (const row of rows) {
    const buckets = subjects.get(row.subject) ?? new Map<number, Bucket>();
    subjects.set(row.subject, buckets);
    const sample = toBucket(row);
    const at = bucketSeconds
      ? Math.floor(Number(sample.at) / bucketSeconds) * bucketSeconds
      : Number(sample.at);
    const bucket = buckets.get(at);
    if (bucket) {
      bucket.count += Number(sample.count);
      bucket.sum += sample.sum;
      bucket.min = Math.min(bucket.min, sample.min);
      bucket.max = Math.max(bucket.max, sample.max);
    } else {
      buckets.set(at, {
        at,
        count: Number(sample.count),
        sum: sample.sum,
        min: sample.min,
        max: sample.max,
      });
    }
  }
  return [...subjects].map(([subject, buckets]) => ({
    subject,
    points: [...buckets.values()].map(({ at, count, sum, min, max }) => ({
      at: new Date(at * 1000).toISOString(),
      value: sum / count,
      min,
      max,
      count,
    })),
  }));
}
