import { Monitor, MonitorReading, MonitorState, Outage } from '../model';
import { settleIntervals } from './intervals';
import {
  addSeconds,
  DAY_SECONDS,
  dayOf,
  MonitorSeconds,
  secondsByDay,
  sumSeconds,
  toMonitorDay,
  uptimeFraction,
} from './monitorSeconds';
import { MonitorInterval, MonitorTimeline } from './MonitorTimeline';

/** How many days a page shows of a monitor, today included. */
const PAGE_DAYS = 90;
const MAXIMUM_OUTAGES = 100;

/** The days of which a page's history is made.
 * @public
 */
export interface UptimeSpan {
  /** Intervals are needed since this instant, in seconds since 1970. */
  intervalsFrom: number;
  /** The year is completed by the sums of the days from this one … */
  firstDay: number;
  /** … to the one before this. */
  endDay: number;
}

/**
 * What the history of a monitor is read for at an instant. The fractions up to
 * 90 days are exact to the second; the year begins with its first whole day.
 *
 * @public
 */
export function uptimeSpan(now: number): UptimeSpan {
  const endDay = dayOf(now) - PAGE_DAYS;
  return {
    intervalsFrom: endDay * DAY_SECONDS,
    firstDay: Math.ceil(now / DAY_SECONDS) - 365,
    endDay,
  };
}

/**
 * Adds to what a source says about a monitor its history, of the span of
 * `uptimeSpan`.
 *
 * @public
 */
export function completeMonitor(
  reading: MonitorReading,
  history: {
    timeline?: MonitorTimeline;
    /** The sums of the days before the intervals. */
    earlier?: MonitorSeconds;
  },
  now: number,
): Monitor {
  const { timeline, earlier } = history;
  const settled = timeline ? settleIntervals(timeline, now) : [];
  const { intervalsFrom } = uptimeSpan(now);
  const ofLastDays = (days: number) =>
    sumSeconds(settled, now - days * DAY_SECONDS, now);
  const fractions = {
    day: uptimeFraction(ofLastDays(1)),
    week: uptimeFraction(ofLastDays(7)),
    month: uptimeFraction(ofLastDays(30)),
    quarter: uptimeFraction(ofLastDays(PAGE_DAYS)),
    year: uptimeFraction(
      addSeconds(earlier, sumSeconds(settled, intervalsFrom, now)),
    ),
  };
  const today = dayOf(now);
  const firstDay = today - PAGE_DAYS + 1;
  return {
    ...reading,
    uptime: Object.fromEntries(
      Object.entries(fractions).filter(([, value]) => value !== undefined),
    ),
    ...(timeline ? { uptimeSince: toInstant(timeline.knownSince) } : {}),
    days: secondsByDay(settled, firstDay, today + 1).map((seconds, index) =>
      toMonitorDay(
        firstDay + index,
        seconds,
        Math.min(DAY_SECONDS, now - (firstDay + index) * DAY_SECONDS),
      ),
    ),
    outages: outagesOf(timeline?.intervals ?? [], intervalsFrom, now)
      .reverse()
      .slice(0, MAXIMUM_OUTAGES),
  };
}

/** The times down that touch a span, oldest first, whole. */
export function outagesOf(
  intervals: readonly MonitorInterval[],
  from: number,
  to: number,
): Outage[] {
  return intervals
    .filter(
      ({ state, startedAt, endedAt }) =>
        state === 'down' &&
        startedAt < to &&
        (endedAt === null || endedAt > from),
    )
    .map(({ startedAt, endedAt, reason }) => ({
      startedAt: toInstant(startedAt),
      ...(endedAt === null ? {} : { endedAt: toInstant(endedAt) }),
      ...(reason === undefined ? {} : { reason }),
    }));
}

const WORST_FIRST: readonly MonitorState[] = [
  'down',
  'degraded',
  'unknown',
  'pending',
  'maintenance',
  'paused',
  'up',
];

/** Worst first: by state, then by uptime of the last 30 days, then by name.
 * @public
 */
export function sortMonitors(monitors: readonly Monitor[]): Monitor[] {
  const rank = ({ state }: Monitor) => WORST_FIRST.indexOf(state);
  return [...monitors].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.uptime.month ?? 1) - (b.uptime.month ?? 1) ||
      compareText(a.name, b.name) ||
      compareText(a.id, b.id),
  );
}

/** The same on every machine, whatever its language. */
function compareText(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}

function toInstant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
