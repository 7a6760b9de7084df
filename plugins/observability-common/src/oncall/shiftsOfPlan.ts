import { DraftShift, draftShifts, isAlike } from './draftShifts';
import { overlaps } from './intervals';
import { SchedulePlan } from './SchedulePlan';
import { isSameTurn } from './toShift';

/**
 * The shifts of a level that have a part between two instants, through all
 * versions of a schedule, whole and in order. A shift that a version changes is
 * two shifts; one that a new version leaves as it was stays one.
 */
export function shiftsOfLevel(
  plan: SchedulePlan,
  levelName: string,
  from: number,
  to: number,
): DraftShift[] {
  const { versions } = plan;
  const draft = (index: number, start: number, end: number) => {
    const version = versions[index];
    const level = version?.levels.find(({ name }) => name === levelName);
    return level ? draftShifts(plan, version, level, start, end) : [];
  };

  let first = versions.findIndex(({ end }) => end > from);
  if (first < 0 || versions[first].start >= to) {
    return [];
  }
  let last = first;
  let shifts = draft(first, from, to);
  while (last + 1 < versions.length && versions[last + 1].start < to) {
    last++;
    shifts = join(shifts, draft(last, from, to));
  }
  // What begins or ends with a version may be part of a longer shift.
  while (first > 0 && shifts[0]?.start === versions[first].start) {
    const { start } = versions[first];
    first--;
    shifts = join(draft(first, start - 1, start), shifts);
  }
  while (
    last + 1 < versions.length &&
    shifts.at(-1)?.end === versions[last].end
  ) {
    const { end } = versions[last];
    last++;
    shifts = join(shifts, draft(last, end, end + 1));
  }
  return shifts.filter(shift => overlaps(shift, from, to));
}

/** The names of the levels that a schedule has between two instants, in the order of escalation. */
export function levelsOfPlan(
  plan: SchedulePlan,
  from: number,
  to: number,
): string[] {
  const names = new Set<string>();
  for (const version of plan.versions) {
    if (overlaps(version, from, to)) {
      for (const { name } of version.levels) {
        names.add(name);
      }
    }
  }
  return [...names];
}

function join(before: DraftShift[], after: DraftShift[]): DraftShift[] {
  const left = before.at(-1);
  const right = after[0];
  if (
    left &&
    right &&
    left.end === right.start &&
    isSameTurn(left, right) &&
    isAlike(left, right)
  ) {
    return [
      ...before.slice(0, -1),
      { ...left, end: right.end },
      ...after.slice(1),
    ];
  }
  return [...before, ...after];
}
