import { CoverageGap, ScheduleWarning, Shift } from '../model/OnCallShifts';
import { DraftShift } from './draftShifts';
import { overlaps } from './intervals';
import { SchedulePlan } from './SchedulePlan';
import { warnOfClocks } from './warnOfClocks';
import { warnOfDefinition } from './warnOfDefinition';
import { HOUR_MS } from './wallClock';

/** A stretch of a schedule that was worked out. */
export interface WorkedOut {
  plan: SchedulePlan;
  /** The shifts that follow from the definition. */
  drafts: readonly DraftShift[];
  shifts: readonly Shift[];
  gaps: readonly CoverageGap[];
  from: number;
  to: number;
  isKnownPerson?: (entityRef: string) => boolean;
  isOwnerMember?: (entityRef: string) => boolean;
}

/** What people should look at, in what is between two instants. Each is told once, with the first time. */
export function warnOfSchedule(workedOut: WorkedOut): ScheduleWarning[] {
  const { plan, from, to } = workedOut;
  const version = plan.versions.findLast(({ start }) => start < to);
  const coming: WorkedOut = {
    ...workedOut,
    drafts: workedOut.drafts.filter(draft => overlaps(draft, from, to)),
    shifts: workedOut.shifts.filter(({ end }) => Date.parse(end) > from),
    gaps: workedOut.gaps.filter(({ end }) => Date.parse(end) > from),
  };
  return [
    ...(version ? warnOfDefinition(version, from, to) : []),
    ...warnOfGaps(coming),
    ...warnOfTwoLevels(coming),
    ...warnOfUnknownPeople(coming),
    ...warnOfLeavers(coming),
    ...warnOfIdleChanges(coming),
    ...warnOfLapsedSwaps(coming),
    ...warnOfClocks(coming),
  ];
}

function warnOfGaps({ gaps, from }: WorkedOut): ScheduleWarning[] {
  const byLevel = new Map<string, CoverageGap[]>();
  for (const gap of gaps) {
    byLevel.set(gap.level, [...(byLevel.get(gap.level) ?? []), gap]);
  }
  return [...byLevel].map(([level, found]) => {
    let milliseconds = 0;
    for (const { start, end } of found) {
      milliseconds += Date.parse(end) - Math.max(Date.parse(start), from);
    }
    const hours = Math.round((milliseconds / HOUR_MS) * 100) / 100;
    return {
      code: 'gap',
      message: `${level}: nobody has the watch for ${hours} h, in ${
        found.length
      } ${found.length === 1 ? 'gap' : 'gaps'}`,
      at: found[0].start,
      level,
    };
  });
}

function warnOfTwoLevels({ shifts }: WorkedOut): ScheduleWarning[] {
  const warnings = new Map<string, ScheduleWarning>();
  const running = new Map<string, Shift[]>();
  const byStart = [...shifts].sort((a, b) => (a.start < b.start ? -1 : 1));
  for (const shift of byStart) {
    for (const person of shift.people) {
      const others = (running.get(person) ?? []).filter(
        ({ end }) => end > shift.start,
      );
      for (const other of others) {
        const levels = [other.level, shift.level].sort();
        const id = [person, ...levels].join('\n');
        if (other.level !== shift.level && !warnings.has(id)) {
          warnings.set(id, {
            code: 'two-levels',
            message: `${person} has the watch at ${other.level} and at ${shift.level} at once`,
            at: shift.start,
            level: shift.level,
            person,
          });
        }
      }
      running.set(person, [...others, shift]);
    }
  }
  return [...warnings.values()];
}

function warnOfUnknownPeople(workedOut: WorkedOut): ScheduleWarning[] {
  const { isKnownPerson } = workedOut;
  if (!isKnownPerson) {
    return [];
  }
  const people = firstShifts(workedOut);
  for (const person of membersOf(workedOut)) {
    if (!people.has(person)) {
      people.set(person, undefined);
    }
  }
  return [...people]
    .filter(([person]) => !isKnownPerson(person))
    .map(([person, at]) => ({
      code: 'unknown-person',
      message: `${person} is not in the catalog`,
      ...(at && { at }),
      person,
    }));
}

/** Who is still in a rotation and no longer in the group; a leaver of the catalog is told of as such. */
function warnOfLeavers(workedOut: WorkedOut): ScheduleWarning[] {
  const { isOwnerMember, isKnownPerson = () => true } = workedOut;
  if (!isOwnerMember) {
    return [];
  }
  const first = firstShifts(workedOut);
  return [...membersOf(workedOut)]
    .filter(person => isKnownPerson(person) && !isOwnerMember(person))
    .map(person => {
      const at = first.get(person);
      return {
        code: 'left-owner-group',
        message: `${person} is in the rotation and not in the group that owns the schedule`,
        ...(at && { at }),
        person,
      };
    });
}

/** When each person has the watch first. */
function firstShifts({ shifts }: WorkedOut): Map<string, string | undefined> {
  const people = new Map<string, string | undefined>();
  for (const { people: onCall, start } of shifts) {
    for (const person of onCall) {
      const first = people.get(person);
      people.set(person, first && first < start ? first : start);
    }
  }
  return people;
}

/** Everybody in the rotations that are in force then. */
function membersOf({ plan, from, to }: WorkedOut): Set<string> {
  const members = plan.versions
    .filter(version => overlaps(version, from, to))
    .flatMap(({ levels }) => levels)
    .flatMap(({ layers }) => layers)
    .flatMap(({ definition }) => definition.members.flat())
    .filter(member => member !== null);
  return new Set(members);
}

/** Cover that was off before its time, since there was nothing left to cover. */
function warnOfLapsedSwaps({ plan, from, to }: WorkedOut): ScheduleWarning[] {
  return plan.expired
    .filter(
      ({ start, end }) => Date.parse(start) >= from && Date.parse(end) <= to,
    )
    .map(({ id, start, level, from: person }) => ({
      code: 'swap-without-effect',
      message: `The swap ${id} is off, because ${person} does not have the watch then any more`,
      at: new Date(start).toISOString(),
      level,
      person,
    }));
}

/** An override or a swap that lies wholly in what was asked and alters nothing there. */
function warnOfIdleChanges({ plan, from, to }: WorkedOut): ScheduleWarning[] {
  const { overrides, swaps } = plan.changes;
  return [...overrides, ...swaps]
    .filter(
      change =>
        change.start >= from && change.end <= to && !plan.effective.has(change),
    )
    .map(({ type, id, start, level, remove }) => ({
      code: `${type}-without-effect`,
      message: remove
        ? `The ${type} ${id} changes nothing, because ${remove} does not have the watch then`
        : `The ${type} ${id} changes nothing`,
      at: new Date(start).toISOString(),
      ...(level !== undefined && { level }),
      ...(remove !== undefined && { person: remove }),
    }));
}
