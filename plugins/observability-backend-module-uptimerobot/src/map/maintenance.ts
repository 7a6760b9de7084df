import { MaintenanceWindow } from '../AccountMonitor';
import { WindowV3 } from '../api/schemas';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const INTERVALS = ['once', 'daily', 'weekly', 'monthly'] as const;

/** Those that are in force; one that cannot be understood hides nothing. */
export function toMaintenanceWindows(windows: WindowV3[]): MaintenanceWindow[] {
  return windows.flatMap(window => {
    const interval = INTERVALS.find(
      known => known === window.interval.toLowerCase(),
    );
    const time = /^([01]\d|2[0-3]):[0-5]\d/.exec(window.time)?.[0];
    if (!interval || !time || window.status?.toLowerCase() === 'paused') {
      return [];
    }
    return [
      {
        interval,
        time,
        durationMinutes: window.duration,
        days: window.days ?? [],
        monitorIds: window.autoAddMonitors ? 'all' : window.monitorIds ?? [],
        ...(window.date ? { date: window.date.slice(0, 10) } : {}),
      },
    ];
  });
}

/**
 * Since when a window is running, or `undefined`. Its clock is taken for UTC:
 * UptimeRobot does not tell the zone of the account. That does no harm, since a
 * window only explains why a monitor is paused, and never hides an outage.
 */
export function runningSince(
  window: MaintenanceWindow,
  now: Date,
): Date | undefined {
  const lengthMs = window.durationMinutes * MINUTE_MS;
  const daysBack = Math.ceil(lengthMs / DAY_MS);
  const [hours, minutes] = window.time.split(':').map(Number);
  for (let back = 0; back <= daysBack; back += 1) {
    const day = new Date(now.getTime() - back * DAY_MS);
    const start = Date.UTC(
      day.getUTCFullYear(),
      day.getUTCMonth(),
      day.getUTCDate(),
      hours,
      minutes,
    );
    const isRunning =
      start <= now.getTime() && now.getTime() < start + lengthMs;
    if (isRunning && startsOn(window, new Date(start))) return new Date(start);
  }
  return undefined;
}

function startsOn(window: MaintenanceWindow, day: Date): boolean {
  switch (window.interval) {
    case 'once':
      return window.date === day.toISOString().slice(0, 10);
    case 'daily':
      return true;
    case 'weekly':
      return window.days.includes(day.getUTCDay() || 7);
    default: {
      const next = new Date(day.getTime() + DAY_MS);
      const isLast = next.getUTCMonth() !== day.getUTCMonth();
      return (
        window.days.includes(day.getUTCDate()) ||
        (isLast && window.days.includes(-1))
      );
    }
  }
}
