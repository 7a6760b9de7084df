import { clockIn } from '../time/zones';
import { WordsOfSchedule } from './describe';
import { initialsOf, nameOf } from './people';
import { ShiftFacts } from './selection';

function isZone(timeZone: string | undefined): timeZone is string {
  return timeZone !== undefined && clockIn(timeZone, 0) !== undefined;
}

/** The reader's zone, then those in which people live, each with their initials. */
export function zonesOfPeople(
  people: readonly string[],
  zones: ReadonlyMap<string, string>,
  words: WordsOfSchedule,
): { timeZone: string; people: string }[] {
  const byZone = new Map<string, string[]>([[words.watch.timeZone, []]]);
  for (const person of people) {
    const timeZone = zones.get(person);
    if (isZone(timeZone)) {
      byZone.set(timeZone, [
        ...(byZone.get(timeZone) ?? []),
        initialsOf(nameOf(words.names, person)),
      ]);
    }
  }
  return [...byZone].map(([timeZone, initials]) => ({
    timeZone,
    people: initials.join(', '),
  }));
}

/** The zones that matter to a shift besides the reader's: those of its people, and the schedule's. */
export function zonesOf(
  facts: ShiftFacts,
  known: {
    zones: ReadonlyMap<string, string>;
    schedule: string | undefined;
    reader: string;
  },
): string[] {
  const { people, replaced } = facts;
  const wanted = [...people, ...(replaced ? [replaced] : [])].map(person =>
    known.zones.get(person),
  );
  return [...new Set([...wanted, known.schedule])]
    .filter(isZone)
    .filter(timeZone => timeZone !== known.reader);
}
