import {
  CoverageGap,
  diffShifts,
  ScheduleWarning,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Answer } from './stitchShifts';

/** How many there are, how many there were, and when the first one comes. */
export interface PreviewCount {
  count: number;
  /** Absent for a schedule that is not saved yet. */
  before?: number;
  firstAt?: string;
}

/** What an edit comes to, in four numbers. */
export interface PreviewFacts {
  /** Shifts that change; of a new schedule, all its shifts. */
  shifts: PreviewCount;
  gaps: PreviewCount;
  unreachable: PreviewCount;
  doubled: PreviewCount;
  /** The gaps themselves. */
  comingGaps: readonly CoverageGap[];
}

/** What an edit comes to from an instant on. What is over counts for nothing. */
export function previewFacts(options: {
  before: Answer | undefined;
  after: Answer;
  warnings: readonly ScheduleWarning[];
  now: string;
}): PreviewFacts {
  const { before, after, warnings, now } = options;
  const unknown = new Set(
    warnings.flatMap(({ code, person }) =>
      code === 'unknown-person' && person ? [person] : [],
    ),
  );
  const isComing = ({ end }: { end: string }) => end > now;
  const coming = after.shifts.filter(isComing);
  const earlier = before?.shifts.filter(isComing);
  const comingGaps = after.gaps.filter(isComing);
  const difference = earlier && diffShifts(earlier, coming);
  const unreachableIn = (shifts: readonly Shift[]) =>
    [...new Set(shifts.flatMap(({ people }) => people))].filter(person =>
      unknown.has(person),
    ).length;
  const doubled = doubledPeople(coming, now);
  return {
    shifts: difference
      ? { count: difference.count, firstAt: difference.firstAt }
      : { count: coming.length },
    gaps: {
      count: comingGaps.length,
      before: before?.gaps.filter(isComing).length,
    },
    unreachable: {
      count: unreachableIn(coming),
      before: earlier && unreachableIn(earlier),
    },
    doubled: {
      count: doubled.size,
      before: earlier && doubledPeople(earlier, now).size,
      firstAt: [...doubled.values()].sort()[0],
    },
    comingGaps,
  };
}

/** Those who have the watch at two levels at once, and since when. */
function doubledPeople(
  shifts: readonly Shift[],
  now: string,
): Map<string, string> {
  const doubled = new Map<string, string>();
  shifts.forEach((one, index) => {
    for (const other of shifts.slice(index + 1)) {
      if (
        other.level === one.level ||
        other.start >= one.end ||
        one.start >= other.end
      ) {
        continue;
      }
      const at = [one.start, other.start, now].sort().at(-1) ?? now;
      for (const person of one.people) {
        const known = doubled.get(person);
        if (
          other.people.includes(person) &&
          (known === undefined || at < known)
        ) {
          doubled.set(person, at);
        }
      }
    }
  });
  return doubled;
}
