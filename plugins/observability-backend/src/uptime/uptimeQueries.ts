import {
  MonitorInterval,
  MonitorSeconds,
  MonitorTimeline,
  SignalKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { fromJson, whereAnyOf } from '../database/database';
import {
  MonitorDayRow,
  MonitorIntervalRow,
  MonitorRow,
  TargetRow,
} from '../database/tables';
import { toInterval, toTimeline } from './monitorRows';
import { StoredMonitor, UptimeTarget } from './UptimeStore';

type DaySpan = { firstDay: number; endDay: number };
type OpenInterval = {
  [K in keyof MonitorIntervalRow]: MonitorIntervalRow[K] | null;
};

/** See `UptimeStore`. */
export async function readUptimeTargets(
  knex: Knex,
  entityRef: string,
): Promise<UptimeTarget[] | undefined> {
  const rows: (Partial<TargetRow> & { id: number | null })[] = await knex(
    'entities',
  )
    .leftJoin(
      'entity_targets',
      'entity_targets.entity_ref',
      'entities.entity_ref',
    )
    .leftJoin('targets', 'targets.id', 'entity_targets.target_id')
    .where('entities.entity_ref', entityRef)
    .orderBy('entity_targets.position')
    .select(
      'targets.id',
      'targets.provider',
      'targets.instance',
      'targets.target_key',
      'targets.kinds',
    );
  if (rows.length === 0) {
    return undefined;
  }
  return rows.flatMap(({ id, provider, instance, target_key, kinds }) =>
    id !== null &&
    provider !== undefined &&
    instance !== undefined &&
    target_key !== undefined &&
    fromJson<SignalKind[]>(kinds, []).includes('uptime')
      ? [{ targetId: Number(id), provider, instance, target: target_key }]
      : [],
  );
}

/** See `UptimeStore`. */
export async function readMonitors(
  knex: Knex,
  targetIds: number[],
  intervalsFrom: number,
): Promise<StoredMonitor[]> {
  const rows: (MonitorRow &
    OpenInterval & {
      target_id: number;
      row_id: number;
      key: string;
      monitor_state: string;
    })[] = await knex('target_monitors')
    .join('monitors', 'monitors.id', 'target_monitors.monitor_id')
    .leftJoin('monitor_intervals', join =>
      join
        .on('monitor_intervals.monitor_id', 'monitors.id')
        .andOn(on =>
          on
            .onNull('monitor_intervals.ended_at')
            .orOnVal('monitor_intervals.ended_at', '>', intervalsFrom),
        ),
    )
    .where(query => whereAnyOf(query, 'target_monitors.target_id', targetIds))
    .orderBy([
      'target_monitors.target_id',
      'target_monitors.position',
      'monitor_intervals.started_at',
    ])
    .select(
      'target_monitors.target_id',
      'monitors.id as row_id',
      'monitors.monitor_id as key',
      'monitors.name',
      'monitors.url',
      'monitors.state as monitor_state',
      'monitors.known_since',
      'monitors.observed_at',
      'monitors.stale_at',
      'monitor_intervals.started_at',
      'monitor_intervals.ended_at',
      'monitor_intervals.state',
      'monitor_intervals.reason',
    );
  const monitors = new Map<string, StoredMonitor>();
  for (const row of rows) {
    const key = `${row.target_id} ${row.row_id}`;
    const monitor = monitors.get(key) ?? {
      targetId: Number(row.target_id),
      rowId: Number(row.row_id),
      key: row.key,
      name: row.name,
      url: row.url,
      timeline: toTimeline({ ...row, state: row.monitor_state }, []),
    };
    if (row.started_at !== null && row.state !== null) {
      const { started_at, ended_at, state, reason } = row;
      monitor.timeline.intervals.push(
        toInterval({ started_at, ended_at, state, reason }),
      );
    }
    monitors.set(key, monitor);
  }
  return [...monitors.values()];
}

/** See `UptimeStore`. */
export async function readTimelines(
  knex: Knex,
  entityRefs: string[],
  intervalsFrom: number,
): Promise<Map<string, MonitorTimeline[]>> {
  const rows: (MonitorRow & { entity_ref: string })[] = await knex(
    'entity_targets',
  )
    .join(
      'target_monitors',
      'target_monitors.target_id',
      'entity_targets.target_id',
    )
    .join('monitors', 'monitors.id', 'target_monitors.monitor_id')
    .where(query => whereAnyOf(query, 'entity_targets.entity_ref', entityRefs))
    .orderBy(['entity_targets.entity_ref', 'monitors.id'])
    .distinct(
      'entity_targets.entity_ref',
      'monitors.id',
      'monitors.state',
      'monitors.known_since',
      'monitors.observed_at',
      'monitors.stale_at',
    );
  if (rows.length === 0) {
    return new Map();
  }
  const intervals = await selectIntervals(
    knex,
    new Set(rows.map(({ id }) => Number(id))),
    intervalsFrom,
  );
  const timelines = new Map<string, MonitorTimeline[]>();
  for (const row of rows) {
    const ofEntity = timelines.get(row.entity_ref) ?? [];
    ofEntity.push(toTimeline(row, intervals.get(Number(row.id)) ?? []));
    timelines.set(row.entity_ref, ofEntity);
  }
  return timelines;
}

/** What some monitors did since an instant, by row. */
export async function selectIntervals(
  knex: Knex,
  rowIds: Iterable<number>,
  from: number,
): Promise<Map<number, MonitorInterval[]>> {
  const rows = await knex<MonitorIntervalRow>('monitor_intervals')
    .where(query => whereAnyOf(query, 'monitor_id', rowIds))
    .where(any => any.whereNull('ended_at').orWhere('ended_at', '>', from))
    .orderBy(['monitor_id', 'started_at']);
  const intervals = new Map<number, MonitorInterval[]>();
  for (const row of rows) {
    const rowId = Number(row.monitor_id);
    const ofMonitor = intervals.get(rowId) ?? [];
    ofMonitor.push(toInterval(row));
    intervals.set(rowId, ofMonitor);
  }
  return intervals;
}

/** See `UptimeStore`. */
export async function readSums(
  knex: Knex,
  targetIds: number[],
  days: DaySpan,
): Promise<Map<number, MonitorSeconds>> {
  const rows = await daysOfTargets(knex, targetIds, days)
    .groupBy('monitor_days.monitor_id')
    .select<MonitorDayRow[]>('monitor_days.monitor_id')
    .sum({
      up: 'up',
      degraded: 'degraded',
      down: 'down',
      maintenance: 'maintenance',
      paused: 'paused',
    });
  return new Map(
    (rows as MonitorDayRow[]).map(row => [
      Number(row.monitor_id),
      toMonitorSeconds(row),
    ]),
  );
}

/** See `UptimeStore`. */
export async function readDays(
  knex: Knex,
  targetIds: number[],
  days: DaySpan,
): Promise<Map<number, Map<number, MonitorSeconds>>> {
  const rows: MonitorDayRow[] = await daysOfTargets(knex, targetIds, days)
    .join('monitors', 'monitors.id', 'monitor_days.monitor_id')
    // Later ones have changed since they were summed up.
    .where('monitor_days.day', '<', knex.ref('monitors.summed_until'))
    .select('monitor_days.*');
  const found = new Map<number, Map<number, MonitorSeconds>>();
  for (const row of rows) {
    const rowId = Number(row.monitor_id);
    const ofMonitor = found.get(rowId) ?? new Map<number, MonitorSeconds>();
    ofMonitor.set(Number(row.day), toMonitorSeconds(row));
    found.set(rowId, ofMonitor);
  }
  return found;
}

function daysOfTargets(
  knex: Knex,
  targetIds: number[],
  { firstDay, endDay }: DaySpan,
): Knex.QueryBuilder {
  return knex('monitor_days')
    .whereIn(
      'monitor_days.monitor_id',
      knex('target_monitors')
        .where(query => whereAnyOf(query, 'target_id', targetIds))
        .select('monitor_id'),
    )
    .where('monitor_days.day', '>=', firstDay)
    .where('monitor_days.day', '<', endDay);
}

function toMonitorSeconds(row: MonitorDayRow): MonitorSeconds {
  return {
    up: Number(row.up),
    degraded: Number(row.degraded),
    down: Number(row.down),
    maintenance: Number(row.maintenance),
    paused: Number(row.paused),
  };
}
