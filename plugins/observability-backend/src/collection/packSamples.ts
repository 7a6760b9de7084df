import { Knex } from 'knex';
import { batches, whereAnyOf } from '../database/database';
import { lockTargets } from '../database/locks';
import {
  DailySampleRow,
  HourlySampleRow,
  RawSampleRow,
  SeriesRow,
} from '../database/tables';
import {
  addSums,
  dayOf,
  DAY_SECONDS,
  hourOf,
  HOUR_SECONDS,
  packHours,
  SampleSum,
  unpackHours,
  withPercentiles,
} from './sampleSums';

/** Series that are packed in one transaction: few enough that their samples fit in memory, and others get their turn. */
const PACKED_SERIES = 25;

/**
 * Packs days that are over.
 *
 * A row an hour is short, but a thousand monitors have two million of them in
 * ninety days, and most of what they take is not numbers: it is the rows
 * themselves and their indexes. So the hours of a day that is over become one
 * row with the sums of the day, its percentiles, which can be told only as long
 * as all of its samples are there, and its hours in a few hundred bytes. That takes
 * a fifth, and a day is read without summing up its hours.
 *
 * What arrives later for a packed day (a sample that was late, an hour of a
 * vendor's history that was not known) is written as an hour again and added
 * at the next run. `recordSamples` sees to it that nothing is added twice.
 */
export async function packSamples(
  knex: Knex,
  options: { before: Date; signal: AbortSignal },
): Promise<void> {
  const end = dayOf(options.before.getTime() / 1000) * DAY_SECONDS;
  for (;;) {
    options.signal.throwIfAborted();
    const first = await knex<HourlySampleRow>('samples_hourly')
      .where('at', '<', end)
      .orderBy('at')
      .first('at');
    if (!first) {
      return;
    }
    const day = dayOf(Number(first.at));
    const ids: number[] = await knex('samples_hourly')
      .where('at', '>=', day * DAY_SECONDS)
      .where('at', '<', (day + 1) * DAY_SECONDS)
      .distinct('series_id')
      .orderBy('series_id')
      .limit(PACKED_SERIES)
      .pluck('series_id');
    await knex.transaction(trx => packDay(trx, day, ids));
  }
}

async function packDay(
  trx: Knex.Transaction,
  day: number,
  seriesIds: number[],
): Promise<void> {
  const series = await trx<SeriesRow>('series')
    .where(query => whereAnyOf(query, 'id', seriesIds))
    .select('target_id');
  // Whoever writes samples holds these until they are written.
  await lockTargets(trx, new Set(series.map(row => Number(row.target_id))));

  const ofDay = (table: 'samples_hourly' | 'samples_raw') =>
    trx(table)
      .where(query => whereAnyOf(query, 'series_id', seriesIds))
      .where('at', '>=', day * DAY_SECONDS)
      .where('at', '<', (day + 1) * DAY_SECONDS);
  const hourly = groupBySeries<HourlySampleRow>(await ofDay('samples_hourly'));
  const raw = groupBySeries<RawSampleRow>(await ofDay('samples_raw'));
  const known = groupBySeries(
    await trx<DailySampleRow>('samples_daily')
      .where({ day })
      .where(query => whereAnyOf(query, 'series_id', seriesIds)),
  );

  const rows = [...hourly].map(([seriesId, hours]) =>
    packSeries({
      seriesId,
      day,
      hours,
      samples: raw.get(seriesId) ?? [],
      known: known.get(seriesId)?.[0],
    }),
  );
  for (const batch of batches(rows)) {
    await trx<DailySampleRow>('samples_daily')
      .insert(batch)
      .onConflict(['series_id', 'day'])
      .merge();
  }
  await ofDay('samples_hourly').delete();
}

/** One series' row of a day: what is known of it, and its hours that were not packed yet. */
function packSeries(day: {
  seriesId: number;
  day: number;
  hours: HourlySampleRow[];
  samples: RawSampleRow[];
  known: DailySampleRow | undefined;
}): DailySampleRow {
  const byHour = new Map<number, number[]>();
  for (const { at, value } of day.samples) {
    const values = byHour.get(hourOf(at)) ?? [];
    byHour.set(hourOf(at), values);
    values.push(value);
  }

  const hours = unpackHours(day.known?.hours ?? null);
  let total: SampleSum | undefined = day.known;
  for (const row of day.hours) {
    const hour = (row.at % DAY_SECONDS) / HOUR_SECONDS;
    const values = byHour.get(row.at);
    hours.set(hour, withPercentiles(addSums(hours.get(hour), row), values));
    total = addSums(total, row);
  }
  const { count, sum, min, max, p50, p95 } = withPercentiles(
    total ?? { count: 0, sum: 0, min: 0, max: 0 },
    day.samples.map(({ value }) => value),
  );
  return {
    series_id: day.seriesId,
    day: day.day,
    count,
    sum,
    min,
    max,
    p50: p50 ?? null,
    p95: p95 ?? null,
    // Those of a day that has lost its hours already are past their retention too.
    hours: day.known && day.known.hours === null ? null : packHours(hours),
  };
}

function groupBySeries<T extends { series_id: number }>(
  rows: T[],
): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(row.series_id) ?? [];
    groups.set(row.series_id, group);
    group.push(row);
  }
  return groups;
}
