import { Fairness, Shift } from '../model/OnCallShifts';
import { Interval, mergeIntervals } from './intervals';
import { parseInstant } from './SchedulePlan';
import { TimeZone } from './TimeZone';
import { DAY_MS, HOUR_MS, startOfDay, weekdayOf } from './wallClock';

/** Whoever has the watch at this time has had a night of it. */
const NIGHT_MS = 3 * HOUR_MS;
const SATURDAY = 5;

/**
 * What the watch asked of each person between two instants, the most hours first.
 * Shifts are cut to that time. Whoever has the watch at two levels at once is
 * counted once; of people who have it together, each has it.
 *
 * @public
 */
export function summarizeFairness(
  shifts: readonly Shift[],
  timeZone: string,
  from: string,
  to: string,
): Fairness[] {
  const zone = TimeZone.of(timeZone);
  const start = parseInstant(from);
  const end = parseInstant(to);
  const watches = new Map<string, Interval[]>();
  for (const shift of shifts) {
    const watch = {
      start: Math.max(Date.parse(shift.start), start),
      end: Math.min(Date.parse(shift.end), end),
    };
    if (watch.start >= watch.end) {
      continue;
    }
    for (const person of shift.people) {
      const watchesOfPerson = watches.get(person) ?? [];
      watchesOfPerson.push(watch);
      watches.set(person, watchesOfPerson);
    }
  }

  const rows = [...watches].map(([person, watchesOfPerson]) => {
    const merged = mergeIntervals(watchesOfPerson);
    let milliseconds = 0;
    for (const watch of merged) {
      milliseconds += watch.end - watch.start;
    }
    return {
      person,
      hours: milliseconds / HOUR_MS,
      ...countDays(merged, zone),
      shifts: watchesOfPerson.length,
    };
  });
  let totalHours = 0;
  for (const { hours } of rows) {
    totalHours += hours;
  }
  return rows
    .map(row => ({ ...row, share: row.hours / totalHours }))
    .sort((a, b) => b.hours - a.hours || (a.person < b.person ? -1 : 1));
}

function countDays(
  watches: readonly Interval[],
  zone: TimeZone,
): { nights: number; weekends: number } {
  const nights = new Set<number>();
  const weekends = new Set<number>();
  for (const { start, end } of watches) {
    const last = startOfDay(zone.toWall(end));
    // A day that the clocks skip may have moved its night into the next.
    for (
      let day = startOfDay(zone.toWall(start)) - DAY_MS;
      day <= last;
      day += DAY_MS
    ) {
      const night = zone.toInstant(day + NIGHT_MS);
      if (night >= start && night < end) {
        nights.add(night);
      }
      const weekday = weekdayOf(day);
      if (
        weekday >= SATURDAY &&
        zone.toInstant(day) < end &&
        zone.toInstant(day + DAY_MS) > start
      ) {
        weekends.add(day - (weekday - SATURDAY) * DAY_MS);
      }
    }
  }
  return { nights: nights.size, weekends: weekends.size };
}
