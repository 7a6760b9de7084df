import { OnCallStore, StoredSchedule } from './OnCallStore';
import { DAY_MS, iso, shiftsOfSchedule } from './scheduleAnswers';

/** The engine answers no longer stretch at once. */
const LONGEST_MS = 400 * DAY_MS;

/**
 * Puts on record who had the watch, once a shift is over. From then on the record
 * answers, whatever is edited; versions and overrides alone would say the same,
 * and a release of ours that works them out differently must not.
 */
export class ShiftRecorder {
  readonly #store: OnCallStore;

  constructor(store: OnCallStore) {
    this.#store = store;
  }

  /** Records what is over of all schedules. Any number of replicas may do so at once. */
  async recordAll(now: string, signal: AbortSignal): Promise<void> {
    const schedules = await this.#load(now);
    for (const schedule of schedules) {
      if (signal.aborted) {
        return;
      }
      await this.#record(schedule, now, now);
    }
  }

  /** Ends a schedule; the shift that is running ends with it. */
  async end(name: string, now: string): Promise<void> {
    const [schedule] = await this.#load(now, [name]);
    if (schedule && (await this.#store.end(name, now))) {
      await this.#record({ ...schedule, deletedAt: now }, now, now);
    }
  }

  async #record(
    schedule: StoredSchedule,
    now: string,
    until: string,
  ): Promise<void> {
    let from = schedule.recordedUntil ?? schedule.versions[0].effectiveFrom;
    while (from < until) {
      const to = iso(
        Math.min(Date.parse(from) + LONGEST_MS, Date.parse(until)),
      );
      const recorded = await this.#store.recorded(schedule.name, from, to);
      const { shifts } = shiftsOfSchedule(schedule, {
        recorded,
        from,
        to,
        now,
      });
      await this.#store.record(
        schedule.name,
        shifts.filter(({ end }) => end <= to),
        to,
      );
      from = to;
    }
  }

  async #load(now: string, names?: string[]): Promise<StoredSchedule[]> {
    return this.#store.load({
      names,
      from: iso(Date.parse(now) - 2 * LONGEST_MS),
      now,
    });
  }
}
