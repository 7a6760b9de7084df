import {
  Monitor,
  MonitorDay,
  Outage,
  Threshold,
} from '@watchkeeper/backstage-plugin-observability-common';
import type { SignalOf } from '../health/signals';
import { Clock } from './signals';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAY_SECONDS = 86_400;

export const UPTIME_THRESHOLDS: Threshold[] = [
  {
    metric: 'uptime.state',
    unit: 'state',
    warning: 'degraded',
    critical: 'down',
  },
  {
    metric: 'uptime.certificateDays',
    unit: 'days',
    warning: 14,
    critical: 3,
  },
];

/** What a day was other than up, in seconds. */
type DayParts = Partial<Omit<MonitorDay, 'date' | 'uptime'>> & {
  isMissing?: boolean;
};

/** 90 days until now; `parts` says, by days ago, what was not up. */
export function monitorDays(
  clock: Clock,
  parts: Record<number, DayParts> = {},
  days = 90,
): MonitorDay[] {
  return Array.from({ length: days }, (_, index) => {
    const daysAgo = days - 1 - index;
    const { isMissing, ...seconds } = parts[daysAgo] ?? {};
    const down = seconds.downSeconds ?? 0;
    return {
      date: clock.ago(daysAgo * DAY).slice(0, 10),
      uptime: isMissing ? undefined : 1 - down / DAY_SECONDS,
      downSeconds: 0,
      degradedSeconds: 0,
      maintenanceSeconds: 0,
      pausedSeconds: 0,
      unknownSeconds: isMissing ? DAY_SECONDS : 0,
      ...seconds,
    };
  });
}

/** A monitor that is up, but for what is said of it. */
export function monitor(
  clock: Clock,
  values: Partial<Monitor> & Pick<Monitor, 'id' | 'name'>,
): Monitor {
  return {
    type: 'http',
    state: 'up',
    since: clock.ago(50 * DAY),
    responseMs: 104,
    responseObservedAt: clock.ago(20_000),
    intervalSeconds: 300,
    downAfterSeconds: 60,
    detectionSeconds: 360,
    certificateExpiresAt: clock.ago(-58.5 * DAY),
    uptime: {
      day: 1,
      week: 1,
      month: 0.9999,
      quarter: 0.9997,
      year: 0.9995,
    },
    uptimeSince: clock.ago(200 * DAY),
    days: monitorDays(clock),
    outages: [],
    ...values,
  };
}

/** Built-in checks, all up. */
export function checksSignal(
  clock: Clock,
  monitors: Monitor[] = [
    monitor(clock, {
      id: 'crm-api-health',
      name: 'crm-api-health',
      url: 'https://app.visioncrm.example.com/api/health',
    }),
    monitor(clock, {
      id: 'crm-api-login',
      name: 'crm-api-login',
      url: 'https://app.visioncrm.example.com/api/auth/session',
    }),
  ],
): SignalOf<'uptime'> {
  const target = monitors.map(({ id }) => id).join(',');
  return {
    id: `uptime:http-checks:default:${target}`,
    kind: 'uptime',
    source: { provider: 'http-checks', instance: 'default', target },
    status: 'ok',
    since: clock.ago(12 * DAY),
    reasons: [],
    thresholds: UPTIME_THRESHOLDS,
    observedAt: clock.ago(20_000),
    stale: false,
    data: { monitors },
  };
}

/** The outage that all monitors had, seven weeks ago. */
export function oldOutage(clock: Clock): Outage {
  return {
    startedAt: clock.ago(50 * DAY),
    endedAt: clock.ago(50 * DAY - 38 * MINUTE),
    reason: 'Connection refused',
  };
}

/** The same with one of the two down for seven minutes. */
export function downSignal(clock: Clock): SignalOf<'uptime'> {
  const outage = {
    startedAt: clock.ago(7 * MINUTE),
    reason: 'HTTP 500; expects 200 and {"status":"ok"}.',
  };
  const down = monitor(clock, {
    id: 'crm-api-health',
    name: 'crm-api-health',
    url: 'https://app.visioncrm.example.com/api/health',
    state: 'down',
    since: outage.startedAt,
    reason: outage.reason,
    uptime: {
      day: 0.9951,
      week: 0.9993,
      month: 0.9992,
      quarter: 0.9994,
      year: 0.9991,
    },
    days: monitorDays(clock, {
      0: { downSeconds: 420 },
      20: { degradedSeconds: 1800 },
      50: { downSeconds: 2280 },
      71: { degradedSeconds: 600 },
    }),
    outages: [outage, oldOutage(clock)],
  });
  const login = monitor(clock, {
    id: 'crm-api-login',
    name: 'crm-api-login',
    url: 'https://app.visioncrm.example.com/api/auth/session',
    days: monitorDays(clock, { 50: { downSeconds: 2280 } }),
    outages: [oldOutage(clock)],
  });
  return {
    ...checksSignal(clock, [down, login]),
    status: 'critical',
    since: outage.startedAt,
    reasons: [
      {
        metric: 'uptime.state',
        subject: { id: down.id, name: down.name },
        value: 'down',
        unit: 'state',
        threshold: 'down',
        level: 'critical',
        message: 'crm-api-health: down; down is critical',
        since: outage.startedAt,
      },
    ],
  };
}

