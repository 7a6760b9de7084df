import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  onCallManagePermission,
  Schedule,
  ScheduleEdit,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityAccess } from '../access/EntityAccess';
import { callerRef } from '../access/callerRef';
import { OnCallSignals } from './OnCallSignals';
import { OnCallStore, StoredSchedule } from './OnCallStore';
import { SwapFollower } from './reminders/SwapFollower';
import { iso, watchesAt } from './scheduleAnswers';
import { ShiftRecorder } from './ShiftRecorder';

/** Writes the schedules that are kept here, so that the past stays as it was. */
export class ScheduleEditor {
  readonly #store: OnCallStore;
  readonly #recorder: ShiftRecorder;
  readonly #access: EntityAccess;
  readonly #signals: OnCallSignals;
  readonly #swaps: Pick<SwapFollower, 'follow'>;
  readonly #now: () => Date;

  constructor(options: {
    store: OnCallStore;
    recorder: ShiftRecorder;
    access: EntityAccess;
    signals: OnCallSignals;
    swaps: Pick<SwapFollower, 'follow'>;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#recorder = options.recorder;
    this.#access = options.access;
    this.#signals = options.signals;
    this.#swaps = options.swaps;
    this.#now = options.now ?? (() => new Date());
  }

  /** Creates a schedule that is in force at once. */
  async create(
    definition: Schedule,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#access.assertPermission(credentials, onCallManagePermission);
    const created = await this.#store.create({
      definition,
      origin: { type: 'api' },
      createdBy: callerRef(credentials),
      now: iso(this.#now()),
    });
    if (!created) {
      throw new ConflictError(
        `The name "${definition.name}" was used before; names of schedules are not used twice`,
      );
    }
    await this.#signals.publish();
  }

  /** Gives a schedule a new definition, from the next handoff on unless another time is named. */
  async edit(
    name: string,
    edit: ScheduleEdit,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#access.assertPermission(credentials, onCallManagePermission);
    if (edit.schedule.name !== name) {
      throw new InputError(
        `"schedule.name": must be "${name}"; a schedule keeps its name`,
      );
    }
    const now = iso(this.#now());
    const schedule = await this.#editable(name, now);
    const effectiveFrom = edit.effectiveFrom && iso(edit.effectiveFrom);
    if (effectiveFrom && effectiveFrom < now) {
      throw new InputError(
        '"effectiveFrom": is in the past, and the past stays as it was; leave it out, or name a time that is to come',
      );
    }
    const edited = await this.#store.edit({
      definition: edit.schedule,
      version: edit.version,
      effectiveFrom: effectiveFrom ?? nextHandoff(schedule, now),
      createdBy: callerRef(credentials),
      now,
    });
    if (!edited) {
      throw new ConflictError(
        `Somebody else has edited "${name}" meanwhile; look at it again`,
      );
    }
    await this.#swaps.follow(new Date(now), [name]);
    await this.#signals.publish();
  }

  /** Ends a schedule now; its past stays. */
  async delete(name: string, credentials: BackstageCredentials): Promise<void> {
    await this.#access.assertPermission(credentials, onCallManagePermission);
    const now = iso(this.#now());
    await this.#editable(name, now);
    await this.#recorder.end(name, now);
    await this.#signals.publish();
  }

  async #editable(name: string, now: string): Promise<StoredSchedule> {
    const [schedule] = await this.#store.load({
      names: [name],
      from: now,
      now,
    });
    if (!schedule) {
      throw new NotFoundError(`There is no on-call schedule "${name}"`);
    }
    const { type, location } = schedule.origin;
    if (type !== 'api') {
      throw new NotAllowedError(
        `The schedule "${name}" is kept in ${location}; edit it there`,
      );
    }
    return schedule;
  }
}

/** The first time at which somebody's watch ends, or now where nobody has it. */
function nextHandoff(schedule: StoredSchedule, now: string): string {
  const ends = watchesAt(schedule, now).flatMap(
    ({ shift, until }) => shift?.end ?? until ?? [],
  );
  return ends.sort()[0] ?? now;
}
