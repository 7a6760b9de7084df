import { InputError } from '@backstage/errors';
import {
  Resolution,
  SeriesPoint,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';

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

const SELECTIONS: Record<
  Resolution,
  { table: string; columns: string; groupBy?: string }
> = {
  raw: {
    table: 'samples_raw',
    columns:
      'subject, at, 1 as count, value as sum, value as min, value as max',
  },
  hour: {
    table: 'samples_hourly',
    columns: 'subject, at, count, sum, min, max',
  },
  day: {
    table: 'samples_hourly',
    columns: `subject, at / 86400 * 86400 as at, sum(count) as count,
      sum(sum) as sum, min(min) as min, max(max) as max`,
    groupBy: 'subject, at / 86400',
  },
};

/** Sums over integers are text on PostgreSQL. */
interface PointRow {
  subject: string;
  at: number | string;
  count: number | string;
  sum: number;
  min: number;
  max: number;
}

/**
 * Reads the series of a metric of a target, one for each subject.
 *
 * Days are summed up from hours, in UTC. Throws `InputError` when there is more
 * than one answer should hold.
 */
export async function readSeries(
  knex: Knex,
  query: SeriesQuery,
): Promise<{ subject: string; points: SeriesPoint[] }[]> {
  const { table, columns, groupBy } = SELECTIONS[query.resolution];
  const rows: PointRow[] = await knex(table)
    .join('series', 'series.id', `${table}.series_id`)
    .where('series.target_id', query.targetId)
    .where('series.metric', query.metric)
    .where(builder => {
      if (query.subject !== undefined) {
        builder.where('series.subject', query.subject);
      }
    })
    .where(`${table}.at`, '>=', query.from)
    .where(`${table}.at`, '<', query.to)
    .modify(builder => {
      if (groupBy) {
        builder.groupByRaw(groupBy);
      }
    })
    .orderBy(['subject', 'at'])
    .limit(MAXIMUM_POINTS + 1)
    .select(knex.raw(columns));
  if (rows.length > MAXIMUM_POINTS) {
    throw new InputError(
      `These are more than ${MAXIMUM_POINTS} points; ask for a shorter span, one subject or a coarser resolution`,
    );
  }
  return groupBySubject(rows);
}

function groupBySubject(
  rows: PointRow[],
): { subject: string; points: SeriesPoint[] }[] {
  const subjects = new Map<string, SeriesPoint[]>();
  for (const { subject, at, count, sum, min, max } of rows) {
    const points = subjects.get(subject) ?? [];
    subjects.set(subject, points);
    points.push({
      at: new Date(Number(at) * 1000).toISOString(),
      value: sum / Number(count),
      min,
      max,
      count: Number(count),
    });
  }
  return [...subjects].map(([subject, points]) => ({ subject, points }));
}