/** Monitors of a vendor that refuses the key: what was known of them is half an hour old. */
export function refusedSignal(clock: Clock): SignalOf<'uptime'> {
  const special: Record<number, Record<number, DayParts>> = {
    2: { 89: { isMissing: true }, 88: { isMissing: true } },
    3: { 33: { degradedSeconds: 900 } },
  };
  const monitors = [
    ['Homepage', 'https://app.visioncrm.example.com/', 212],
    ['API health', 'https://app.visioncrm.example.com/api/health', 138],
    ['Database connection', 'https://app.visioncrm.example.com/api/db', 71],
    ['Email service', 'https://app.visioncrm.example.com/api/email', 318],
  ].map(([name, url, responseMs], index) =>
    monitor(clock, {
      id: String(7991 + index),
      name: String(name),
      url: String(url),
      type: index === 1 ? 'keyword' : 'http',
      responseMs: Number(responseMs),
      downAfterSeconds: undefined,
      uptime: { day: 1, week: 1, month: 0.9997, quarter: 0.9996 - index / 1e4 },
      uptimeSince: clock.ago((index === 2 ? 88 : 200) * DAY),
      days: monitorDays(clock, {
        50: { downSeconds: 2280 },
        ...(special[index] ?? {}),
      }),
      outages: [oldOutage(clock)],
    }),
  );
  return {
    id: 'uptime:uptimerobot:default:7991+7992+7993+7994',
    kind: 'uptime',
    source: {
      provider: 'uptimerobot',
      instance: 'default',
      target: '7991+7992+7993+7994',
      url: 'https://dashboard.uptimerobot.example.com/monitors',
    },
    status: 'unknown',
    since: clock.ago(28 * MINUTE),
    reasons: [],
    thresholds: UPTIME_THRESHOLDS,
    observedAt: clock.ago(29 * MINUTE),
    stale: false,
    problem: {
      code: 'unauthorized',
      message: 'api.uptimerobot.example.com answered 401 to the key "default".',
      since: clock.ago(28 * MINUTE),
      retryAt: clock.ago(-4 * MINUTE),
    },
    data: { monitors },
  };
}

/** One monitor in each state, each with what is special about it. */
export function statesSignal(clock: Clock): SignalOf<'uptime'> {
  const of = (values: Partial<Monitor> & Pick<Monitor, 'state'>) =>
    monitor(clock, {
      id: values.state,
      name: `is-${values.state}`,
      url: `https://app.example.com/${values.state}`,
      since: clock.ago(2 * HOUR),
      ...values,
    });
  return {
    ...checksSignal(clock, [
      of({
        state: 'down',
        reason: 'Connection refused',
        flapping: true,
        certificateExpiresAt: clock.ago(DAY),
        outages: [{ startedAt: clock.ago(2 * HOUR) }],
        days: monitorDays(clock, { 0: { downSeconds: 7200 } }),
      }),
      of({
        state: 'degraded',
        reason: 'Answered in 4 200 ms; expects 2 000 ms',
        responseMs: 4200,
        certificateExpiresAt: clock.ago(-12.5 * DAY),
        days: monitorDays(clock, { 0: { degradedSeconds: 7200 } }),
      }),
      of({ state: 'unknown', reason: 'The check could not run' }),
      of({
        state: 'pending',
        since: undefined,
        responseMs: undefined,
        certificateExpiresAt: undefined,
        uptime: {},
        uptimeSince: undefined,
        days: [],
      }),
      of({
        state: 'maintenance',
        days: monitorDays(clock, {
          0: { isMissing: true, unknownSeconds: 0, maintenanceSeconds: 7200 },
        }),
      }),
      of({
        state: 'paused',
        since: clock.ago(9 * DAY),
        responseObservedAt: clock.ago(9 * DAY),
        days: monitorDays(
          clock,
          Object.fromEntries(
            Array.from({ length: 9 }, (_, day) => [
              day,
              {
                isMissing: true,
                unknownSeconds: 0,
                pausedSeconds: DAY_SECONDS,
              },
            ]),
          ),
        ),
      }),
      of({ state: 'up', since: clock.ago(30 * DAY) }),
    ]),
    status: 'critical',
    since: clock.ago(2 * HOUR),
    reasons: [],
  };
}
