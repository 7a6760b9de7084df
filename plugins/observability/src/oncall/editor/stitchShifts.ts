import {
  CoverageGap,
  ScheduleShifts,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';

/** Who has the watch when, and when nobody has it. */
export type Answer = Pick<ScheduleShifts, 'shifts' | 'gaps'>;

/** Instants are compared as they are written: all of them are in UTC, to the millisecond. */
interface Stretch {
  start: string;
  end: string;
  level: string;
}

/**
 * What holds before and after an edit that begins at an instant: until then what
 * is saved, from then on what the edit says. A shift that both have, and that
 * goes on over that instant, stays one.
 */
export function stitchAnswers(
  saved: Answer,
  edited: Answer,
  changeStart: string,
): Answer {
  return {
    shifts: stitch(
      saved.shifts,
      edited.shifts,
      changeStart,
      (one, other) => one.people.join() === other.people.join(),
    ),
    gaps: stitch(saved.gaps, edited.gaps, changeStart, () => true),
  };
}

function stitch<T extends Stretch>(
  saved: readonly T[],
  edited: readonly T[],
  at: string,
  isSame: (one: T, other: T) => boolean,
): T[] {
  const later = new Set(edited.filter(({ end }) => end > at));
  const pieces: T[] = [];
  for (const piece of saved) {
    if (piece.start >= at) {
      continue;
    }
    if (piece.end <= at) {
      pieces.push(piece);
      continue;
    }
    const goesOn = [...later].find(
      other =>
        other.level === piece.level &&
        // A gap is told only within what was asked for.
        (isGap(other) ? other.start <= at : other.start < at) &&
        isSame(piece, other),
    );
    if (goesOn) {
      later.delete(goesOn);
    }
    pieces.push({ ...piece, end: goesOn ? goesOn.end : at });
  }
  for (const piece of later) {
    pieces.push(piece.start < at ? { ...piece, start: at } : piece);
  }
  return pieces.sort((one, other) => (one.start < other.start ? -1 : 1));
}

function isGap(piece: Stretch): boolean {
  return !('people' in piece);
}

/** A piece of a lane in the preview. */
export interface PreviewBar {
  key: string;
  start: number;
  end: number;
  /** Nobody in a gap. */
  people: readonly string[];
  /** Who had the watch before, where that is somebody else; empty where nobody had it. */
  was?: readonly string[];
}

/**
 * The lane of a level after an edit, cut where what was there before begins or
 * ends, so that each piece stays as a whole or changes as a whole.
 */
export function previewLane(
  level: string,
  after: Answer,
  before: Answer | undefined,
): PreviewBar[] {
  const isOfLevel = (piece: Stretch) => piece.level === level;
  const earlier = before?.shifts.filter(isOfLevel) ?? [];
  const cuts = earlier.flatMap(({ start, end }) => [start, end]);
  const pieces: (Shift | CoverageGap)[] = [
    ...after.shifts.filter(isOfLevel),
    ...after.gaps.filter(isOfLevel),
  ].sort((one, other) => (one.start < other.start ? -1 : 1));

  return pieces.flatMap(piece => {
    const people = 'people' in piece ? piece.people : [];
    const instants = [
      piece.start,
      ...cuts.filter(at => at > piece.start && at < piece.end),
      piece.end,
    ].sort();
    const bars: PreviewBar[] = [];
    for (let index = 0; index + 1 < instants.length; index++) {
      const [start, end] = [instants[index], instants[index + 1]];
      if (start === end) {
        continue;
      }
      const then =
        earlier.find(shift => shift.start <= start && start < shift.end)
          ?.people ?? [];
      const was = before && !isSamePeople(people, then) ? then : undefined;
      const last = bars.at(-1);
      if (last && isSamePeople(last.was, was)) {
        last.end = Date.parse(end);
        continue;
      }
      bars.push({
        key: `${level} ${start}`,
        start: Date.parse(start),
        end: Date.parse(end),
        people,
        ...(was && { was }),
      });
    }
    return bars;
  });
}

function isSamePeople(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): boolean {
  if (!one || !other) {
    return one === other;
  }
  return [...one].sort().join() === [...other].sort().join();
}
