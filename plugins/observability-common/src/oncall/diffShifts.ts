import { Shift } from '../model/OnCallShifts';
import { isSamePeople } from './draftShifts';

/** What an edit changes.
 * @public */
export interface ShiftsDifference {
  added: Shift[];
  removed: Shift[];
  /** Shifts that stay, with other ends or other people. */
  changed: { before: Shift; after: Shift }[];
  /** How many shifts change, in all. */
  count: number;
  /** The first instant at which other people have the watch; absent where nobody's watch changes. */
  firstAt?: string;
}

/**
 * Tells two workings of the same stretch apart, as before and after an edit.
 * Shifts in which the same people have the watch at the same time are the same,
 * whatever they are called; of the others, those with the same key, or else those
 * that begin at the same instant of the same level, are one shift that changes.
 *
 * @public
 */
export function diffShifts(
  before: readonly Shift[],
  after: readonly Shift[],
): ShiftsDifference {
  const seen = new Set(before.map(describe));
  const stays = new Set(after.map(describe).filter(shift => seen.has(shift)));
  let removed = before.filter(shift => !stays.has(describe(shift)));
  let added = after.filter(shift => !stays.has(describe(shift)));

  const changed: { before: Shift; after: Shift }[] = [];
  for (const nameOf of [keyOf, beginningOf]) {
    const left = new Map(removed.map(shift => [nameOf(shift), shift]));
    added = added.filter(shift => {
      const match = left.get(nameOf(shift));
      if (match) {
        left.delete(nameOf(shift));
        changed.push({ before: match, after: shift });
      }
      return !match;
    });
    removed = [...left.values()];
  }
  changed.sort((a, b) => (a.after.start < b.after.start ? -1 : 1));
  const firstAt = firstDifference(before, after);
  return {
    added,
    removed,
    changed,
    count: added.length + removed.length + changed.length,
    ...(firstAt !== undefined && { firstAt }),
  };
}

function describe({ level, start, end, people }: Shift): string {
  return JSON.stringify([level, start, end, [...people].sort()]);
}

function keyOf({ key }: Shift): string {
  return key;
}

function beginningOf({ level, start }: Shift): string {
  return JSON.stringify([level, start]);
}

function firstDifference(
  before: readonly Shift[],
  after: readonly Shift[],
): string | undefined {
  let first: string | undefined;
  const levels = new Set([...before, ...after].map(({ level }) => level));
  for (const level of levels) {
    const one = before.filter(shift => shift.level === level);
    const other = after.filter(shift => shift.level === level);
    const instants = new Set(
      [...one, ...other].flatMap(({ start, end }) => [start, end]),
    );
    const differs = [...instants]
      .sort()
      .find(
        instant =>
          !isSamePeople(peopleAt(one, instant), peopleAt(other, instant)),
      );
    if (differs !== undefined && (first === undefined || differs < first)) {
      first = differs;
    }
  }
  return first;
}

function peopleAt(shifts: readonly Shift[], instant: string): string[] {
  return (
    shifts.find(({ start, end }) => start <= instant && instant < end)
      ?.people ?? []
  );
}
