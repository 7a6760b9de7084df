import { MonitorState } from '@watchkeeper/backstage-plugin-observability-common';
import {
  AccountIncident,
  AccountMonitor,
  MaintenanceWindow,
} from '../AccountMonitor';
import { IncidentV3, LogV2, MonitorV2, MonitorV3 } from '../api/schemas';
import { runningSince } from './maintenance';

const STATES_V3: Record<string, MonitorState> = {
  UP: 'up',
  LOOKS_DOWN: 'degraded',
  DOWN: 'down',
  PAUSED: 'paused',
  STARTED: 'pending',
};
const STATES_V2: Record<number, MonitorState> = {
  0: 'paused',
  1: 'pending',
  2: 'up',
  8: 'degraded',
  9: 'down',
};
const TYPES_V2: Record<number, string> = {
  1: 'http',
  2: 'keyword',
  3: 'ping',
  4: 'port',
  5: 'heartbeat',
};
/** The states that a log entry of the older generation begins. */
const LOG_STATES: Record<number, MonitorState> = {
  1: 'down',
  2: 'up',
  98: 'up',
  99: 'paused',
};
const SEEMS_DOWN = 'seems down, UptimeRobot is confirming it';

/** A monitor of the newer generation. */
export function fromMonitorV3(monitor: MonitorV3, now: Date): AccountMonitor {
  const state = STATES_V3[monitor.status?.toUpperCase() ?? ''] ?? 'unknown';
  const isFailing = state === 'down' || state === 'degraded';
  const incident = isFailing ? monitor.lastIncident : undefined;
  const since =
    incident?.startedAt ??
    (monitor.currentStateDuration === undefined
      ? undefined
      : new Date(now.getTime() - monitor.currentStateDuration * 1000));
  return withoutUndefined({
    id: monitor.id,
    name: monitor.friendlyName || monitor.url || monitor.id,
    url: monitor.url || undefined,
    type: (monitor.type ?? 'unknown').toLowerCase(),
    state,
    since: since?.toISOString(),
    reason: reasonOf(state, monitor.status, incident?.reason),
    intervalSeconds: monitor.interval,
    downAfterSeconds: downAfterSeconds(monitor.assignedAlertContacts),
    certificateExpiresAt: monitor.sslExpiryDateTime?.toISOString(),
    createdAt: monitor.createDateTime?.toISOString(),
    incidentId: monitor.lastIncidentId,
  });
}

/** A monitor of the older generation. */
export function fromMonitorV2(monitor: MonitorV2): AccountMonitor {
  const state = STATES_V2[monitor.status ?? -1] ?? 'unknown';
  const [last] = sortLogs(monitor.logs).reverse();
  const isOfState = last && LOG_STATES[last.type] === state;
  return withoutUndefined({
    id: monitor.id,
    name: monitor.friendly_name || monitor.url || monitor.id,
    url: monitor.url || undefined,
    type: TYPES_V2[monitor.type ?? -1] ?? 'unknown',
    state,
    since: isOfState ? last.datetime.toISOString() : undefined,
    reason: reasonOf(
      state,
      String(monitor.status),
      isOfState ? last.reason?.detail : undefined,
    ),
    intervalSeconds: monitor.interval,
    downAfterSeconds: downAfterSeconds(monitor.alert_contacts),
    certificateExpiresAt: monitor.ssl?.expires?.toISOString(),
    createdAt: monitor.create_datetime?.toISOString(),
    incidentId: last && `${last.type}@${last.datetime.toISOString()}`,
  });
}

/** Says `maintenance` of a paused monitor whose window is running. */
export function inMaintenance(
  monitor: AccountMonitor,
  windows: readonly MaintenanceWindow[],
  now: Date,
): AccountMonitor {
  if (monitor.state !== 'paused') return monitor;
  for (const window of windows) {
    const { monitorIds } = window;
    if (monitorIds === 'all' || monitorIds.includes(monitor.id)) {
      const since = runningSince(window, now);
      if (since) {
        return {
          ...monitor,
          state: 'maintenance',
          since: since.toISOString(),
        };
      }
    }
  }
  return monitor;
}

/** The incidents of the newer generation; what is not about being reachable is none. */
export function toIncidents(incidents: IncidentV3[]): AccountIncident[] {
  return incidents.flatMap(incident => {
    const type = incident.type ?? 'downtime';
    const isSlow = /slow/i.test(type);
    if (!incident.startedAt || (!isSlow && !/down|outage|^\d*$/i.test(type))) {
      return [];
    }
    const startedAt = toSeconds(incident.startedAt);
    const endedAt = incident.resolvedAt
      ? toSeconds(incident.resolvedAt)
      : undefined;
    if (endedAt !== undefined && endedAt <= startedAt) return [];
    return [
      withoutUndefined({
        monitorId: incident.monitor.id,
        state: isSlow ? ('degraded' as const) : ('down' as const),
        startedAt,
        endedAt,
        reason: incident.reason || undefined,
      }),
    ];
  });
}

/** What the log of the older generation tells of the past, and since when it reaches back. */
export function historyOfLogs(
  monitor: MonitorV2,
  logLimit: number,
): { from: number; incidents: AccountIncident[] } | undefined {
  const logs = sortLogs(monitor.logs);
  if (logs.length === 0) return undefined;
  const incidents: AccountIncident[] = [];
  for (const [index, entry] of logs.entries()) {
    const state = LOG_STATES[entry.type];
    const next = logs[index + 1];
    const startedAt = toSeconds(entry.datetime);
    const endedAt = next && toSeconds(next.datetime);
    if (state && state !== 'up' && (!endedAt || endedAt > startedAt)) {
      incidents.push(
        withoutUndefined({
          monitorId: monitor.id,
          state,
          startedAt,
          endedAt,
          reason: entry.reason?.detail || undefined,
        }),
      );
    }
  }
  const first = toSeconds(logs[0].datetime);
  const created = monitor.create_datetime && toSeconds(monitor.create_datetime);
  const isWhole = logs.length < logLimit;
  return {
    from: isWhole && created && created < first ? created : first,
    incidents,
  };
}

function sortLogs(logs: LogV2[] = []): LogV2[] {
  return [...logs].sort((a, b) => a.datetime.getTime() - b.datetime.getTime());
}

function reasonOf(
  state: MonitorState,
  status: string | undefined,
  reason: string | undefined,
): string | undefined {
  if (state === 'degraded') {
    return reason ? `${reason}; ${SEEMS_DOWN}` : SEEMS_DOWN;
  }
  if (state === 'unknown') {
    return `UptimeRobot says "${(status ?? '').slice(
      0,
      40,
    )}", which is not a state that is known here`;
  }
  return state === 'down' ? reason : undefined;
}

/** Whoever is told first: the contacts have thresholds of their own, in minutes. */
function downAfterSeconds(
  contacts: { threshold?: number }[] | undefined,
): number | undefined {
  const minutes = (contacts ?? []).flatMap(({ threshold }) =>
    threshold !== undefined && threshold >= 0 ? [threshold] : [],
  );
  return minutes.length > 0 ? Math.min(...minutes) * 60 : undefined;
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as T;
}
