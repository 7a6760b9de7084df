import { onCallAt } from '@watchkeeper/backstage-plugin-observability-common';
import { isExternal, watchesOfExternal } from './external/externalAnswers';
import { OnCallSignals } from './OnCallSignals';
import { ScheduleReader, StoredSchedule } from './OnCallStore';
import { iso } from './scheduleAnswers';

/** A little more than the pace of the task, so that no handoff falls between two runs. */
const LOOK_BACK_MS = 90_000;

/** Tells open pages when the watch passes on by itself. */
export class HandoffWatcher {
  readonly #store: Pick<ScheduleReader, 'load'>;
  readonly #signals: OnCallSignals;

  constructor(options: {
    store: Pick<ScheduleReader, 'load'>;
    signals: OnCallSignals;
  }) {
    this.#store = options.store;
    this.#signals = options.signals;
  }

  async run(now: Date): Promise<void> {
    const before = iso(now.getTime() - LOOK_BACK_MS);
    const schedules = await this.#store.load({ from: before, now: iso(now) });
    if (schedules.some(schedule => hasPassedOn(schedule, before, iso(now)))) {
      await this.#signals.publish();
    }
  }
}

function hasPassedOn(
  schedule: StoredSchedule,
  before: string,
  now: string,
): boolean {
  return peopleAt(schedule, before) !== peopleAt(schedule, now);
}

function peopleAt(schedule: StoredSchedule, at: string): string {
  const watches = isExternal(schedule)
    ? watchesOfExternal(schedule, at)
    : onCallAt({ ...schedule, at });
  return JSON.stringify(watches.map(({ level, people }) => [level, people]));
}
