import {
  expandSchedule,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';
import { StoredSchedule } from '../OnCallStore';

/** What a change takes from somebody, or gives to them. */
export interface WatchChange {
  person: string;
  direction: 'lost' | 'gained';
  /** In order; those that touch are one. At least one. */
  stretches: { start: string; end: string }[];
  levels: string[];
  /** Who has it instead, or had it before. */
  others: string[];
}

/** Whose watch differs between two states of a schedule, from one instant to another. Pure. */
export function watchChanges(
  before: StoredSchedule,
  after: StoredSchedule,
  from: string,
  to: string,
): WatchChange[] {
  if (from >= to) {
    return [];
  }
  const [old, current] = [before, after].map(
    schedule => expandSchedule({ ...schedule, from, to }).shifts,
  );
  const cuts = [
    ...new Set([
      from,
      to,
      ...[...old, ...current]
        .flatMap(({ start, end }) => [start, end])
        .filter(instant => instant > from && instant < to),
    ]),
  ].sort();
  const levels = new Set([...old, ...current].map(({ level }) => level));
  const found = new Map<string, WatchChange>();
  for (const level of levels) {
    for (let index = 0; index < cuts.length - 1; index++) {
      const stretch = { start: cuts[index], end: cuts[index + 1] };
      const had = peopleAt(old, level, stretch.start);
      const has = peopleAt(current, level, stretch.start);
      const lost = had.filter(person => !has.includes(person));
      const gained = has.filter(person => !had.includes(person));
      for (const person of lost) {
        add(found, { person, direction: 'lost', stretch, level }, gained);
      }
      for (const person of gained) {
        add(found, { person, direction: 'gained', stretch, level }, lost);
      }
    }
  }
  return [...found.values()];
}

function peopleAt(shifts: Shift[], level: string, at: string): string[] {
  return (
    shifts.find(
      shift => shift.level === level && shift.start <= at && shift.end > at,
    )?.people ?? []
  );
}

function add(
  found: Map<string, WatchChange>,
  change: {
    person: string;
    direction: WatchChange['direction'];
    stretch: { start: string; end: string };
    level: string;
  },
  others: string[],
): void {
  const { person, direction, stretch, level } = change;
  const id = `${direction} ${person}`;
  const known = found.get(id);
  if (!known) {
    found.set(id, {
      person,
      direction,
      stretches: [{ ...stretch }],
      levels: [level],
      others,
    });
    return;
  }
  const last = known.stretches.at(-1);
  if (last?.end === stretch.start) {
    last.end = stretch.end;
  } else if (
    !known.stretches.some(
      ({ start, end }) => start <= stretch.start && stretch.end <= end,
    )
  ) {
    known.stretches.push({ ...stretch });
  }
  known.levels = [...new Set([...known.levels, level])];
  known.others = [...new Set([...known.others, ...others])];
}
