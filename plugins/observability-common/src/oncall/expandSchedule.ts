import { CoverageGap, ScheduleShifts, Shift } from '../model/OnCallShifts';
import { Interval, withoutIntervals } from './intervals';
import {
  parseInstant,
  planSchedule,
  SchedulePlan,
  ScheduleWithChanges,
} from './SchedulePlan';
import { levelsOfPlan, shiftsOfLevel } from './shiftsOfPlan';
import { toShift } from './toShift';
import { warnOfSchedule } from './warnOfSchedule';

/** What to work out of a schedule.
 * @public */
export type ExpandScheduleInput = ScheduleWithChanges & {
  /** An instant of 1970 to 2100. */
  from: string;
  /** An instant of 1970 to 2100; not part of what is worked out. */
  to: string;
  /** Whether a reference names a user whom the catalog knows. Without it, nobody is warned of. */
  isKnownPerson?: (entityRef: string) => boolean;
  /** Whether a user belongs to the group that owns the schedule. Without it, nobody is warned of. */
  isOwnerMember?: (entityRef: string) => boolean;
};

/**
 * Works out who has the watch between two instants. Pure: it reads no clock, and
 * the zone of the machine has no part in it.
 *
 * - Instants are UTC and intervals half open: the instant of a handoff belongs to
 *   whoever comes.
 * - Of a level's layers the first that covers an instant answers, also where it
 *   names nobody on purpose. Before the start of its rotation, outside its windows
 *   and without members a layer covers nothing.
 * - Overrides go before swaps, swaps before layers, and of equals the one made
 *   later counts.
 * - A turn is one shift, unless windows, layers above or changes cut it. Turns of
 *   the same person in a row stay two shifts.
 * - A shift has the same key and the same ends whatever stretch was asked for.
 *   Gaps end where the stretch does.
 *
 * @public
 */
export function expandSchedule(input: ExpandScheduleInput): ScheduleShifts {
  const from = parseInstant(input.from);
  const to = parseInstant(input.to);
  const plan = planSchedule(input);
  const levels = levelsOfPlan(plan, from, to).map(name => ({
    name,
    shifts: shiftsOfLevel(plan, name, from, to),
  }));
  const drafts = levels.flatMap(({ shifts }) => shifts);
  const answer = {
    shifts: drafts.map(draft => toShift(draft, plan.name)),
    gaps: gapsOf(plan, levels, from, to),
  };
  const { isKnownPerson, isOwnerMember } = input;
  return {
    ...inOrder(answer, levels),
    warnings: warnOfSchedule({
      plan,
      drafts,
      ...answer,
      from,
      to,
      isKnownPerson,
      isOwnerMember,
    }),
  };
}

/** Where nobody has the watch, level by level, while there is such a level. */
export function gapsOf(
  plan: SchedulePlan,
  levels: readonly { name: string; shifts: readonly Interval[] }[],
  from: number,
  to: number,
): CoverageGap[] {
  const gaps: CoverageGap[] = [];
  for (const { name, shifts } of levels) {
    const holes: Interval[] = [];
    for (const version of plan.versions) {
      const start = Math.max(from, version.start);
      const end = Math.min(to, version.end);
      if (start < end && version.levels.some(level => level.name === name)) {
        for (const hole of withoutIntervals({ start, end }, shifts)) {
          const last = holes.at(-1);
          if (last?.end === hole.start) {
            last.end = hole.end;
          } else {
            holes.push({ ...hole });
          }
        }
      }
    }
    for (const { start, end } of holes) {
      gaps.push({
        start: new Date(start).toISOString(),
        end: new Date(end).toISOString(),
        level: name,
      });
    }
  }
  return gaps;
}

/** Sorts shifts and gaps by start, then by level in the order of escalation. */
export function inOrder(
  { shifts, gaps }: { shifts: Shift[]; gaps: CoverageGap[] },
  levels: readonly { name: string }[],
): { shifts: Shift[]; gaps: CoverageGap[] } {
  const order = new Map(levels.map(({ name }, index) => [name, index]));
  const compare = (
    one: { start: string; level: string },
    other: { start: string; level: string },
  ) => {
    if (one.start !== other.start) {
      return one.start < other.start ? -1 : 1;
    }
    return (order.get(one.level) ?? 0) - (order.get(other.level) ?? 0);
  };
  return { shifts: [...shifts].sort(compare), gaps: [...gaps].sort(compare) };
}
