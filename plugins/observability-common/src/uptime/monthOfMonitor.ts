import { UptimeReportMonitor } from '../model';
import { outagesOf } from './completeMonitor';
import { settleIntervals } from './intervals';
import {
  addSeconds,
  DAY_SECONDS,
  dayOf,
  MonitorSeconds,
  secondsByDay,
  toMonitorDay,
  uptimeFraction,
} from './monitorSeconds';
import { MonitorTimeline } from './MonitorTimeline';

/** The days of a month, in UTC; its end is exclusive.
 * @public
 */
export interface MonthSpan {
  firstDay: number;
  endDay: number;
}

/** The days of `YYYY-MM`.
 * @public
 */
export function monthSpan(month: string): MonthSpan {
  const [year, number] = month.split('-').map(Number);
  return {
    firstDay: dayOf(Date.UTC(year, number - 1) / 1000),
    endDay: dayOf(Date.UTC(year, number) / 1000),
  };
}

/**
 * How a monitor did in a month, up to now. A day that was summed up counts as
 * it was: its intervals may have been deleted since.
 *
 * @public
 */
export function monthOfMonitor(
  history: {
    timeline: MonitorTimeline;
    /** Days that were summed up, by their numbers. */
    sums: ReadonlyMap<number, MonitorSeconds>;
  },
  month: MonthSpan,
  now: number,
): Pick<
  UptimeReportMonitor,
  | 'uptime'
  | 'downSeconds'
  | 'maintenanceSeconds'
  | 'pausedSeconds'
  | 'unknownSeconds'
  | 'days'
  | 'outages'
> {
  const { timeline, sums } = history;
  const { firstDay } = month;
  const endDay = Math.min(month.endDay, Math.ceil(now / DAY_SECONDS));
  const seconds = secondsByDay(
    settleIntervals(timeline, now),
    firstDay,
    endDay,
  ).map((counted, index) => sums.get(firstDay + index) ?? counted);
  const days = seconds.map((counted, index) =>
    toMonitorDay(
      firstDay + index,
      counted,
      Math.min(DAY_SECONDS, now - (firstDay + index) * DAY_SECONDS),
    ),
  );
  const total = addSeconds(...seconds);
  const uptime = uptimeFraction(total);
  return {
    ...(uptime === undefined ? {} : { uptime }),
    downSeconds: total.down,
    maintenanceSeconds: total.maintenance,
    pausedSeconds: total.paused,
    unknownSeconds: days.reduce((sum, day) => sum + day.unknownSeconds, 0),
    days,
    outages: outagesOf(
      timeline.intervals,
      firstDay * DAY_SECONDS,
      endDay * DAY_SECONDS,
    ),
  };
}
