import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  expandSchedule,
  NewOverride,
  NewSwap,
  onCallManagePermission,
  onCallOverridePermission,
  Override,
  Swap,
  SwapTake,
} from '@watchkeeper/backstage-plugin-observability-common';
import { randomUUID } from 'node:crypto';
import { EntityAccess } from '../access/EntityAccess';
import { callerRef, userRefOf } from '../access/callerRef';
import { OnCallSignals } from './OnCallSignals';
import { isExternal } from './external/externalAnswers';
import { ExternalOverrides } from './external/ExternalOverrides';
import { OnCallStore, ScheduleReader, StoredSchedule } from './OnCallStore';
import { ChangeNotifier } from './reminders/ChangeNotifier';
import { shiftOfSwap } from './reminders/followSwap';
import { SwapFollower } from './reminders/SwapFollower';
import { DAY_MS, definitionAt, iso } from './scheduleAnswers';

/** A page that was just filled in says "now", which has passed when it arrives. */
const LATE_MS = 60_000;
const LONGEST_DAYS = 400;

/**
 * Changes by hand: overrides and swaps. People change shifts of their own: they
 * may come in, leave, ask for cover and take what is offered. Whoever manages
 * schedules may do all of that for others.
 */
export class OnCallChanges {
  readonly #store: OnCallStore;
  readonly #schedules: Pick<ScheduleReader, 'load'>;
  readonly #external: Pick<ExternalOverrides, 'write'>;
  readonly #access: EntityAccess;
  readonly #signals: OnCallSignals;
  readonly #notifier: ChangeNotifier;
  readonly #swaps: SwapFollower;
  readonly #now: () => Date;

