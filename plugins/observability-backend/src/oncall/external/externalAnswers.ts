import {
  CoverageGap,
  ScheduleShifts,
  Shift,
  Watch,
} from '@watchkeeper/backstage-plugin-observability-common';
import type { ExternalAnswers, StoredSchedule } from '../OnCallStore';
import { RecordedExternalShift } from './ExternalOnCallStore';
import { isSamePeople } from './mergeShifts';

const HOUR_MS = 3_600_000;

/** A schedule of another master. */
export type StoredExternalSchedule = StoredSchedule & {
  external: ExternalAnswers;
};

/** Whether another system is the master of a schedule. */
export function isExternal(
  schedule: StoredSchedule,
): schedule is StoredExternalSchedule {
  return schedule.external !== undefined;
}

/**
 * A stretch of a schedule of another master. Gaps are told only of the time that
 * is known, and warned of only where it is still to come.
 */
export function shiftsOfExternal(
  schedule: StoredExternalSchedule,
  options: { from: string; to: string; now: string },
): ScheduleShifts {
  const { from, to, now } = options;
  const { external, deletedAt } = schedule;
  const touching = external.shifts.filter(
    ({ start, end }) => start < to && (end === undefined || end > from),
  );
  const order = levelsOf(schedule, touching);
  const knownFrom = latest(from, external.knownFrom);
  const knownTo = earliest(
    to,
    earliest(external.knownUntil, deletedAt ?? external.knownUntil),
  );
  const gaps = order
    .flatMap(level => gapsOf(level, touching, knownFrom, knownTo))
    .sort((a, b) => compare(a.start, b.start));
  return {
    shifts: touching
      .map(shift => toShift(schedule.name, shift, to))
      .sort(
        (a, b) =>
          compare(a.start, b.start) ||
          order.indexOf(a.level) - order.indexOf(b.level),
      ),
    gaps,
    warnings: order.flatMap(level => warnOfGaps(level, gaps, now)),
  };
}

/** Who has the watch at an instant, a row for each level. */
export function watchesOfExternal(
  schedule: StoredExternalSchedule,
  at: string,
): Watch[] {
  return levelsOf(schedule, []).map(level => {
    const shifts = schedule.external.shifts.filter(
      shift => shift.level === level,
    );
    const index = shifts.findIndex(
      ({ start, end }) => start <= at && (end === undefined || end > at),
    );
    return index < 0
      ? watchOfGap(level, shifts, at)
      : watchOfShift(schedule.name, shifts, index);
  });
}

function watchOfShift(
  schedule: string,
  shifts: readonly RecordedExternalShift[],
  index: number,
): Watch {
  const shift = shifts[index];
  let first = index;
  while (first > 0 && followsOn(shifts[first - 1], shifts[first])) {
    first -= 1;
  }
  let last = index;
  while (
    last + 1 < shifts.length &&
    followsOn(shifts[last], shifts[last + 1])
  ) {
    last += 1;
  }
  const { end: until } = shifts[last];
  const whole = toShift(schedule, shift, until ?? shift.start);
  return {
    level: shift.level,
    people: whole.people,
    source: whole.source,
    shift: whole,
    since: shifts[first].start,
    ...(until === undefined ? {} : { until }),
    ...nextOf(shifts.slice(last + 1)),
  };
}

/** Whether the same people go on without a break. */
function followsOn(
  before: RecordedExternalShift,
  after: RecordedExternalShift,
): boolean {
  return (
    before.end === after.start && isSamePeople(before.people, after.people)
  );
}

function watchOfGap(
  level: string,
  shifts: readonly RecordedExternalShift[],
  at: string,
): Watch {
  const before = shifts.findLast(
    ({ end }) => end !== undefined && end <= at,
  )?.end;
  const following = shifts.filter(({ start }) => start > at);
  return {
    level,
    people: [],
    ...(before === undefined ? {} : { since: before }),
    ...(following[0] ? { until: following[0].start } : {}),
    ...nextOf(following),
  };
}

function nextOf(following: readonly RecordedExternalShift[]) {
  const [next] = following;
  return next ? { next: { people: refsOf(next), at: next.start } } : {};
}

/** One without an end is told up to the end of what was asked for. */
function toShift(
  schedule: string,
  shift: RecordedExternalShift,
  openEnd: string,
): Shift {
  const { level, start, end, layer } = shift;
  return {
    key: [
      schedule,
      encodeURIComponent(level),
      'external',
      Date.parse(start) / 1000,
    ].join(':'),
    start,
    end: end ?? openEnd,
    level,
    people: refsOf(shift),
    source: { type: 'external', ...(layer === undefined ? {} : { layer }) },
  };
}

function refsOf({ people }: RecordedExternalShift): string[] {
  return people.map(({ ref }) => ref);
}

/** The levels of now, then those that only the past had. */
function levelsOf(
  { versions }: StoredExternalSchedule,
  shifts: readonly RecordedExternalShift[],
): string[] {
  const names = versions[0].definition.levels.map(({ name }) => name);
  return [...new Set([...names, ...shifts.map(({ level }) => level)])];
}

function gapsOf(
  level: string,
  shifts: readonly RecordedExternalShift[],
  from: string,
  to: string,
): CoverageGap[] {
  const gaps: CoverageGap[] = [];
  let covered = from;
  for (const shift of shifts) {
    if (shift.level !== level) {
      continue;
    }
    if (shift.start > covered && covered < to) {
      gaps.push({ level, start: covered, end: earliest(shift.start, to) });
    }
    covered = latest(covered, shift.end ?? to);
  }
  if (covered < to) {
    gaps.push({ level, start: covered, end: to });
  }
  return gaps;
}

function warnOfGaps(
  level: string,
  gaps: readonly CoverageGap[],
  now: string,
): ScheduleShifts['warnings'] {
  const coming = gaps.filter(gap => gap.level === level && gap.end > now);
  if (coming.length === 0) {
    return [];
  }
  let milliseconds = 0;
  for (const { start, end } of coming) {
    milliseconds += Date.parse(end) - Date.parse(latest(start, now));
  }
  const hours = Math.round((milliseconds / HOUR_MS) * 100) / 100;
  return [
    {
      code: 'gap',
      message: `${level}: nobody has the watch for ${hours} h, in ${
        coming.length
      } ${coming.length === 1 ? 'gap' : 'gaps'}`,
      at: latest(coming[0].start, now),
      level,
    },
  ];
}

function earliest(one: string, other: string): string {
  return one < other ? one : other;
}

function latest(one: string, other: string): string {
  return one > other ? one : other;
}

function compare(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}
