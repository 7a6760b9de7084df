import {
  Monitor,
  MonitorDay,
} from '@watchkeeper/backstage-plugin-observability-common';
import { DayLevel, dayLevels, worstLevels } from '../../shared';
import { SignalOf } from '../signals';

const DAYS = 30;
const DAY_SECONDS = 86_400;

/** The last 30 days of all monitors in one: the worst of each day, and the uptime of the one that was down most. */
export function monthOf(signals: readonly SignalOf<'uptime'>[]): {
  levels: DayLevel[];
  fraction: number | undefined;
} {
  const monitors = signals.flatMap(({ data, stale, problem }) =>
    (data?.monitors ?? []).map(monitor => ({
      monitor,
      isUnknownNow:
        stale || problem !== undefined || monitor.state === 'unknown',
    })),
  );
  // As the list of services has it: of the monitor that was down most, and not
  // of one that has been watched for less than a day.
  const [worst] = monitors
    .map(({ monitor }) => ({ monitor, ...lastDays(monitor) }))
    .sort((a, b) => b.downSeconds - a.downSeconds);
  return {
    levels: worstLevels(
      monitors.map(({ monitor, isUnknownNow }) =>
        dayLevels(monitor.days, { isUnknownNow }).slice(-DAYS),
      ),
    ),
    fraction:
      worst && worst.watchedSeconds >= DAY_SECONDS
        ? worst.monitor.uptime.month
        : undefined,
  };
}

function lastDays(monitor: Monitor): {
  downSeconds: number;
  watchedSeconds: number;
} {
  const days = monitor.days.slice(-DAYS);
  const sum = (of: (day: MonitorDay) => number) =>
    days.reduce((total, day) => total + of(day), 0);
  const notWatched = sum(
    ({ maintenanceSeconds, pausedSeconds, unknownSeconds }) =>
      maintenanceSeconds + pausedSeconds + unknownSeconds,
  );
  return {
    downSeconds: sum(({ downSeconds }) => downSeconds),
    watchedSeconds: days.length * DAY_SECONDS - notWatched,
  };
}
