import { EntityHealth } from '../model';
import { settleIntervals } from './intervals';
import {
  DAY_SECONDS,
  dayOf,
  MonitorSeconds,
  secondsByDay,
  sumSeconds,
  uptimeFraction,
} from './monitorSeconds';
import { MonitorTimeline } from './MonitorTimeline';

const LIST_DAYS = 30;
/** A figure of 30 days that stands for less than one would frighten or flatter. */
const LEAST_WATCHED_SECONDS = DAY_SECONDS;

type TrendDay = NonNullable<EntityHealth['uptime']>['trend'][number];

const TREND_RANK: Record<TrendDay, number> = {
  down: 4,
  degraded: 3,
  unknown: 2,
  up: 1,
  none: 0,
};

/** Since when intervals are needed for a summary, in seconds since 1970.
 * @public
 */
export function summarySpan(now: number): { intervalsFrom: number } {
  return { intervalsFrom: (dayOf(now) - LIST_DAYS) * DAY_SECONDS };
}

/** What the list of all services says of an entity's monitors.
 * @public
 */
export function summarizeUptime(
  timelines: readonly MonitorTimeline[],
  now: number,
): NonNullable<EntityHealth['uptime']> {
  const today = dayOf(now);
  const firstDay = today - LIST_DAYS + 1;
  const trend = new Array<TrendDay>(LIST_DAYS).fill('none');
  let worst: MonitorSeconds | undefined;
  for (const timeline of timelines) {
    const settled = settleIntervals(timeline, now);
    const ofSpan = sumSeconds(settled, now - LIST_DAYS * DAY_SECONDS, now);
    if (!worst || ofSpan.down > worst.down) {
      worst = ofSpan;
    }
    const days = secondsByDay(settled, firstDay, today + 1);
    for (const [index, seconds] of days.entries()) {
      const startOfDay = (firstDay + index) * DAY_SECONDS;
      const begunAt = Math.max(startOfDay, timeline.knownSince);
      const endedAt = Math.min(startOfDay + DAY_SECONDS, now);
      const day = trendDay(seconds, Math.max(0, endedAt - begunAt));
      if (TREND_RANK[day] > TREND_RANK[trend[index]]) {
        trend[index] = day;
      }
    }
  }
  const fraction =
    worst && watchedSeconds(worst) >= LEAST_WATCHED_SECONDS
      ? uptimeFraction(worst)
      : undefined;
  return {
    ...(fraction === undefined ? {} : { fraction }),
    days: LIST_DAYS,
    trend,
    monitors: timelines.length,
    down: timelines.filter(({ state }) => state === 'down').length,
  };
}

function watchedSeconds({ up, degraded, down }: MonitorSeconds): number {
  return up + degraded + down;
}

/** `lengthSeconds`: how much of the day lies between the monitor's first reading and now. */
function trendDay(seconds: MonitorSeconds, lengthSeconds: number): TrendDay {
  if (seconds.down > 0) {
    return 'down';
  }
  if (seconds.degraded > 0) {
    return 'degraded';
  }
  const { up, maintenance, paused } = seconds;
  const unknown = lengthSeconds - up - maintenance - paused;
  // A day of which hardly anything is known is not green.
  if (unknown > up) {
    return 'unknown';
  }
  return up > 0 ? 'up' : 'none';
}
