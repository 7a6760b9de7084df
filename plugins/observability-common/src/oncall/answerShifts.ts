import { ScheduleVersion } from '../model/OnCall';
import { Override, ScheduleShifts, Shift, Swap } from '../model/OnCallShifts';
import { gapsOf, inOrder } from './expandSchedule';
import {
  Interval,
  mergeIntervals,
  overlaps,
  withoutIntervals,
} from './intervals';
import { parseInstant, planSchedule } from './SchedulePlan';
import { levelsOfPlan, shiftsOfLevel } from './shiftsOfPlan';
import { toShift } from './toShift';
import { warnOfSchedule } from './warnOfSchedule';

/** What to answer of a schedule, through all that it was and will be.
 * @public */
export interface AnswerShiftsInput {
  /** In any order. */
  versions: readonly ScheduleVersion[];
  /** Shifts as they were written down once they were over. */
  recorded: readonly Shift[];
  /**
   * Up to this instant all shifts that were over have been written down. Without
   * it, up to the end of the last one of each level.
   */
  recordedUntil?: string;
  overrides?: readonly Override[];
  swaps?: readonly Swap[];
  from: string;
  to: string;
  now: string;
  /** Whether a reference names a user whom the catalog knows. Without it, nobody is warned of. */
  isKnownPerson?: (entityRef: string) => boolean;
  /** Whether a user belongs to the group that owns the schedule. Without it, nobody is warned of. */
  isOwnerMember?: (entityRef: string) => boolean;
}

/**
 * Answers for the past from what was written down, and for the rest from the
 * versions of the definition, each from the instant on from which it is in force.
 *
 * What is written down wins wherever it says something, and where it says that
 * nobody had the watch: a shift that ended before the record does and is not in
 * it never was. One that is still running when the record ends is worked out,
 * with the part of it that the record does not cover. Warnings are of what is
 * still to come.
 *
 * @public
 */
export function answerShifts(input: AnswerShiftsInput): ScheduleShifts {
  const from = parseInstant(input.from);
  const to = parseInstant(input.to);
  const now = parseInstant(input.now);
  const plan = planSchedule(input);
  const record = readRecord(input.recorded, now);
  const recordedUntil =
    input.recordedUntil === undefined
      ? undefined
      : Math.min(parseInstant(input.recordedUntil), now);

  const names = new Set([
    ...levelsOfPlan(plan, from, to),
    ...record
      .filter(interval => overlaps(interval, from, to))
      .map(({ shift }) => shift.level),
  ]);
  const levels = [...names].map(name => {
    const past = record.filter(({ shift }) => shift.level === name);
    const covered = mergeIntervals(past);
    const until = recordedUntil ?? covered.at(-1)?.end ?? -Infinity;
    const rest = shiftsOfLevel(plan, name, from, to)
      .filter(({ end }) => end > until)
      .flatMap(draft =>
        withoutIntervals(draft, covered).map(left => ({ ...draft, ...left })),
      )
      .filter(draft => overlaps(draft, from, to));
    return {
      name,
      past: past.filter(interval => overlaps(interval, from, to)),
      rest,
    };
  });

  const drafts = levels.flatMap(({ rest }) => rest);
  const shifts = levels.flatMap(({ past, rest }) => [
    ...past.map(({ shift }) => shift),
    ...rest.map(draft => toShift(draft, plan.name)),
  ]);
  const gaps = gapsOf(
    plan,
    levels.map(({ name, past, rest }) => ({
      name,
      shifts: mergeIntervals([...past, ...rest]),
    })),
    from,
    to,
  );
  return {
    ...inOrder({ shifts, gaps }, levels),
    warnings: warnOfSchedule({
      plan,
      drafts,
      shifts,
      gaps,
      from: Math.min(Math.max(from, now), to),
      to,
      isKnownPerson: input.isKnownPerson,
      isOwnerMember: input.isOwnerMember,
    }),
  };
}

/** Only what is over can have been written down. */
function readRecord(
  recorded: readonly Shift[],
  now: number,
): (Interval & { shift: Shift })[] {
  return recorded
    .map(shift => ({
      shift,
      start: Date.parse(shift.start),
      end: Date.parse(shift.end),
    }))
    .filter(({ start, end }) => start < end && end <= now);
}
