import { MonitorDay } from '../model';
import { EndedInterval, KnownMonitorState } from './MonitorTimeline';

/** How long a day of UTC is.
 * @public
 */
export const DAY_SECONDS = 86_400;

/** For how long a monitor was in each state. The rest of the time is unknown.
 * @public
 */
export type MonitorSeconds = Record<KnownMonitorState, number>;

/** No time at all. */
export function noSeconds(): MonitorSeconds {
  return { up: 0, degraded: 0, down: 0, maintenance: 0, paused: 0 };
}

/** The number of the UTC day in which an instant lies, counted from 1970.
 * @public
 */
export function dayOf(seconds: number): number {
  return Math.floor(seconds / DAY_SECONDS);
}

/** The date of a day: `YYYY-MM-DD`. */
export function dateOf(day: number): string {
  return new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

/** Adds up several.
 * @public
 */
export function addSeconds(
  ...parts: readonly (MonitorSeconds | undefined)[]
): MonitorSeconds {
  const sum = noSeconds();
  for (const part of parts) {
    for (const state of Object.keys(sum) as KnownMonitorState[]) {
      sum[state] += part?.[state] ?? 0;
    }
  }
  return sum;
}

/** How long each state lasted in a span. */
export function sumSeconds(
  intervals: readonly EndedInterval[],
  from: number,
  to: number,
): MonitorSeconds {
  const sum = noSeconds();
  for (const { state, startedAt, endedAt } of intervals) {
    sum[state] += Math.max(
      0,
      Math.min(endedAt, to) - Math.max(startedAt, from),
    );
  }
  return sum;
}

/** How long each state lasted in each of the days from `firstDay` to the one before `endDay`.
 * @public
 */
export function secondsByDay(
  intervals: readonly EndedInterval[],
  firstDay: number,
  endDay: number,
): MonitorSeconds[] {
  const days = Array.from({ length: Math.max(0, endDay - firstDay) }, () =>
    noSeconds(),
  );
  for (const { state, startedAt, endedAt } of intervals) {
    const first = Math.max(firstDay, dayOf(startedAt));
    const last = Math.min(endDay - 1, dayOf(endedAt - 1));
    for (let day = first; day <= last; day++) {
      const startOfDay = day * DAY_SECONDS;
      days[day - firstDay][state] +=
        Math.min(endedAt, startOfDay + DAY_SECONDS) -
        Math.max(startedAt, startOfDay);
    }
  }
  return days;
}

/**
 * Up and degraded over up, degraded and down; `undefined` where it was none of
 * those.
 */
export function uptimeFraction(seconds: MonitorSeconds): number | undefined {
  const counted = seconds.up + seconds.degraded + seconds.down;
  return counted > 0 ? (seconds.up + seconds.degraded) / counted : undefined;
}

/** A day as pages show it. `lengthSeconds`: how much of it has passed. */
export function toMonitorDay(
  day: number,
  seconds: MonitorSeconds,
  lengthSeconds: number,
): MonitorDay {
  const known = Object.values(seconds).reduce((sum, part) => sum + part, 0);
  const uptime = uptimeFraction(seconds);
  return {
    date: dateOf(day),
    ...(uptime === undefined ? {} : { uptime }),
    downSeconds: seconds.down,
    degradedSeconds: seconds.degraded,
    maintenanceSeconds: seconds.maintenance,
    pausedSeconds: seconds.paused,
    unknownSeconds: Math.max(0, lengthSeconds - known),
  };
}
