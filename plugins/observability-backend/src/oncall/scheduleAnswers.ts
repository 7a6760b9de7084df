import {
  answerShifts,
  expandSchedule,
  OnCallNow,
  OnCallPerson,
  onCallNow,
  Schedule,
  ScheduleShifts,
  Shift,
  Watch,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  isExternal,
  shiftsOfExternal,
  watchesOfExternal,
} from './external/externalAnswers';
import { StoredSchedule } from './OnCallStore';

export const DAY_MS = 24 * 3_600_000;
/** As far as the engine looks for a change of the watch. */
const LONGEST_LOOK_MS = 400 * DAY_MS;

/** An instant as we write it. */
export function iso(instant: string | number | Date): string {
  return new Date(instant).toISOString();
}

/** The definition that is in force at an instant; before the first one, that one. */
export function definitionAt(schedule: StoredSchedule, at: string): Schedule {
  const version =
    schedule.versions.findLast(({ effectiveFrom }) => effectiveFrom <= at) ??
    schedule.versions[0];
  return version.definition;
}

export function titleOf({ title, name }: Schedule): string {
  return title ?? name;
}

/** Everybody whom the versions in force from an instant on, overrides and swaps name. */
export function peopleOf(schedule: StoredSchedule, from: string): string[] {
  const { versions, overrides, swaps } = schedule;
  const people = new Set<string | null | undefined>();
  for (const [index, { definition }] of versions.entries()) {
    const next = versions[index + 1];
    if (next && next.effectiveFrom <= from) {
      continue;
    }
    for (const { layers } of definition.levels) {
      for (const { members } of layers) {
        members.flat().forEach(member => people.add(member));
      }
    }
  }
  overrides.forEach(({ add, remove }) => people.add(add).add(remove));
  swaps.forEach(swap => people.add(swap.from).add(swap.to));
  for (const { end, people: external } of schedule.external?.shifts ?? []) {
    if (end === undefined || end > from) {
      external.forEach(({ ref }) => people.add(ref));
    }
  }
  return [...people].filter(
    (person): person is string => typeof person === 'string',
  );
}

/** A stretch of a schedule; the past as it is on record. */
export function shiftsOfSchedule(
  schedule: StoredSchedule,
  options: {
    recorded: readonly Shift[];
    from: string;
    to: string;
    now: string;
    isKnownPerson?: (entityRef: string) => boolean;
  },
): ScheduleShifts {
  if (isExternal(schedule)) {
    return shiftsOfExternal(schedule, options);
  }
  const { deletedAt } = schedule;
  const to =
    deletedAt !== undefined && deletedAt < options.to ? deletedAt : options.to;
  if (to <= options.from) {
    return { shifts: [], gaps: [], warnings: [] };
  }
  const answer = answerShifts({ ...schedule, ...options, to });
  return deletedAt === undefined
    ? answer
    : {
        ...answer,
        warnings: [],
        shifts: answer.shifts.map(shift => ({
          ...shift,
          end: shift.end > deletedAt ? deletedAt : shift.end,
        })),
      };
}

/** A stretch of a schedule that is still to come. */
export function comingShifts(
  schedule: StoredSchedule,
  options: {
    from: string;
    to: string;
    isKnownPerson?: (entityRef: string) => boolean;
  },
): ScheduleShifts {
  return isExternal(schedule)
    ? shiftsOfExternal(schedule, { ...options, now: options.from })
    : expandSchedule({ ...schedule, ...options });
}

/** Who has the watch at an instant that is not over, a row for each level. */
export function watchesAt(schedule: StoredSchedule, at: string): Watch[] {
  const { deletedAt } = schedule;
  if (deletedAt !== undefined && deletedAt <= at) {
    return [];
  }
  return isExternal(schedule)
    ? watchesOfExternal(schedule, at)
    : onCallNow({ ...schedule, at });
}

/** Who had the watch at an instant that is over, from what is on record. */
export function watchesOfPast(
  schedule: StoredSchedule,
  options: { recorded: readonly Shift[]; at: string; now: string },
): Watch[] {
  const { recorded, at, now } = options;
  if (isExternal(schedule)) {
    return watchesOfExternal(schedule, at);
  }
  const { shifts, gaps } = shiftsOfSchedule(schedule, {
    recorded,
    from: at,
    to: iso(Date.parse(at) + 1),
    now,
  });
  const levels = definitionAt(schedule, at).levels.map(({ name }) => name);
  const watches = [
    ...shifts.map(shift => ({
      level: shift.level,
      people: shift.people,
      source: shift.source,
      shift,
      since: shift.start,
      until: shift.end,
    })),
    ...gaps.map(({ level }) => ({ level, people: [] })),
  ];
  return watches.sort(
    (a, b) => levels.indexOf(a.level) - levels.indexOf(b.level),
  );
}

/**
 * A watch as pages show it. Where a gap has no beginning or no end that is less
 * than 400 days away, those 400 days are told.
 */
export function toOnCallNow(
  schedule: StoredSchedule,
  watch: Watch,
  people: ReadonlyMap<string, OnCallPerson>,
  at: string,
): OnCallNow {
  const show = (refs: readonly string[]) =>
    refs.flatMap(ref => people.get(ref) ?? []);
  const { level, since, until, next } = watch;
  return {
    schedule: schedule.name,
    title: titleOf(definitionAt(schedule, at)),
    level,
    people: show(watch.people),
    since: since ?? iso(Date.parse(at) - LONGEST_LOOK_MS),
    until: until ?? iso(Date.parse(at) + LONGEST_LOOK_MS),
    ...(next ? { next: { people: show(next.people), at: next.at } } : {}),
    source: sourceOf(schedule),
  };
}

function sourceOf({ origin, external }: StoredSchedule): OnCallNow['source'] {
  if (!external) {
    return { provider: 'watchkeeper' };
  }
  const { provider = 'external', url, observedAt } = origin;
  const { problem } = external;
  return {
    provider,
    ...(url === undefined ? {} : { url }),
    ...(observedAt === undefined ? {} : { observedAt }),
    ...(problem
      ? { problem: { message: problem.message, since: problem.since } }
      : {}),
  };
}

/** What to call the people of schedules whom only another master knows, by their ids. */
export function externalNamesOf(
  schedules: readonly StoredSchedule[],
): Map<string, string> {
  const names = new Map<string, string>();
  for (const { external } of schedules) {
    for (const { people } of external?.shifts ?? []) {
      for (const { ref, name } of people) {
        if (name !== undefined) {
          names.set(ref, name);
        }
      }
    }
  }
  return names;
}

/** Everybody whom the watches name. */
export function peopleOfWatches(watches: readonly Watch[]): string[] {
  return watches.flatMap(({ people, next }) => [
    ...people,
    ...(next?.people ?? []),
  ]);
}
