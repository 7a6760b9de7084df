import { Knex } from 'knex';
import { batches, toStorable, whereAnyOf } from '../database/database';
import { HourlySampleRow, RawSampleRow, SeriesRow } from '../database/tables';
import { TargetRecord } from './CollectionStore';

const HOUR_SECONDS = 3600;
/** Few enough that other writers get their turn between two deletions. */
const DELETE_BATCH = 5000;

/** A vendor's clock may be ahead by this much, not more. */
const AHEAD_MS = 24 * HOUR_SECONDS * 1000;
const LONGEST_SUBJECT = 512;

/**
 * Writes samples, as they are and summed up by the hour.
 *
 * A sample that is there already (a vendor's series overlaps from one read to
 * the next) is left alone, and counts once in its hour. That can be told only
 * while samples are kept as they were read. An hour that is older, such as one
 * of a vendor's history, is written when nothing is known of it, and otherwise
 * left as it is.
 */
export async function recordSamples(
  trx: Knex.Transaction,
  records: TargetRecord[],
  options: { now: Date; rawSamplesMs: number },
): Promise<void> {
  const usable = usableSamples(records, options.now);
  const ids = await seriesIds(trx, usable);
  const raw = new Map<string, RawSampleRow>();
  for (const sample of usable) {
    const seriesId = ids.get(seriesKey(sample));
    if (seriesId !== undefined) {
      const { at, value } = sample;
      raw.set(`${seriesId} ${at}`, { series_id: seriesId, at, value });
    }
  }

  const oldest = (options.now.getTime() - options.rawSamplesMs) / 1000;
  // The hour that the deletion is at work on counts as old.
  const isOld = ({ at }: RawSampleRow) => hourOf(at) < oldest + HOUR_SECONDS;
  const rows = [...raw.values()];
  const added: RawSampleRow[] = [];
  for (const batch of batches(rows.filter(row => !isOld(row)))) {
    added.push(
      ...(await trx<RawSampleRow>('samples_raw')
        .insert(batch)
        .onConflict(['series_id', 'at'])
        .ignore()
        .returning(['series_id', 'at', 'value'])),
    );
  }
  for (const batch of batches(sumByHour(added))) {
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
  for (const batch of batches(sumByHour(rows.filter(isOld)))) {
    await trx<HourlySampleRow>('samples_hourly')
      .insert(batch)
      .onConflict(['series_id', 'at'])
      .ignore();
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

interface UsableSample {
  targetId: number;
  metric: string;
  subject: string;
  /** Seconds since 1970. */
  at: number;
  value: number;
}

/** Those with a number and an instant that can be; a vendor may send anything. */
function usableSamples(records: TargetRecord[], now: Date): UsableSample[] {
  const latest = now.getTime() + AHEAD_MS;
  return records.flatMap(({ targetId, samples }) =>
    samples
      .filter(({ at, value }) => {
        const milliseconds = at.getTime();
        return (
          Number.isFinite(value) && milliseconds >= 0 && milliseconds <= latest
        );
      })
      .map(({ metric, subject = '', at, value }) => ({
        targetId,
        metric,
        subject: toStorable(subject).slice(0, LONGEST_SUBJECT),
        at: Math.floor(at.getTime() / 1000),
        value,
      })),
  );
}

async function seriesIds(
  trx: Knex.Transaction,
  samples: UsableSample[],
): Promise<Map<string, number>> {
  const wanted = new Map<string, Omit<SeriesRow, 'id'>>();
  for (const sample of samples) {
    wanted.set(seriesKey(sample), {
      target_id: sample.targetId,
      metric: sample.metric,
      subject: sample.subject,
    });
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
          new Set(samples.map(({ targetId }) => targetId)),
        ),
      );
    return new Map(
      rows.map(({ id, target_id, metric, subject }) => [
        seriesKey({ targetId: Number(target_id), metric, subject }),
        Number(id),
      ]),
    );
  };
  const known = await find();
  const missing = [...wanted]
    .filter(([key]) => !known.has(key))
    .map(([, row]) => row);
  if (missing.length === 0) {
    return known;
  }
  for (const batch of batches(missing)) {
    await trx<SeriesRow>('series')
      .insert(batch)
      .onConflict(['target_id', 'metric', 'subject'])
      .ignore();
  }
  return find();
}

function seriesKey(series: {
  targetId: number;
  metric: string;
  subject: string;
}): string {
  return `${series.targetId}\n${series.metric}\n${series.subject}`;
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR_SECONDS) * HOUR_SECONDS;
}

function sumByHour(rows: RawSampleRow[]): HourlySampleRow[] {
  const hours = new Map<string, HourlySampleRow>();
  for (const { series_id, at, value } of rows) {
    const hour = hourOf(Number(at));
    const key = `${series_id} ${hour}`;
    const known = hours.get(key);
    if (known) {
      known.count += 1;
      known.sum += value;
      known.min = Math.min(known.min, value);
      known.max = Math.max(known.max, value);
    } else {
      hours.set(key, {
        series_id,
        at: hour,
        count: 1,
        sum: value,
        min: value,
        max: value,
      });
    }
  }
  return [...hours.values()];
}
