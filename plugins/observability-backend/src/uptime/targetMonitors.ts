import { MonitorState } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { MonitorsReading } from '../collection/MonitorRecorder';
import { batches, whereAnyOf } from '../database/database';
import { MonitorRow, TargetMonitorRow } from '../database/tables';
import { toMonitorKey } from './monitorRows';

/** A monitor that the last reading of a target held. */
export interface LinkedMonitor {
  rowId: number;
  position: number;
  key: string;
  name: string;
  url: string | null;
  state: MonitorState;
}

/** The monitors that the last readings of some targets held. */
export async function linksOf(
  trx: Knex.Transaction,
  targetIds: number[],
): Promise<Map<number, LinkedMonitor[]>> {
  const rows: (TargetMonitorRow &
    Pick<MonitorRow, 'name' | 'url' | 'state'> & { key: string })[] = await trx(
    'target_monitors',
  )
    .join('monitors', 'monitors.id', 'target_monitors.monitor_id')
    .where(query => whereAnyOf(query, 'target_monitors.target_id', targetIds))
    .orderBy(['target_monitors.target_id', 'target_monitors.position'])
    .select(
      'target_monitors.target_id',
      'target_monitors.monitor_id',
      'target_monitors.position',
      'monitors.monitor_id as key',
      'monitors.name',
      'monitors.url',
      'monitors.state',
    );
  const links = new Map<number, LinkedMonitor[]>();
  for (const row of rows) {
    const targetId = Number(row.target_id);
    const ofTarget = links.get(targetId) ?? [];
    ofTarget.push({
      rowId: Number(row.monitor_id),
      position: Number(row.position),
      key: row.key,
      name: row.name,
      url: row.url,
      state: row.state as MonitorState,
    });
    links.set(targetId, ofTarget);
  }
  return links;
}

/** Writes which monitors the readings hold, where that has changed. `ids`: the rows of all monitors, by key. */
export async function linkMonitors(
  trx: Knex.Transaction,
  readings: MonitorsReading[],
  links: Map<number, LinkedMonitor[]>,
  ids: Map<string, number>,
): Promise<void> {
  const changed: number[] = [];
  const rows: TargetMonitorRow[] = [];
  for (const { targetId, monitors } of readings) {
    if (!monitors) {
      continue;
    }
    const keys = new Set(monitors.map(({ id }) => toMonitorKey(id)));
    const wanted = [...keys].flatMap(key => ids.get(key) ?? []);
    const known = (links.get(targetId) ?? []).map(({ rowId }) => rowId);
    if (wanted.join() !== known.join()) {
      changed.push(targetId);
      rows.push(
        ...wanted.map((rowId, position) => ({
          target_id: targetId,
          monitor_id: rowId,
          position,
        })),
      );
    }
  }
  if (changed.length > 0) {
    await trx('target_monitors')
      .where(query => whereAnyOf(query, 'target_id', changed))
      .delete();
  }
  for (const batch of batches(rows)) {
    await trx<TargetMonitorRow>('target_monitors').insert(batch);
  }
}
