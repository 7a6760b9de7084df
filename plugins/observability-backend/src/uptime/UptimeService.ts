import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  completeMonitor,
  DAY_SECONDS,
  dayOf,
  EntityHealth,
  healthReadPermission,
  MonitorReading,
  monthOfMonitor,
  monthSpan,
  signalId,
  sortMonitors,
  summarizeUptime,
  summarySpan,
  UptimeData,
  UptimeReport,
  uptimeSpan,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { EntityAccess } from '../access/EntityAccess';
import { InstanceId } from '../collection/CollectionStore';
import {
  MonitorRecorder,
  MonitorsReading,
} from '../collection/MonitorRecorder';
import { toMonitorKey, toSeconds } from './monitorRows';
import { StoredMonitor, UptimeStore } from './UptimeStore';

/** How far back a month may be asked for. */
const LONGEST_AGO_DAYS = 400;

/** A report says the same for this long, so that pages which ask again are told that nothing changed. */
const REPORT_STEP_SECONDS = 60;

/** Keeps the past of monitors, and tells it: on an entity's page, in the list, for a month. */
export class UptimeService implements MonitorRecorder {
  readonly #store: UptimeStore;
  readonly #access: EntityAccess;
  readonly #now: () => Date;

  constructor(options: {
    store: UptimeStore;
    access: EntityAccess;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#access = options.access;
    this.#now = options.now ?? (() => new Date());
  }

  async onMonitors(
    trx: Knex.Transaction,
    id: InstanceId,
    readings: MonitorsReading[],
  ): Promise<void> {
    await this.#store.record(trx, id, readings);
  }

  /** Adds to what the targets of a report said last the past of their monitors; by target. */
  async complete(
    targets: { targetId: number; data: string }[],
    instant: Date,
  ): Promise<Map<number, UptimeData>> {
    if (targets.length === 0) {
      return new Map();
    }
    const span = uptimeSpan(toSeconds(instant));
    const targetIds = targets.map(({ targetId }) => targetId);
    const [stored, sums] = await Promise.all([
      this.#store.monitorsOf(targetIds, span.intervalsFrom),
      this.#store.sumsOf(targetIds, span),
    ]);
    const now = reportInstant(toSeconds(instant), stored);
    const found = new Map(
      stored.map(monitor => [`${monitor.targetId} ${monitor.key}`, monitor]),
    );
    return new Map(
      targets.map(({ targetId, data }) => {
        const { monitors } = JSON.parse(data) as { monitors: MonitorReading[] };
        const completed = monitors.map(reading => {
          const monitor = found.get(`${targetId} ${toMonitorKey(reading.id)}`);
          return completeMonitor(
            reading,
            {
              timeline: monitor?.timeline,
              earlier: monitor && sums.get(monitor.rowId),
            },
            now,
          );
        });
        return [targetId, { monitors: sortMonitors(completed) }];
      }),
    );
  }

  /** What the list of all services says of the uptime of some entities; nothing of those without monitors. */
  async summaries(
    entityRefs: string[],
    instant: Date,
  ): Promise<Map<string, NonNullable<EntityHealth['uptime']>>> {
    if (entityRefs.length === 0) {
      return new Map();
    }
    const now = toSeconds(instant);
    const timelines = await this.#store.timelinesOf(
      entityRefs,
      summarySpan(now).intervalsFrom,
    );
    return new Map(
      [...timelines].map(([entityRef, ofEntity]) => [
        entityRef,
        summarizeUptime(ofEntity, now),
      ]),
    );
  }

  /** The uptime of an entity's monitors in a month, `YYYY-MM`; else in the current one. */
  async monthlyReport(
    options: { entityRef: string; month?: string },
    credentials: BackstageCredentials,
  ): Promise<UptimeReport> {
    await this.#access.assertPermission(credentials, healthReadPermission);
    const { entityRef } = options;
    const instant = this.#now();
    const now = toSeconds(instant);
    const month = options.month ?? instant.toISOString().slice(0, 7);
    const span = monthSpan(month);
    if (span.firstDay > dayOf(now)) {
      throw new InputError('"month": is in the future');
    }
    if (span.endDay <= dayOf(now) - LONGEST_AGO_DAYS) {
      throw new InputError(
        `"month": is more than ${LONGEST_AGO_DAYS} days ago; nothing older is kept`,
      );
    }
    const targets = await this.#store.targetsOf(entityRef);
    await this.#access.assertReadable(
      credentials,
      entityRef,
      targets !== undefined,
    );
    const targetIds = (targets ?? []).map(({ targetId }) => targetId);
    const [monitors, sums] =
      targetIds.length === 0
        ? [[], new Map<number, never>()]
        : await Promise.all([
            this.#store.monitorsOf(targetIds, span.firstDay * DAY_SECONDS),
            this.#store.daysOf(targetIds, span),
          ]);
    const signals = new Map(
      (targets ?? []).map(({ targetId, ...source }) => [
        targetId,
        signalId({ kind: 'uptime', ...source }),
      ]),
    );
    return {
      entityRef,
      month,
      generatedAt: instant.toISOString(),
      partial: now < span.endDay * DAY_SECONDS,
      monitors: monitors.map(
        ({ targetId, rowId, key, name, url, timeline }) => ({
          signalId: signals.get(targetId)!,
          id: key,
          name,
          ...(url === null ? {} : { url }),
          ...monthOfMonitor(
            { timeline, sums: sums.get(rowId) ?? new Map() },
            span,
            now,
          ),
        }),
      ),
    };
  }

  /** Sums up days that are over. */
  async sumUpDays(options: {
    notBefore: Date;
    signal: AbortSignal;
  }): Promise<void> {
    await this.#store.sumUpDays({ now: this.#now(), ...options });
  }
}

/** The instant that a report is about: the whole minute, or the last look where that is later. */
function reportInstant(now: number, monitors: StoredMonitor[]): number {
  const seen = monitors
    .map(({ timeline }) => timeline.observedAt)
    .filter(observedAt => observedAt <= now);
  return Math.max(now - (now % REPORT_STEP_SECONDS), ...seen);
}
