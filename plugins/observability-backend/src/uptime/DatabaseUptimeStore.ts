import { Knex } from 'knex';
import { InstanceId } from '../collection/CollectionStore';
import { MonitorsReading } from '../collection/MonitorRecorder';
import { recordMonitors } from './recordMonitors';
import { deleteExpiredUptime, sumUpDays } from './sumUpDays';
import {
  readDays,
  readMonitors,
  readSums,
  readTimelines,
  readUptimeTargets,
} from './uptimeQueries';
import { UptimeStore } from './UptimeStore';

export class DatabaseUptimeStore implements UptimeStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async record(
    trx: Knex.Transaction,
    id: InstanceId,
    readings: MonitorsReading[],
  ): Promise<void> {
    await recordMonitors(trx, id, readings);
  }

  async targetsOf(entityRef: string) {
    return readUptimeTargets(this.#knex, entityRef);
  }

  async monitorsOf(targetIds: number[], intervalsFrom: number) {
    return readMonitors(this.#knex, targetIds, intervalsFrom);
  }

  async sumsOf(
    targetIds: number[],
    days: { firstDay: number; endDay: number },
  ) {
    return readSums(this.#knex, targetIds, days);
  }

  async daysOf(
    targetIds: number[],
    days: { firstDay: number; endDay: number },
  ) {
    return readDays(this.#knex, targetIds, days);
  }

  async timelinesOf(entityRefs: string[], intervalsFrom: number) {
    return readTimelines(this.#knex, entityRefs, intervalsFrom);
  }

  async sumUpDays(options: {
    now: Date;
    notBefore: Date;
    signal: AbortSignal;
  }): Promise<void> {
    await sumUpDays(this.#knex, options);
  }

  async deleteExpired(before: {
    outages: Date;
    daily: Date;
    signal: AbortSignal;
  }): Promise<number> {
    return deleteExpiredUptime(this.#knex, before);
  }
}
