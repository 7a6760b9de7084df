import {
  MonitorSeconds,
  MonitorTimeline,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { InstanceId } from '../collection/CollectionStore';
import { MonitorsReading } from '../collection/MonitorRecorder';

/** A monitor that the last reading of a target held, with its past. */
export interface StoredMonitor {
  targetId: number;
  /** Of the row, which others refer to. */
  rowId: number;
  /** The vendor's id, as `toMonitorKey` writes it. */
  key: string;
  name: string;
  url: string | null;
  timeline: MonitorTimeline;
}

/** What an entity's uptime is read from. */
export interface UptimeTarget {
  targetId: number;
  provider: string;
  instance: string;
  target: string;
}

/** Keeps the past of monitors. Times are seconds since 1970, days count from 1970 in UTC. */
export interface UptimeStore {
  /** Records what was read of monitors; the same reading again changes nothing. */
  record(
    trx: Knex.Transaction,
    id: InstanceId,
    readings: MonitorsReading[],
  ): Promise<void>;
  /** The targets of an entity that tell of uptime; `undefined` when the index does not know it (yet). */
  targetsOf(entityRef: string): Promise<UptimeTarget[] | undefined>;
  /** The monitors of some targets, in their order, with what they did since an instant. */
  monitorsOf(
    targetIds: number[],
    intervalsFrom: number,
  ): Promise<StoredMonitor[]>;
  /** What the days of their monitors, from one to the one before another, add up to; by row. */
  sumsOf(
    targetIds: number[],
    days: { firstDay: number; endDay: number },
  ): Promise<Map<number, MonitorSeconds>>;
  /** Each of these days, as far as it was summed up; by row, then by day. */
  daysOf(
    targetIds: number[],
    days: { firstDay: number; endDay: number },
  ): Promise<Map<number, Map<number, MonitorSeconds>>>;
  /** The monitors of some entities, each once, with what they did since an instant. */
  timelinesOf(
    entityRefs: string[],
    intervalsFrom: number,
  ): Promise<Map<string, MonitorTimeline[]>>;
  /** Sums up the days that are over and were not, or have changed since; none that begins before `notBefore`. */
  sumUpDays(options: {
    now: Date;
    notBefore: Date;
    signal: AbortSignal;
  }): Promise<void>;
  /** Deletes what ended before these instants, and monitors that are no more; returns how many rows. */
  deleteExpired(before: {
    outages: Date;
    daily: Date;
    signal: AbortSignal;
  }): Promise<number>;
}
