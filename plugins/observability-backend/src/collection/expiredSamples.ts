import { Knex } from 'knex';
import { DailySampleRow } from '../database/tables';
import { dayOf } from './sampleSums';

/** Few enough that other writers get their turn between two deletions. */
const DELETE_BATCH = 5000;

/** How long samples are kept: those before these instants go. */
export interface SampleRetention {
  rawSamples: Date;
  hourlySamples: Date;
  dailySamples: Date;
}

/** Deletes samples that are past their retention, in pieces; returns how many rows, those that only lost their hours included. */
export async function deleteExpiredSamples(
  knex: Knex,
  before: SampleRetention & { signal: AbortSignal },
): Promise<number> {
  const { signal } = before;
  const secondsOf = (date: Date) => Math.floor(date.getTime() / 1000);
  const raw = await deleteBefore(
    knex,
    'samples_raw',
    secondsOf(before.rawSamples),
    signal,
  );
  // Hours become part of their day before long; these were left over.
  const hourly = await deleteBefore(
    knex,
    'samples_hourly',
    secondsOf(before.dailySamples),
    signal,
  );

  const firstWithHours = dayOf(secondsOf(before.hourlySamples));
  const hours = await inPieces(signal, () =>
    knex<DailySampleRow>('samples_daily')
      .whereIn(
        ['series_id', 'day'],
        knex('samples_daily')
          .select('series_id', 'day')
          .where('day', '<', firstWithHours)
          .whereNotNull('hours')
          .limit(DELETE_BATCH),
      )
      .update({ hours: null }),
  );
  const firstDay = dayOf(secondsOf(before.dailySamples));
  const daily = await inPieces(signal, () =>
    knex('samples_daily')
      .whereIn(
        ['series_id', 'day'],
        knex('samples_daily')
          .select('series_id', 'day')
          .where('day', '<', firstDay)
          .limit(DELETE_BATCH),
      )
      .delete(),
  );
  return raw + hourly + hours + daily;
}

async function deleteBefore(
  knex: Knex,
  table: 'samples_raw' | 'samples_hourly',
  limit: number,
  signal: AbortSignal,
): Promise<number> {
  return inPieces(signal, () =>
    knex(table)
      .whereIn(
        ['series_id', 'at'],
        knex(table)
          .select('series_id', 'at')
          .where('at', '<', limit)
          .limit(DELETE_BATCH),
      )
      .delete(),
  );
}

/** Runs a statement that takes on so many rows at most until nothing is left to it. */
async function inPieces(
  signal: AbortSignal,
  statement: () => PromiseLike<number>,
): Promise<number> {
  let total = 0;
  for (;;) {
    signal.throwIfAborted();
    const count = await statement();
    total += count;
    if (count < DELETE_BATCH) {
      return total;
    }
  }
}
