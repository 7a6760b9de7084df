import { MonitorReading } from '@watchkeeper/backstage-plugin-observability-common';
import { MonitorHistory } from '@watchkeeper/backstage-plugin-observability-node';
import { Knex } from 'knex';
import { InstanceId, TargetRecord } from './CollectionStore';

/** What was read of the monitors of a target. */
export interface MonitorsReading {
  targetId: number;
  observedAt: Date;
  staleAt: Date;
  /** Left out when they are as in the last reading. */
  monitors?: MonitorReading[];
  history: MonitorHistory[];
}

/** Who keeps the past of monitors. */
export interface MonitorRecorder {
  /** In the transaction that stores the readings, before the health that follows from them. */
  onMonitors(
    trx: Knex.Transaction,
    id: InstanceId,
    readings: MonitorsReading[],
  ): Promise<void>;
}

/** What some records say of monitors. */
export function monitorsReadings(records: TargetRecord[]): MonitorsReading[] {
  return records.flatMap(({ targetId, readings }) =>
    readings
      .filter(({ kind }) => kind === 'uptime')
      .map(({ observedAt, staleAt, data, history = [] }) => ({
        targetId,
        observedAt,
        staleAt,
        ...(data === undefined
          ? {}
          : { monitors: (data as { monitors: MonitorReading[] }).monitors }),
        history,
      })),
  );
}