  constructor(options: {
    store: OnCallStore;
    /** Also those of other masters. */
    schedules: Pick<ScheduleReader, 'load'>;
    external: Pick<ExternalOverrides, 'write'>;
    access: EntityAccess;
    signals: OnCallSignals;
    notifier: ChangeNotifier;
    swaps: SwapFollower;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#schedules = options.schedules;
    this.#external = options.external;
    this.#access = options.access;
    this.#signals = options.signals;
    this.#notifier = options.notifier;
    this.#swaps = options.swaps;
    this.#now = options.now ?? (() => new Date());
  }

  async override(
    name: string,
    change: NewOverride,
    credentials: BackstageCredentials,
  ): Promise<Override> {
    const { isManager, user } = await this.#caller(credentials);
    if (!isManager) {
      assertOwn(change, user);
    }
    const now = this.#now();
    const schedule = await this.#schedule(name, now);
    const times = readTimes(change, now);
    assertLevel(schedule, change.level, times.start);
    const override: Override = {
      ...change,
      ...times,
      id: isExternal(schedule)
        ? await this.#external.write(schedule, { ...change, ...times }, now)
        : randomUUID(),
      createdBy: callerRef(credentials),
      createdAt: iso(now),
    };
    if (!isExternal(schedule)) {
      const tell = await this.#notifier.ofChange({
        before: schedule,
        after: { ...schedule, overrides: [...schedule.overrides, override] },
        from: override.start,
        to: override.end,
        change: { id: override.id, state: 'made', by: override.createdBy },
        now: iso(now),
      });
      await this.#store.addOverride(name, override, tell);
      await this.#swaps.follow(now, [name]);
    }
    await this.#signals.publish();
    return override;
  }

  /** Takes an override back; one that is running ends now. */
  async endOverride(
    name: string,
    id: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { isManager, user } = await this.#caller(credentials);
    const now = this.#now();
    const schedule = await this.#schedule(name, now);
    const override = schedule.overrides.find(known => known.id === id);
    if (!override) {
      throw new NotFoundError(
        `The schedule "${name}" has no override ${id} that is not over`,
      );
    }
    if (
      !isManager &&
      ![override.createdBy, override.add, override.remove].includes(user)
    ) {
      throw forOthers();
    }
    const tell = await this.#notifier.ofChange({
      before: schedule,
      after: {
        ...schedule,
        overrides: schedule.overrides.filter(known => known.id !== id),
      },
      from: override.start > iso(now) ? override.start : iso(now),
      to: override.end,
      change: { id, state: 'ended', by: callerRef(credentials) },
      now: iso(now),
    });
    if (!(await this.#store.endOverride(id, iso(now), tell))) {
      throw new ConflictError('The override is over');
    }
    await this.#swaps.follow(now, [name]);
    await this.#signals.publish();
  }

  /** Asks for cover of a shift or of a part of one. */
  async ask(
    name: string,
    asked: NewSwap,
    credentials: BackstageCredentials,
  ): Promise<Swap> {
    const { isManager, user } = await this.#caller(credentials);
    const from = asked.from ?? user;
    if (from === undefined) {
      throw new InputError('"from": name the person who has the watch');
    }
    if (!isManager && from !== user) {
      throw forOthers();
    }
    if (asked.to === from) {
      throw new InputError('"to": must be somebody else than "from"');
    }
    const now = this.#now();
    const schedule = await this.#schedule(name, now);
    if (isExternal(schedule)) {
      throw new InputError(
        `${schedule.origin.location} is the master of this schedule; cover is asked for there, or an override made`,
      );
    }
    const times = readTimes(asked, now);
    assertLevel(schedule, asked.level, times.start);
    const { shifts } = expandSchedule({
      ...schedule,
      from: times.start,
      to: times.end,
    });
    if (
      !shifts.some(
        ({ level, people }) => level === asked.level && people.includes(from),
      )
    ) {
      throw new InputError(
        `"start": ${from} does not have the watch at ${asked.level} then`,
      );
    }
    const swap: Swap = {
      id: randomUUID(),
      schedule: name,
      level: asked.level,
      ...times,
      from,
      ...(asked.to === undefined ? {} : { to: asked.to }),
      state: 'open',
      createdAt: iso(now),
    };
    const tell = await this.#notifier.ofCoverAsked({
      schedule,
      swap,
      by: callerRef(credentials),
      now: iso(now),
    });
    await this.#store.addSwap(swap, async trx => {
      await this.#swaps.remember(trx, swap.id, shiftOfSwap(schedule, swap));
      await tell(trx);
    });
    await this.#signals.publish();
    return swap;
  }

  /** Takes a shift for which somebody asks for cover. */
  async take(
    id: string,
    { to }: SwapTake,
    credentials: BackstageCredentials,
  ): Promise<Swap> {
    const { isManager, user } = await this.#caller(credentials);
    const now = iso(this.#now());
    const swap = await this.#swap(id, now);
    const taker = to ?? user;
    if (taker === undefined) {
      throw new InputError('"to": name the person who takes the shift');
    }
    if (!isManager && taker !== user) {
      throw forOthers();
    }
    if (taker === swap.from) {
      throw new InputError(
        `${taker} has the shift already; cancel the swap instead`,
      );
    }
    if (!isManager && swap.to !== undefined && swap.to !== taker) {
      throw new NotAllowedError(`${swap.to} is asked to take this shift`);
    }
    return this.#change(
      swap,
      { from: 'open', state: 'taken', to: taker, now },
      callerRef(credentials),
    );
  }

  /** Asks for cover no longer; what was taken goes back until it begins. */
  async cancel(id: string, credentials: BackstageCredentials): Promise<Swap> {
    const { isManager, user } = await this.#caller(credentials);
    const now = iso(this.#now());
    const swap = await this.#swap(id, now);
    if (!isManager && user !== swap.from) {
      throw forOthers();
    }
    const from = swap.state === 'taken' ? 'taken' : 'open';
    return this.#change(
      swap,
      { from, state: 'cancelled', now },
      callerRef(credentials),
    );
  }

  async #change(
    swap: Swap,
    change: {
      from: Swap['state'];
      state: Swap['state'];
      to?: string;
      now: string;
    },
    by: string,
  ): Promise<Swap> {
    const { state, to = swap.to, now } = change;
    const schedule = await this.#schedule(swap.schedule, new Date(now));
    const also = await this.#notifier.ofChange({
      before: schedule,
      after: {
        ...schedule,
        swaps: schedule.swaps.map(known =>
          known.id === swap.id ? { ...known, state, to } : known,
        ),
      },
      from: swap.start,
      to: swap.end,
      change: { id: swap.id, state, by },
      now,
    });
    const changed = await this.#store.changeSwap({
      id: swap.id,
      ...change,
      also,
    });
    const found = await this.#store.swap(swap.id, now);
    if (!changed || !found) {
      throw new ConflictError(
        found && found.state !== 'open'
          ? `The swap is ${found.state} already`
          : 'The shift has begun already',
      );
    }
    await this.#swaps.follow(new Date(now), [swap.schedule]);
    await this.#signals.publish();
    return found;
  }

  async #caller(credentials: BackstageCredentials) {
    const isManager = await this.#access.isAllowed(
      credentials,
      onCallManagePermission,
    );
    if (!isManager) {
      await this.#access.assertPermission(
        credentials,
        onCallOverridePermission,
      );
    }
    return { isManager, user: userRefOf(credentials) };
  }

  async #schedule(name: string, now: Date): Promise<StoredSchedule> {
    const [schedule] = await this.#schedules.load({
      names: [name],
      from: iso(now),
      now: iso(now),
    });
    if (!schedule) {
      throw new NotFoundError(`There is no on-call schedule "${name}"`);
    }
    return schedule;
  }

  async #swap(id: string, now: string): Promise<Swap> {
    const swap = await this.#store.swap(id, now);
    if (!swap) {
      throw new NotFoundError(`There is no swap ${id}`);
    }
    return swap;
  }
}

/** One may come in, also instead of somebody, and leave; nobody is put on watch by others. */
function assertOwn({ add, remove }: NewOverride, user?: string): void {
  if (add !== undefined && add !== user && remove === user) {
    throw new NotAllowedError(
      `Others can be put on watch by those who hold ${onCallManagePermission.name}; ask for cover instead`,
    );
  }
  if (user === undefined || (add ?? remove) !== user) {
    throw forOthers();
  }
}

function forOthers() {
  return new NotAllowedError(
    `The shifts of others can be changed by those who hold ${onCallManagePermission.name}`,
  );
}

function readTimes(
  change: { start: string; end: string },
  now: Date,
): { start: string; end: string } {
  const start = Date.parse(change.start);
  const end = Date.parse(change.end);
  if (start < now.getTime() - LATE_MS || end <= now.getTime()) {
    throw new InputError(
      `"start": is in the past, and the past stays as it was; begin now (${iso(
        now,
      )}) or later`,
    );
  }
  if (end - now.getTime() > LONGEST_DAYS * DAY_MS) {
    throw new InputError(
      `"end": must be at most ${LONGEST_DAYS} days from now`,
    );
  }
  return { start: iso(Math.max(start, now.getTime())), end: iso(end) };
}

function assertLevel(
  schedule: StoredSchedule,
  level: string | undefined,
  at: string,
): void {
  const levels = definitionAt(schedule, at).levels.map(({ name }) => name);
  if (level !== undefined && !levels.includes(level)) {
    throw new InputError(
      `"level": the schedule has no such level then; it has ${levels.join(
        ', ',
      )}`,
    );
  }
}
