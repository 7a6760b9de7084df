import {
  EntityReport,
  UptimeReport,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  databaseSignal,
  pausedDatabaseSignal,
  plainDatabaseSignal,
} from './database';
import { fullReport, okReport } from './reports';
import { createClock } from './signals';
import {
  checksSignal,
  downSignal,
  monitor,
  monitorDays,
  oldOutage,
  refusedSignal,
  statesSignal,
} from './uptime';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A bad morning seen through every kind of signal. */
export function everythingReport(now: number): EntityReport {
  const clock = createClock(now);
  const report = fullReport(now);
  return {
    ...report,
    signals: [
      ...report.signals,
      downSignal(clock),
      refusedSignal(clock),
      databaseSignal(clock),
    ],
  };
}

/** All is well, in every kind of signal. */
export function allWellReport(now: number): EntityReport {
  const clock = createClock(now);
  const report = okReport(now);
  const database = databaseSignal(clock);
  return {
    ...report,
    signals: [
      ...report.signals,
      checksSignal(clock),
      {
        ...database,
        status: 'ok',
        reasons: [],
        data: database.data && {
          ...database.data,
          cpu: 0.31,
          slowQueries: [],
          advisories: [],
        },
      },
    ],
  };
}

/** A monitor in each state. */
export function monitorStatesReport(now: number): EntityReport {
  const clock = createClock(now);
  return {
    ...okReport(now),
    status: 'critical',
    since: clock.ago(120 * MINUTE),
    signals: [statesSignal(clock)],
  };
}

/** Several databases: one well read directly, one that its vendor has paused. */
export function databasesReport(now: number): EntityReport {
  const clock = createClock(now);
  return {
    ...okReport(now),
    status: 'unknown',
    signals: [plainDatabaseSignal(clock), pausedDatabaseSignal(clock)],
  };
}

/** The month of an instant, until then. */
export function monthReport(now: number, month?: string): UptimeReport {
  const clock = createClock(now);
  const today = new Date(now);
  const thisMonth = today.toISOString().slice(0, 7);
  const days = monitorDays(
    clock,
    { 2: { downSeconds: 1380 }, 5: { maintenanceSeconds: 3600 } },
    today.getUTCDate(),
  );
  const parts = {
    signalId: 'uptime:http-checks:default:crm-api-health',
    maintenanceSeconds: 3600,
    pausedSeconds: 0,
    unknownSeconds: 0,
    days,
  };
  return {
    entityRef: 'component:default/visioncrm-api',
    month: month ?? thisMonth,
    generatedAt: today.toISOString(),
    partial: (month ?? thisMonth) === thisMonth,
    monitors: [
      {
        ...parts,
        ...nameOf('crm-api-health', clock),
        uptime: 0.99931,
        downSeconds: 1380,
        outages: [
          {
            startedAt: clock.ago(2 * DAY),
            endedAt: clock.ago(2 * DAY - 23 * MINUTE),
            reason: 'HTTP 503; expects 200',
          },
        ],
      },
      {
        ...parts,
        ...nameOf('crm-api-login', clock),
        uptime: 1,
        downSeconds: 0,
        days: monitorDays(clock, {}, today.getUTCDate()),
        outages: month && month !== thisMonth ? [oldOutage(clock)] : [],
      },
    ],
  };
}

function nameOf(name: string, clock: ReturnType<typeof createClock>) {
  const { id, url } = monitor(clock, {
    id: name,
    name,
    url: `https://app.visioncrm.example.com/api/${name}`,
  });
  return { id, name, url };
}
