import {
  Monitor,
  MonitorState,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Format, parseInstant, Translate } from '../../shared';

const DAY_MS = 86_400_000;

/** The shape and colour of a state; `null` where it is neither well nor ill. */
export const STATE_STATUS: Record<MonitorState, Status | null> = {
  up: 'ok',
  degraded: 'warning',
  down: 'critical',
  maintenance: null,
  paused: null,
  pending: 'unknown',
  unknown: 'unknown',
};

/** How many monitors are in each state. */
export function countStates(
  monitors: readonly Monitor[],
): Record<MonitorState, number> {
  const counts = {
    up: 0,
    degraded: 0,
    down: 0,
    maintenance: 0,
    paused: 0,
    pending: 0,
    unknown: 0,
  };
  for (const { state } of monitors) {
    counts[state] += 1;
  }
  return counts;
}

/** The path that is checked, or the host where it is the host as a whole. */
export function shortUrl(url: string | undefined): string | undefined {
  if (!url) {
    return undefined;
  }
  try {
    const { host, pathname, search } = new URL(url);
    const path = `${pathname}${search}`;
    return path.length > 1 ? path : host;
  } catch {
    return url;
  }
}

/** How long it had been up before the outage that goes on, as far as is known. */
export function upBeforeMs(monitor: Monitor): number | undefined {
  const [current, previous] = monitor.outages;
  const start = parseInstant(current?.startedAt)?.getTime();
  if (monitor.state !== 'down' || start === undefined || current.endedAt) {
    return undefined;
  }
  const from = parseInstant(previous?.endedAt ?? monitor.uptimeSince);
  return from && from.getTime() < start ? start - from.getTime() : undefined;
}

/** Whole days until a certificate expires; negative when it has. */
export function certificateDays(
  monitor: Monitor,
  now: number,
): number | undefined {
  const at = parseInstant(monitor.certificateExpiresAt);
  return at && Math.floor((at.getTime() - now) / DAY_MS);
}

/** The day to which the history reaches back, where that is less than a span. */
export function reachesBackTo(
  monitor: Monitor,
  days: number,
  now: number,
): string | undefined {
  const since = parseInstant(monitor.uptimeSince);
  // A few hours do not make a shorter history.
  return since && now - since.getTime() < (days - 0.5) * DAY_MS
    ? monitor.uptimeSince
    : undefined;
}

/** How often is checked, and how soon an outage is noticed: `every 5 min, down after 1 min, so noticed within 6 min`. */
export function detectionWords(
  monitors: readonly Monitor[],
  format: Format,
  t: Translate,
): string {
  const range = (
    values: (number | undefined)[],
  ): [number, number] | undefined => {
    const known = values.filter(value => value !== undefined);
    return known.length > 0
      ? [Math.min(...known), Math.max(...known)]
      : undefined;
  };
  const write = ([least, most]: [number, number]) =>
    least === most
      ? format.length(most * 1000)
      : t('health.uptime.range', {
          from: format.length(least * 1000),
          to: format.length(most * 1000),
        });
  const interval = range(monitors.map(one => one.intervalSeconds));
  const downAfter = range(monitors.map(one => one.downAfterSeconds));
  const detection = range(monitors.map(one => one.detectionSeconds));
  return [
    interval && t('health.uptime.every', { interval: write(interval) }),
    downAfter && t('health.uptime.downAfter', { duration: write(downAfter) }),
    detection &&
      t('health.uptime.noticed', {
        duration: format.length(detection[1] * 1000),
      }),
  ]
    .filter(Boolean)
    .join(', ');
}
