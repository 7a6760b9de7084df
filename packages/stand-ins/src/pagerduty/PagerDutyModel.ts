import { wallClock } from './wallClock';
import type {
  PagerDutyPolicy,
  PagerDutySchedule,
  PagerDutyService,
  PagerDutyUser,
  PagerDutyWorld,
} from './world/types';

const DAY_MS = 86_400_000;
/** Far more turns than any question spans. */
const MAXIMUM_TURNS = 5000;

export interface Override {
  id: string;
  schedule: string;
  user: string;
  startMs: number;
  endMs: number;
}

/** One person on call at one level; without times, always. */
export interface OnCallEntry {
  policy: PagerDutyPolicy;
  level: number;
  user: PagerDutyUser;
  schedule?: PagerDutySchedule;
  startMs?: number;
  endMs?: number;
}

interface Turn {
  user: string;
  startMs: number;
  endMs: number;
}

/** An account: its world, and the overrides that were made since. */
export class PagerDutyModel {
  readonly world: PagerDutyWorld;
  #overrides: Override[] = [];
  #nextOverride = 1;

  constructor(world: PagerDutyWorld) {
    this.world = world;
  }

  get overrides(): readonly Override[] {
    return this.#overrides;
  }

  user(id: string): PagerDutyUser {
    const found = this.world.users.find(user => user.id === id);
    if (!found) throw new Error(`The world has no user ${id}`);
    return found;
  }

  schedule(id: string): PagerDutySchedule | undefined {
    return this.world.schedules.find(schedule => schedule.id === id);
  }

  policy(id: string): PagerDutyPolicy {
    const found = this.world.policies.find(policy => policy.id === id);
    if (!found) throw new Error(`The world has no escalation policy ${id}`);
    return found;
  }

  service(id: string): PagerDutyService | undefined {
    return this.world.services.find(service => service.id === id);
  }

  addOverride(override: Omit<Override, 'id'>): Override {
    const added = { ...override, id: `QOVERRIDE${this.#nextOverride++}` };
    this.#overrides.push(added);
    return added;
  }

  removeOverride(schedule: string, id: string): boolean {
    const before = this.#overrides.length;
    this.#overrides = this.#overrides.filter(
      override => override.id !== id || override.schedule !== schedule,
    );
    return this.#overrides.length < before;
  }

  /** Everybody on call in a stretch of time, whole turns; in no helpful order. */
  onCalls(sinceMs: number, untilMs: number): OnCallEntry[] {
    const entries: OnCallEntry[] = [];
    for (const policy of this.world.policies) {
      for (const [index, { schedules, users }] of policy.levels.entries()) {
        const level = index + 1;
        for (const id of users ?? []) {
          entries.push({ policy, level, user: this.user(id) });
        }
        for (const id of schedules ?? []) {
          const schedule = this.schedule(id);
          for (const turn of schedule
            ? this.#turns(schedule, sinceMs, untilMs)
            : []) {
            const { startMs, endMs } = turn;
            const user = this.user(turn.user);
            entries.push({ policy, level, user, schedule, startMs, endMs });
          }
        }
      }
    }
    return entries.reverse();
  }

  #turns(schedule: PagerDutySchedule, sinceMs: number, untilMs: number) {
    let turns = rotate(schedule, sinceMs, untilMs);
    for (const { startMs, endMs, user } of this.#overrides.filter(
      override => override.schedule === schedule.id,
    )) {
      turns = [
        ...turns.flatMap(turn => [
          { ...turn, endMs: Math.min(turn.endMs, startMs) },
          { ...turn, startMs: Math.max(turn.startMs, endMs) },
        ]),
        { user, startMs, endMs },
      ].filter(turn => turn.startMs < turn.endMs);
    }
    return turns.filter(
      turn => turn.startMs <= untilMs && turn.endMs > sinceMs,
    );
  }
}

function rotate(
  schedule: PagerDutySchedule,
  sinceMs: number,
  untilMs: number,
): Turn[] {
  const { users, firstDay, turnDays, handoffHour, timeZone } = schedule;
  if (users.length === 0) return [];
  const startOf = (turn: number) =>
    wallClock(
      Date.parse(firstDay) + turn * turnDays * DAY_MS,
      handoffHour,
      timeZone,
    );
  const turns: Turn[] = [];
  const since = (sinceMs - Date.parse(firstDay)) / (turnDays * DAY_MS);
  // A day early, as clocks differ from UTC by less.
  const first = Math.max(0, Math.floor(since - 1 / turnDays) - 1);
  for (let turn = first; turn < first + MAXIMUM_TURNS; turn++) {
    const startMs = startOf(turn);
    if (startMs > untilMs) break;
    turns.push({
      user: users[turn % users.length],
      startMs,
      endMs: startOf(turn + 1),
    });
  }
  return turns;
}
