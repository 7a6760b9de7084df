import { entityName } from '../../shared';

/** How many colours there are. From the seventh person on they come again, striped. */
const COLOURS = 6;

/** What a person looks like in one schedule. */
export interface PersonMark {
  /** 1 to 6. */
  colour: number;
  isStriped: boolean;
}

/**
 * A colour for each person of a schedule. It hangs on the person, so that it
 * stays when others come and go; where two want the same, the one whose name
 * comes first has it and the other takes the next that is free.
 */
export function assignMarks(people: Iterable<string>): Map<string, PersonMark> {
  const marks = new Map<string, PersonMark>();
  let taken = new Set<number>();
  let round = 0;
  for (const person of [...new Set(people)].sort()) {
    if (taken.size === COLOURS) {
      taken = new Set();
      round++;
    }
    let colour = hashOf(person) % COLOURS;
    while (taken.has(colour)) {
      colour = (colour + 1) % COLOURS;
    }
    taken.add(colour);
    marks.set(person, { colour: colour + 1, isStriped: round > 0 });
  }
  return marks;
}

function hashOf(text: string): number {
  let hash = 7;
  for (const letter of text) {
    hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  }
  return hash;
}

/** Two letters that stand for a name: `Engineer B` is EB, `cto` is CT. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters =
    words.length > 1
      ? [...words[0]][0] + [...words[words.length - 1]][0]
      : [...(words[0] ?? '?')].slice(0, 2).join('');
  return letters.toLocaleUpperCase('en');
}

/** The name of a person: the one that the back end told, else the one in the reference. */
export function nameOf(
  names: ReadonlyMap<string, string>,
  entityRef: string,
): string {
  return names.get(entityRef) ?? entityName(entityRef);
}
