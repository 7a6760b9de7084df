import { Shift } from '../model/OnCallShifts';
import { DraftShift, isSamePeople } from './draftShifts';
import {
  parseInstant,
  planSchedule,
  SchedulePlan,
  ScheduleWithChanges,
} from './SchedulePlan';
import { levelsOfPlan, shiftsOfLevel } from './shiftsOfPlan';
import { sourceOf, toShift } from './toShift';
import { DAY_MS, FIRST_INSTANT, LAST_INSTANT } from './wallClock';

/** Who to look for.
 * @public */
export type OnCallAtInput = ScheduleWithChanges & {
  /** An instant of 1970 to 2100. */
  at: string;
};

/** Who has the watch at one level at an instant.
 * @public */
export interface OnCallAt {
  level: string;
  /** References of catalog users; empty in a gap. */
  people: string[];
  /** Why; absent in a gap. */
  source?: Shift['source'];
}

/** Who has the watch at one level, since when, until when, and who comes next.
 * @public */
export interface Watch extends OnCallAt {
  /** Absent in a gap. */
  shift?: Shift;
  /** Since when these people have the watch without a break, or nobody does; absent where that is more than 400 days ago. */
  since?: string;
  /** Until when; absent where that is more than 400 days away. */
  until?: string;
  /** The next people to have the watch, and when: after a gap, possibly the same. */
  next?: { people: string[]; at: string };
}

/** As far as a change is looked for, in either direction. */
const LONGEST_LOOK_MS = 400 * DAY_MS;
/** As many shifts of the same people are followed, in either direction. */
const LONGEST_RUN = 14;

/**
 * Who has the watch at an instant, one answer a level, in the order of escalation.
 *
 * @public
 */
export function onCallAt(input: OnCallAtInput): OnCallAt[] {
  const at = parseInstant(input.at);
  const plan = planSchedule(input);
  return levelsOfPlan(plan, at, at + 1).map(level =>
    toOnCallAt(level, shiftAt(plan, level, at)),
  );
}

/**
 * Who has the watch at an instant, since and until when, and who is next. Shifts
 * of the same people that follow each other count as one, up to 14; people who
 * have the watch for longer, such as somebody who is alone in the rotation, have
 * it for the shift, and are next as well.
 *
 * @public
 */
export function onCallNow(input: OnCallAtInput): Watch[] {
  const at = parseInstant(input.at);
  const plan = planSchedule(input);
  return levelsOfPlan(plan, at, at + 1).map(level => {
    const shift = shiftAt(plan, level, at);
    return shift
      ? {
          ...toOnCallAt(level, shift),
          shift: toShift(shift, plan.name),
          ...boundsOfRun(plan, level, shift),
        }
      : { ...toOnCallAt(level, shift), ...boundsOfGap(plan, level, at) };
  });
}

function toOnCallAt(level: string, shift: DraftShift | undefined): OnCallAt {
  return shift
    ? { level, people: [...shift.people], source: sourceOf(shift) }
    : { level, people: [] };
}

type Bounds = Pick<Watch, 'since' | 'until' | 'next'>;

function boundsOfRun(
  plan: SchedulePlan,
  level: string,
  shift: DraftShift,
): Bounds {
  const isEndless = isAlwaysSame(plan, level);
  const isSame = (other: DraftShift | undefined): other is DraftShift =>
    other !== undefined && isSamePeople(other.people, shift.people);

  let first = shift;
  let before = shiftAt(plan, level, first.start - 1);
  for (let run = 1; isSame(before) && run < LONGEST_RUN && !isEndless; run++) {
    first = before;
    before = shiftAt(plan, level, first.start - 1);
  }
  let last = shift;
  let after = shiftAt(plan, level, last.end);
  for (let run = 1; isSame(after) && run < LONGEST_RUN && !isEndless; run++) {
    last = after;
    after = shiftAt(plan, level, last.end);
  }

  const until = isSame(after) ? shift.end : last.end;
  return {
    since: iso(isSame(before) ? shift.start : first.start),
    until: iso(until),
    ...toNext(firstShift(plan, level, until)),
  };
}

/** Whether nobody but one person or group can ever have the watch, so that looking for others is in vain. */
function isAlwaysSame({ versions, changes }: SchedulePlan, name: string) {
  const level = versions[0].levels.find(known => known.name === name);
  return (
    versions.length === 1 &&
    changes.overrides.length === 0 &&
    changes.swaps.length === 0 &&
    level?.layers.length === 1 &&
    level.layers[0].definition.members.length === 1 &&
    level.layers[0].definition.windows === undefined
  );
}

function boundsOfGap(plan: SchedulePlan, level: string, at: number): Bounds {
  const next = firstShift(plan, level, at);
  const before = lastShift(plan, level, at);
  return {
    ...(before && { since: iso(before.end) }),
    ...(next && { until: iso(next.start) }),
    ...toNext(next),
  };
}

function toNext(next: DraftShift | undefined): Bounds {
  return next
    ? { next: { people: [...next.people], at: iso(next.start) } }
    : {};
}

function shiftAt(
  plan: SchedulePlan,
  level: string,
  at: number,
): DraftShift | undefined {
  return shiftsOfLevel(plan, level, at, at + 1).at(0);
}

/** The first shift that is not over at an instant. */
function firstShift(
  plan: SchedulePlan,
  level: string,
  at: number,
): DraftShift | undefined {
  const now = shiftAt(plan, level, at);
  if (now) {
    return now;
  }
  for (let look = DAY_MS; ; look *= 8) {
    const until = Math.min(at + Math.min(look, LONGEST_LOOK_MS), LAST_INSTANT);
    const found = shiftsOfLevel(plan, level, at, until).at(0);
    if (found || look >= LONGEST_LOOK_MS) {
      return found;
    }
  }
}

/** The last shift that is over at an instant. */
function lastShift(
  plan: SchedulePlan,
  level: string,
  at: number,
): DraftShift | undefined {
  for (let look = DAY_MS; ; look *= 8) {
    const since = Math.max(at - Math.min(look, LONGEST_LOOK_MS), FIRST_INSTANT);
    const found = shiftsOfLevel(plan, level, since, at).at(-1);
    if (found || look >= LONGEST_LOOK_MS) {
      return found;
    }
  }
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
