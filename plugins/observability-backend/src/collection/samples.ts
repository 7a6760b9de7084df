import { Knex } from 'knex';
import { batches, toStorable, whereAnyOf } from '../database/database';
import {
  DailySampleRow,
  HourlySampleRow,
  RawSampleRow,
  SeriesRow,
} from '../database/tables';
import { TargetRecord } from './CollectionStore';
import {
  addSums,
  dayOf,
  DAY_SECONDS,
  hourOf,
  HOUR_SECONDS,
  unpackHours,
} from './sampleSums';

/** A vendor's clock may be ahead by this much, not more. */
const AHEAD_MS = DAY_SECONDS * 1000;
const LONGEST_SUBJECT = 512;

/**
 * Writes samples, as they are and summed up by the hour.
 *
 * A sample that is there already (a vendor's series overlaps from one read to
 * the next) is left alone, and counts once in its hour. That can be told only
 * while samples are kept as they were read. An hour that is older, such as one
 * of a vendor's history, is written when nothing is known of it, and otherwise
 * left as it is. Days that are over are packed later (`packSamples`).
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
  const history = await unknownHours(trx, sumByHour(rows.filter(isOld)));
  for (const batch of batches(history)) {
    await trx<HourlySampleRow>('samples_hourly')
      .insert(batch)
      .onConflict(['series_id', 'at'])
      .ignore();
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

/** Those of which nothing is known: neither as an hour nor in a packed day. */
async function unknownHours(
  trx: Knex.Transaction,
  hours: HourlySampleRow[],
): Promise<HourlySampleRow[]> {
  if (hours.length === 0) {
    return [];
  }
  const days = hours.map(({ at }) => dayOf(at));
  const packed = await trx<DailySampleRow>('samples_daily')
    .where(query =>
      whereAnyOf(query, 'series_id', new Set(hours.map(row => row.series_id))),
    )
    .where(query => whereAnyOf(query, 'day', new Set(days)))
    .select('series_id', 'day', 'hours');
  const hoursOf = new Map(
    packed.map(row => [
      `${row.series_id} ${row.day}`,
      // A day that has lost its hours was known by them all.
      row.hours === null ? undefined : unpackHours(row.hours),
    ]),
  );
  return hours.filter(({ series_id, at }) => {
    const key = `${series_id} ${dayOf(at)}`;
    return (
      !hoursOf.has(key) ||
      hoursOf.get(key)?.has((at % DAY_SECONDS) / HOUR_SECONDS) === false
    );
  });
}

function sumByHour(rows: RawSampleRow[]): HourlySampleRow[] {
  const hours = new Map<string, HourlySampleRow>();
  for (const { series_id, at, value } of rows) {
    const hour = hourOf(Number(at));
    const key = `${series_id} ${hour}`;
    const known = hours.get(key);
    hours.set(key, {
      series_id,
      at: hour,
      ...addSums(known, { count: 1, sum: value, min: value, max: value }),
    });
  }
  return [...hours.values()];
}
