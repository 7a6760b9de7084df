import { Override, Swap } from '../model/OnCallShifts';
import { Interval } from './intervals';

/** An override or a taken swap, ready to act. */
export interface Change extends Interval {
  id: string;
  type: 'override' | 'swap';
  /** Without it, on all levels. */
  level?: string;
  add?: string;
  remove?: string;
}

/** The changes of a schedule, those made later after those made earlier. */
export interface Changes {
  overrides: Change[];
  swaps: Change[];
}

/** Swaps act once they are taken; before, nothing changes. */
export function prepareChanges(
  schedule: string,
  overrides: readonly Override[],
  swaps: readonly Swap[],
): Changes {
  return {
    overrides: inOrderMade(overrides).map(override => ({
      type: 'override',
      id: override.id,
      start: Date.parse(override.start),
      end: Date.parse(override.end),
      level: override.level,
      add: override.add,
      remove: override.remove,
    })),
    swaps: inOrderMade(
      swaps.filter(
        ({ state, to, schedule: of }) =>
          state === 'taken' && to !== undefined && of === schedule,
      ),
    ).map(swap => ({
      type: 'swap',
      id: swap.id,
      start: Date.parse(swap.start),
      end: Date.parse(swap.end),
      level: swap.level,
      add: swap.to,
      remove: swap.from,
    })),
  };
}

function inOrderMade<T extends { id: string; createdAt: string }>(
  made: readonly T[],
): T[] {
  if (made.length < 2) {
    return [...made];
  }
  return made
    .map(change => ({ change, at: Date.parse(change.createdAt) }))
    .sort((a, b) => a.at - b.at || compare(a.change.id, b.change.id))
    .map(({ change }) => change);
}

function compare(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}

/** Who has the watch after changes, and which changes had a part in it. */
export interface ChangedPeople {
  people: string[];
  /** Those made later come last. */
  acted: Change[];
}

/**
 * Applies what is in force at one instant to those whom the layers name.
 *
 * - Swaps first. One that is taken hands a place on, and whoever took it may hand
 *   it on again: so swaps follow each other in the order in which they were made.
 *   Of two that hand on the same place, the later one counts.
 * - Overrides then, each against what layers and swaps say, never against each
 *   other: while A is replaced by B and B by C, B has A's watch. One that removes
 *   somebody acts only where that person has the watch. Of two about the same
 *   person, the later one counts.
 */
export function changePeople(
  people: readonly string[],
  overrides: readonly Change[],
  swaps: readonly Change[],
): ChangedPeople {
  const acted: Change[] = [];
  const scheduled = swapPeople(people, swaps, acted);
  const removals = new Map<string, number>();
  overrides.forEach(({ remove }, order) => {
    if (remove !== undefined && scheduled.includes(remove)) {
      removals.set(remove, order);
    }
  });

  const changed = new Set<string>();
  const effective = new Set<number>();
  const add = (order: number, person: string) => {
    if ((removals.get(person) ?? -1) <= order) {
      changed.add(person);
    }
  };
  for (const person of scheduled) {
    const order = removals.get(person);
    if (order === undefined) {
      changed.add(person);
      continue;
    }
    effective.add(order);
    const standIn = overrides[order].add;
    if (standIn !== undefined) {
      add(order, standIn);
    }
  }
  overrides.forEach(({ add: joins, remove }, order) => {
    if (joins !== undefined && remove === undefined) {
      if (!changed.has(joins)) {
        add(order, joins);
        if (changed.has(joins)) {
          effective.add(order);
        }
      }
    }
  });
  for (const order of [...effective].sort((a, b) => a - b)) {
    acted.push(overrides[order]);
  }
  return { people: [...changed], acted };
}

function swapPeople(
  people: readonly string[],
  swaps: readonly Change[],
  acted: Change[],
): string[] {
  if (swaps.length === 0) {
    return [...people];
  }
  const swapped = new Set<string>();
  const used = new Set<number>();
  for (const person of people) {
    let holder = person;
    let next = lastSwapOf(holder, swaps, -1);
    while (next >= 0) {
      used.add(next);
      holder = swaps[next].add ?? holder;
      next = lastSwapOf(holder, swaps, next);
    }
    swapped.add(holder);
  }
  for (const order of [...used].sort((a, b) => a - b)) {
    acted.push(swaps[order]);
  }
  return [...swapped];
}

function lastSwapOf(
  person: string,
  swaps: readonly Change[],
  after: number,
): number {
  return swaps.findLastIndex(
    ({ remove }, order) => order > after && remove === person,
  );
}
