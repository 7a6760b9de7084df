import {
  confirmsMonitor,
  dayOf,
  MonitorInterval,
  MonitorObservation,
  MonitorPast,
  MonitorReading,
  MonitorState,
  MonitorTimeline,
  recordMonitor,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { InstanceId } from '../collection/CollectionStore';
import { MonitorsReading } from '../collection/MonitorRecorder';
import { batches, whereAnyOf } from '../database/database';
import { MonitorIntervalRow, MonitorRow } from '../database/tables';
import {
  toInterval,
  toIntervalRow,
  toKeptText,
  toMonitorKey,
  toObservation,
  toPast,
  toTimeline,
  toTimelineColumns,
} from './monitorRows';
import { linkMonitors, LinkedMonitor, linksOf } from './targetMonitors';

/** What a batch says of one monitor. */
interface MonitorNews {
  key: string;
  name?: string;
  url?: string | null;
  steps: { observation: MonitorObservation; past?: MonitorPast }[];
}

/** A monitor before and after the batch. */
interface MonitorChange {
  news: MonitorNews;
  row: MonitorRow | undefined;
  /** As far as it may change; left out when none of it does. */
  before?: MonitorInterval[];
  timeline: MonitorTimeline;
  changedFrom: number;
}

/**
 * Records what was read of monitors:
 *
 * 1. It reads the monitors and locks them: see `locks.ts`.
 * 2. A monitor that is as it was needs no more than its row, which says so.
 *    Of the others it reads the end of their past, or as much of it as their
 *    vendor tells anew.
 * 3. It writes the intervals that differ, and all rows in one statement.
 *
 * Days whose past has changed are summed up again: `summed_until` goes back.
 */
export async function recordMonitors(
  trx: Knex.Transaction,
  id: InstanceId,
  readings: MonitorsReading[],
): Promise<void> {
  if (readings.length === 0) {
    return;
  }
  const links = await linksOf(
    trx,
    readings.map(({ targetId }) => targetId),
  );
  const news = newsOf(readings, links);
  const rows = await lockMonitors(trx, id, [...news.keys()]);
  const intervals = await readChanging(trx, rows, news);
  const changes = [...news.values()].map(each =>
    follow(each, rows.get(each.key), intervals),
  );

  const ids = new Map([...rows].map(([key, row]) => [key, Number(row.id)]));
  for (const [key, rowId] of await insertMonitors(
    trx,
    id,
    changes.filter(({ row }) => !row),
  )) {
    ids.set(key, rowId);
  }
  await writeIntervals(trx, changes, ids);
  await updateMonitors(trx, changes);
  await linkMonitors(trx, readings, links, ids);
}

function newsOf(
  readings: MonitorsReading[],
  links: Map<number, LinkedMonitor[]>,
): Map<string, MonitorNews> {
  const all = new Map<string, MonitorNews>();
  for (const reading of readings) {
    const histories = new Map(
      reading.history.map(history => [
        toMonitorKey(history.monitorId),
        history,
      ]),
    );
    for (const monitor of monitorsIn(reading, links)) {
      const known = all.get(monitor.key) ?? { key: monitor.key, steps: [] };
      const history = histories.get(monitor.key);
      const past = history && toPast(history);
      known.steps.push({
        observation: toObservation(monitor, reading),
        ...(past ? { past } : {}),
      });
      all.set(monitor.key, { ...known, name: monitor.name, url: monitor.url });
    }
  }
  for (const { steps } of all.values()) {
    steps.sort((a, b) => a.observation.at - b.observation.at);
  }
  return all;
}

/** The monitors of a reading, or else those of the last one, as they were. */
function monitorsIn(
  reading: MonitorsReading,
  links: Map<number, LinkedMonitor[]>,
): (Pick<MonitorReading, 'state' | 'since' | 'reason' | 'name'> & {
  key: string;
  url: string | null;
})[] {
  if (!reading.monitors) {
    return links.get(reading.targetId) ?? [];
  }
  return reading.monitors.map(monitor => ({
    key: toMonitorKey(monitor.id),
    name: toKeptText(monitor.name),
    url: monitor.url === undefined ? null : toKeptText(monitor.url),
    state: monitor.state,
    since: monitor.since,
    reason: monitor.reason,
  }));
}

/** Locks the monitors that are there until the transaction ends. */
async function lockMonitors(
  trx: Knex.Transaction,
  id: InstanceId,
  keys: string[],
): Promise<Map<string, MonitorRow>> {
  const rows = await trx<MonitorRow>('monitors')
    .where({ provider: id.provider, instance: id.instance })
    .where(query => whereAnyOf(query, 'monitor_id', keys))
    .orderBy('id')
    .forNoKeyUpdate();
  return new Map(rows.map(row => [row.monitor_id, row]));
}

/** The intervals that what is new may change, by row; none of monitors that are as they were. */
async function readChanging(
  trx: Knex.Transaction,
  rows: Map<string, MonitorRow>,
  news: Map<string, MonitorNews>,
): Promise<Map<number, MonitorInterval[]>> {
  const ids: number[] = [];
  const told: number[] = [];
  let from = Infinity;
  for (const [key, row] of rows) {
    const steps = news.get(key)?.steps ?? [];
    const pasts = steps.flatMap(({ past }) => (past ? [past.from] : []));
    if (pasts.length > 0) {
      told.push(Number(row.id));
      from = Math.min(from, ...pasts);
    } else if (!isConfirmed(row, steps)) {
      ids.push(Number(row.id));
    }
  }
  const found = [
    ...(await selectIntervals(trx, ids, Number.MAX_SAFE_INTEGER)),
    ...(await selectIntervals(trx, told, from)),
  ];
  const intervals = new Map<number, MonitorInterval[]>(
    [...ids, ...told].map(rowId => [rowId, []]),
  );
  for (const row of found) {
    intervals.get(Number(row.monitor_id))?.push(toInterval(row));
  }
  return intervals;
}

async function selectIntervals(
  trx: Knex.Transaction,
  ids: number[],
  from: number,
): Promise<MonitorIntervalRow[]> {
  if (ids.length === 0) {
    return [];
  }
  return trx('monitor_intervals')
    .join('monitors', 'monitors.id', 'monitor_intervals.monitor_id')
    .where(query => whereAnyOf(query, 'monitors.id', ids))
    .where(any =>
      any
        .whereNull('monitor_intervals.ended_at')
        .orWhere('monitor_intervals.ended_at', '>=', from)
        // The end that is merged with, or goes on.
        .orWhere('monitor_intervals.ended_at', '>=', trx.ref('monitors.since')),
    )
    .orderBy(['monitor_intervals.monitor_id', 'monitor_intervals.started_at'])
    .select('monitor_intervals.*');
}

function isConfirmed(row: MonitorRow, steps: MonitorNews['steps']): boolean {
  const current = {
    state: row.state as MonitorState,
    observedAt: Number(row.observed_at),
    staleAt: Number(row.stale_at),
    hasReason: Boolean(row.has_reason),
  };
  return steps.every(({ observation }) =>
    confirmsMonitor(current, observation),
  );
}

function follow(
  news: MonitorNews,
  row: MonitorRow | undefined,
  intervals: Map<number, MonitorInterval[]>,
): MonitorChange {
  const before = row && intervals.get(Number(row.id));
  let timeline = row && toTimeline(row, before ?? []);
  if (timeline && !before) {
    // As it was, but for the time at which it was seen.
    const { at, staleAt } = news.steps.at(-1)!.observation;
    const isNewer = at > timeline.observedAt;
    return {
      news,
      row,
      timeline: isNewer ? { ...timeline, observedAt: at, staleAt } : timeline,
      changedFrom: Infinity,
    };
  }
  let changedFrom = Infinity;
  for (const { observation, past } of news.steps) {
    const recorded = recordMonitor(timeline, observation, past);
    timeline = recorded.timeline;
    changedFrom = Math.min(changedFrom, recorded.changedFrom ?? Infinity);
  }
  return { news, row, before, timeline: timeline!, changedFrom };
}

async function insertMonitors(
  trx: Knex.Transaction,
  id: InstanceId,
  changes: MonitorChange[],
): Promise<[string, number][]> {
  const ids: [string, number][] = [];
  for (const batch of batches(changes)) {
    const rows = await trx<MonitorRow>('monitors')
      .insert(
        batch.map(({ news, timeline }) => ({
          provider: id.provider,
          instance: id.instance,
          monitor_id: news.key,
          name: news.name ?? news.key,
          url: news.url ?? null,
          summed_until: dayOf(timeline.knownSince),
          ...toTimelineColumns(timeline),
        })),
      )
      .returning(['id', 'monitor_id']);
    ids.push(
      ...rows.map((row): [string, number] => [row.monitor_id, Number(row.id)]),
    );
  }
  return ids;
}

async function updateMonitors(
  trx: Knex.Transaction,
  changes: MonitorChange[],
): Promise<void> {
  const rows = changes.flatMap(
    ({ news, row, timeline, changedFrom, before }) => {
      if (!row) {
        return [];
      }
      return [
        {
          ...row,
          name: news.name ?? row.name,
          url: news.url ?? null,
          ...(before
            ? toTimelineColumns(timeline)
            : { observed_at: timeline.observedAt, stale_at: timeline.staleAt }),
          summed_until: Math.min(
            row.summed_until,
            changedFrom === Infinity ? row.summed_until : dayOf(changedFrom),
          ),
        },
      ];
    },
  );
  for (const batch of batches(rows)) {
    // Each with its id, so that PostgreSQL draws no new ones.
    await trx<MonitorRow>('monitors').insert(batch).onConflict('id').merge();
  }
}

async function writeIntervals(
  trx: Knex.Transaction,
  changes: MonitorChange[],
  ids: Map<string, number>,
): Promise<void> {
  const gone: [number, number][] = [];
  const written: MonitorIntervalRow[] = [];
  for (const { news, before = [], timeline } of changes) {
    const rowId = ids.get(news.key)!;
    const was = new Map(before.map(each => [each.startedAt, each]));
    for (const interval of timeline.intervals) {
      const known = was.get(interval.startedAt);
      was.delete(interval.startedAt);
      if (!known || !isEqual(known, interval)) {
        written.push(toIntervalRow(rowId, interval));
      }
    }
    gone.push(...[...was.keys()].map((at): [number, number] => [rowId, at]));
  }
  for (const batch of batches(gone)) {
    await trx('monitor_intervals')
      .whereIn(['monitor_id', 'started_at'], batch)
      .delete();
  }
  for (const batch of batches(written)) {
    await trx<MonitorIntervalRow>('monitor_intervals')
      .insert(batch)
      .onConflict(['monitor_id', 'started_at'])
      .merge();
  }
}

function isEqual(one: MonitorInterval, other: MonitorInterval): boolean {
  return (
    one.state === other.state &&
    one.endedAt === other.endedAt &&
    one.reason === other.reason
  );
}
