import {
  DAY_SECONDS,
  dayOf,
  MonitorInterval,
  secondsByDay,
  settleIntervals,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { batches } from '../database/database';
import { MonitorDayRow, MonitorRow } from '../database/tables';
import { toSeconds, toTimeline } from './monitorRows';
import { selectIntervals } from './uptimeQueries';

/** How many monitors one transaction sums up: each may have a year to catch up with. */
const MONITORS_AT_ONCE = 50;

/**
 * Sums up the days that are over and are not summed up yet, or have changed
 * since: as far as monitors were seen or, when their source is silent, until
 * yesterday, whose rest is unknown.
 */
export async function sumUpDays(
  knex: Knex,
  options: { now: Date; notBefore: Date; signal: AbortSignal },
): Promise<void> {
  const now = toSeconds(options.now);
  const notBefore = Math.ceil(toSeconds(options.notBefore) / DAY_SECONDS);
  let isDone = false;
  while (!isDone) {
    options.signal.throwIfAborted();
    isDone = await knex.transaction(trx => sumUpSome(trx, { now, notBefore }));
  }
}

/** Whether there are no more. */
async function sumUpSome(
  trx: Knex.Transaction,
  options: { now: number; notBefore: number },
): Promise<boolean> {
  const { now, notBefore } = options;
  const today = dayOf(now);
  const monitors = await trx<MonitorRow>('monitors')
    .whereRaw(
      `summed_until < case when stale_at < ? then ? else observed_at / ${DAY_SECONDS} end`,
      [now, today],
    )
    .orderBy('id')
    .limit(MONITORS_AT_ONCE)
    .forNoKeyUpdate();
  if (monitors.length === 0) {
    return true;
  }
  const spans = monitors.map(row => ({
    row,
    firstDay: Math.max(row.summed_until, notBefore),
    endDay: Number(row.stale_at) < now ? today : dayOf(Number(row.observed_at)),
  }));
  const intervals = await selectIntervals(
    trx,
    monitors.map(({ id }) => Number(id)),
    Math.min(...spans.map(({ firstDay }) => firstDay)) * DAY_SECONDS,
  );
  const known: MonitorDayRow[] = [];
  const unknown: [number, number][] = [];
  for (const { row, firstDay, endDay } of spans) {
    const rowId = Number(row.id);
    const ofMonitor = intervals.get(rowId) ?? [];
    const settled = settleIntervals(toTimeline(row, ofMonitor), now);
    const days = secondsByDay(settled, firstDay, endDay);
    for (const [index, seconds] of days.entries()) {
      const day = firstDay + index;
      if (Object.values(seconds).some(part => part > 0)) {
        const outages = countOutages(ofMonitor, day);
        known.push({ monitor_id: rowId, day, ...seconds, outages });
      } else {
        unknown.push([rowId, day]);
      }
    }
  }
  for (const batch of batches(known)) {
    await trx<MonitorDayRow>('monitor_days')
      .insert(batch)
      .onConflict(['monitor_id', 'day'])
      .merge();
  }
  for (const batch of batches(unknown)) {
    await trx('monitor_days').whereIn(['monitor_id', 'day'], batch).delete();
  }
  await trx<MonitorRow>('monitors')
    .insert(spans.map(({ row, endDay }) => ({ ...row, summed_until: endDay })))
    .onConflict('id')
    .merge(['summed_until']);
  return monitors.length < MONITORS_AT_ONCE;
}

function countOutages(intervals: MonitorInterval[], day: number): number {
  return intervals.filter(
    ({ state, startedAt, endedAt }) =>
      state === 'down' &&
      startedAt < (day + 1) * DAY_SECONDS &&
      (endedAt === null || endedAt > day * DAY_SECONDS),
  ).length;
}

/** Deletes what ended before these instants, in pieces, and monitors that were not seen since. */
export async function deleteExpiredUptime(
  knex: Knex,
  before: { outages: Date; daily: Date; signal: AbortSignal },
): Promise<number> {
  const outages = toSeconds(before.outages);
  const daily = toSeconds(before.daily);
  const intervals = await deleteInPieces(
    knex,
    { table: 'monitor_intervals', key: ['monitor_id', 'started_at'] },
    query => query.where('ended_at', '<', outages),
    before.signal,
  );
  const days = await deleteInPieces(
    knex,
    { table: 'monitor_days', key: ['monitor_id', 'day'] },
    query => query.where('day', '<', dayOf(daily)),
    before.signal,
  );
  const gone = await knex('monitors')
    .where('observed_at', '<', Math.min(outages, daily))
    .whereNotExists(
      knex('target_monitors').where(
        'target_monitors.monitor_id',
        knex.ref('monitors.id'),
      ),
    )
    .delete();
  return intervals + days + gone;
}

/** Few enough that other writers get their turn between two deletions. */
const DELETE_BATCH = 5000;

async function deleteInPieces(
  knex: Knex,
  { table, key }: { table: string; key: string[] },
  expired: (query: Knex.QueryBuilder) => void,
  signal: AbortSignal,
): Promise<number> {
  let total = 0;
  for (;;) {
    signal.throwIfAborted();
    const deleted = await knex(table)
      .whereIn(key, knex(table).select(key).modify(expired).limit(DELETE_BATCH))
      .delete();
    total += deleted;
    if (deleted < DELETE_BATCH) {
      return total;
    }
  }
}
