import { Shift } from '@watchkeeper/backstage-plugin-observability-common';
import { DAY_MS, iso } from '../scheduleAnswers';

/** A calendar is told that an event is cancelled until this long after it would have ended. */
export const CANCELLED_DAYS = 30;

/** A shift, and of which schedule. */
export interface ScheduledShift extends Shift {
  schedule: string;
}

/** A shift as calendars have been told of it. */
export interface PublishedShift {
  key: string;
  schedule: string;
  level: string;
  start: string;
  end: string;
  people: string[];
  /** How often it changed since it was told first. */
  sequence: number;
  /** When it changed. */
  modifiedAt: string;
  /** When it was there no longer. */
  cancelledAt?: string;
}

/**
 * What calendars are to be told, and what of it is news.
 *
 * A shift is new to them, or the same as they were told, or it has moved or
 * changed hands, which raises its sequence; one that they were told of and that
 * is no longer there is cancelled. Shifts that are over in the time that is told
 * of are left as they are.
 */
export function publishShifts(options: {
  /** What calendars have been told, in any order. */
  published: readonly PublishedShift[];
  /** All shifts that touch the time that is told of. */
  shifts: readonly ScheduledShift[];
  from: string;
  to: string;
  now: string;
}): {
  /** By start; also the cancelled ones that calendars may still hold. */
  events: PublishedShift[];
  /** Those that are new, changed or cancelled. */
  changed: PublishedShift[];
} {
  const { published, shifts, from, to, now } = options;
  const known = new Map(published.map(event => [event.key, event]));
  const current = new Map(
    shifts.map(shift => [shift.key, toEvent(shift, known.get(shift.key), now)]),
  );
  const gone: PublishedShift[] = [];
  for (const event of published) {
    const isToldOf = event.end > from && event.start < to;
    if (!current.has(event.key) && (isToldOf || event.cancelledAt)) {
      gone.push(event.cancelledAt ? event : cancelled(event, now));
    }
  }
  const toldUntil = iso(Date.parse(now) - CANCELLED_DAYS * DAY_MS);
  const events = [
    ...current.values(),
    ...gone.filter(({ end }) => end > toldUntil),
  ].sort(byStart);
  return {
    events,
    changed: events.filter(event => known.get(event.key) !== event),
  };
}

function toEvent(
  shift: ScheduledShift,
  known: PublishedShift | undefined,
  now: string,
): PublishedShift {
  const { key, schedule, level, start, end } = shift;
  const people = [...shift.people].sort();
  const isSame =
    known &&
    known.cancelledAt === undefined &&
    known.start === start &&
    known.end === end &&
    known.people.join() === people.join();
  return isSame
    ? known
    : {
        key,
        schedule,
        level,
        start,
        end,
        people,
        sequence: known ? known.sequence + 1 : 0,
        modifiedAt: now,
      };
}

function cancelled(event: PublishedShift, now: string): PublishedShift {
  return {
    ...event,
    sequence: event.sequence + 1,
    modifiedAt: now,
    cancelledAt: now,
  };
}

function byStart(one: PublishedShift, other: PublishedShift): number {
  const [a, b] = [one, other].map(({ start, key }) => `${start} ${key}`);
  return a < b ? -1 : 1;
}
