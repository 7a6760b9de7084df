import { Knex } from 'knex';
import { batches, whereAnyOf } from '../database/database';
import { HourlySampleRow, RawSampleRow, SeriesRow } from '../database/tables';
import { TargetRecord } from './CollectionStore';

const HOUR_SECONDS = 3600;
/** Few enough that other writers get their turn between two deletions. */
const DELETE_BATCH = 5000;

/**
 * Writes samples, as they are and summed up by the hour.
 *
 * A sample that is there already (a vendor's series overlaps from one read to
 * the next) is left alone, and counts once in its hour.
 */
export async function recordSamples(
  trx: Knex.Transaction,
  records: TargetRecord[],
): Promise<void> {
  const ids = await seriesIds(trx, records);
  const raw = new Map<string, RawSampleRow>();
  for (const { targetId, samples } of records) {
    for (const sample of samples) {
      const seriesId = ids.get(
        seriesKey(targetId, sample.metric, sample.subject ?? ''),
      );
      if (seriesId !== undefined && Number.isFinite(sample.value)) {
        const at = Math.floor(sample.at.getTime() / 1000);
        raw.set(`${seriesId} ${at}`, {
          series_id: seriesId,
          at,
          value: sample.value,
        });
      }
    }
  }

  const hours = new Map<string, HourlySampleRow>();
  for (const batch of batches([...raw.values()], 2000)) {
    const added: RawSampleRow[] = await trx<RawSampleRow>('samples_raw')
      .insert(batch)
      .onConflict(['series_id', 'at'])
      .ignore()
      .returning(['series_id', 'at', 'value']);
    for (const row of added) {
      addToHour(hours, row);
    }
  }
  for (const batch of batches([...hours.values()], 2000)) {
    await trx<HourlySampleRow>('samples_hourly')
      .insert(batch)
      .onConflict(['series_id', 'at'])
      .merge({
        count: trx.raw('samples_hourly.count + excluded.count'),
        sum: trx.raw('samples_hourly.sum + excluded.sum'),
        min: trx.raw(
          'case when excluded.min < samples_hourly.min then excluded.min else samples_hourly.min end',
        ),
        max: trx.raw(
          'case when excluded.max > samples_hourly.max then excluded.max else samples_hourly.max end',
        ),
      });
  }
}

/** Deletes samples that are past their retention, in pieces. */
export async function deleteExpiredSamples(
  knex: Knex,
  before: { rawSamples: Date; hourlySamples: Date; signal: AbortSignal },
): Promise<number> {
  const raw = await deleteBefore(
    knex,
    'samples_raw',
    before.rawSamples,
    before.signal,
  );
  const hourly = await deleteBefore(
    knex,
    'samples_hourly',
    before.hourlySamples,
    before.signal,
  );
  return raw + hourly;
}

async function deleteBefore(
  knex: Knex,
  table: 'samples_raw' | 'samples_hourly',
  before: Date,
  signal: AbortSignal,
): Promise<number> {
  const limit = Math.floor(before.getTime() / 1000);
  let total = 0;
  for (;;) {
    signal.throwIfAborted();
    const deleted = await knex(table)
      .whereIn(
        ['series_id', 'at'],
        knex(table)
          .select('series_id', 'at')
          .where('at', '<', limit)
          .limit(DELETE_BATCH),
      )
      .delete();
    total += deleted;
    if (deleted < DELETE_BATCH) {
      return total;
    }
  }
}

async function seriesIds(
  trx: Knex.Transaction,
  records: TargetRecord[],
): Promise<Map<string, number>> {
  const wanted = new Map<string, Omit<SeriesRow, 'id'>>();
  for (const { targetId, samples } of records) {
    for (const { metric, subject = '' } of samples) {
      wanted.set(seriesKey(targetId, metric, subject), {
        target_id: targetId,
        metric,
        subject,
      });
    }
  }
  if (wanted.size === 0) {
    return new Map();
  }
  const find = async () => {
    const rows = await trx<SeriesRow>('series')
      .select('id', 'target_id', 'metric', 'subject')
      .where(query =>
        whereAnyOf(
          query,
          'target_id',
          new Set([...wanted.values()].map(row => row.target_id)),
        ),
      );
    return new Map(
      rows.map(row => [
        seriesKey(Number(row.target_id), row.metric, row.subject),
        Number(row.id),
      ]),
    );
  };
  const known = await find();
  const missing = [...wanted].filter(([key]) => !known.has(key));
  if (missing.length === 0) {
    return known;
  }
  for (const batch of batches(
    missing.map(([, row]) => row),
    2000,
  )) {
    await trx<SeriesRow>('series')
      .insert(batch)
      .onConflict(['target_id', 'metric', 'subject'])
      .ignore();
  }
  return find();
}

function seriesKey(targetId: number, metric: string, subject: string): string {
  return `${targetId}\n${metric}\n${subject}`;
}

function addToHour(
  hours: Map<string, HourlySampleRow>,
  row: RawSampleRow,
): void {
  const at = Math.floor(Number(row.at) / HOUR_SECONDS) * HOUR_SECONDS;
  const key = `${row.series_id} ${at}`;
  const hour = hours.get(key);
  if (hour) {
    hour.count += 1;
    hour.sum += row.value;
    hour.min = Math.min(hour.min, row.value);
    hour.max = Math.max(hour.max, row.value);
  } else {
    hours.set(key, {
      series_id: row.series_id,
      at,
      count: 1,
      sum: row.value,
      min: row.value,
      max: row.value,
    });
  }
}
