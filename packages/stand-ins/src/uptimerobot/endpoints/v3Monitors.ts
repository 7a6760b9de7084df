import { V3Error } from '../errors';
import type { EndpointRegistry, V3Context } from '../http';
import { monitorKeyOf } from '../keys';
import type { AccountModel } from '../model/AccountModel';
import type { MonitorModel } from '../model/MonitorModel';
import { uptimePercentage } from '../model/timeline';
import type { UptimeRobotState } from '../world/types';
import { pageOf, readInteger } from './v3Parameters';
import { serializeWindow } from './v3Windows';

const HOUR_MS = 3_600_000;

const STATES: Record<UptimeRobotState, string> = {
  started: 'STARTED',
  up: 'UP',
  'seems-down': 'LOOKS_DOWN',
  down: 'DOWN',
  paused: 'PAUSED',
};

/** The monitors of the account, with their conditions, and a single one. */
export function registerMonitors(endpoints: EndpointRegistry): void {
  endpoints.v3('/monitors', context => {
    const { response, account, query, url, nowMs } = context;
    const limit =
      readInteger(query, 'limit', { minimum: 1, maximum: 200 }) ?? 50;
    const cursor = readInteger(query, 'cursor', { minimum: 0 }) ?? 0;
    const isWanted = conditionsOf(query, nowMs);
    const { nextLink, page } = pageOf(
      account.monitors.filter(one => one.id > cursor && isWanted(one)),
      { limit, url, cursorOf: ({ id }) => id },
    );
    response.json({
      nextLink,
      data: page.map(one => serializeMonitor(one, account, nowMs)),
    });
  });
  endpoints.v3('/monitors/:id', context => {
    const { response, account, nowMs } = context;
    response.json(serializeMonitor(monitorOf(context), account, nowMs));
  });
}

/** The monitor that an address names. */
export function monitorOf({ request, account }: V3Context): MonitorModel {
  const monitor = account.monitor(Number(request.params.id));
  if (!monitor) throw V3Error.notFound('Monitor');
  return monitor;
}

function conditionsOf(query: URLSearchParams, nowMs: number) {
  const list = (name: string) => query.get(name)?.split(',');
  const known = Object.values(STATES);
  const states = list('status')?.map(state => state.trim().toUpperCase());
  if (states?.some(state => !known.includes(state))) {
    throw V3Error.badRequest(
      `each value in status must be one of the following values: ${known.join(
        ', ',
      )}`,
    );
  }
  const tags = list('tags');
  const name = (query.get('name') ?? '').toLowerCase();
  const url = (query.get('url') ?? '').toLowerCase();
  return (monitor: MonitorModel): boolean => {
    const { definition } = monitor;
    return (
      (!states || states.includes(STATES[monitor.current(nowMs).state])) &&
      (!tags || definition.tags.some(tag => tags.includes(tag))) &&
      definition.name.toLowerCase().includes(name) &&
      definition.url.toLowerCase().includes(url)
    );
  };
}

function serializeMonitor(
  monitor: MonitorModel,
  account: AccountModel,
  nowMs: number,
) {
  const { definition } = monitor;
  const { state, fromMs } = monitor.current(nowMs);
  const { certificate, secrets } = definition;
  const expiresMs = monitor.certificateExpiresMs;
  const isHttp = ['HTTP', 'KEYWORD', 'API'].includes(definition.type);
  const incident = lastIncidentOf(monitor, nowMs);
  return {
    id: definition.id,
    friendlyName: definition.name,
    url: definition.url,
    type: definition.type,
    status: STATES[state],
    interval: definition.intervalSeconds,
    timeout: definition.type === 'HEARTBEAT' ? null : definition.timeoutSeconds,
    currentStateDuration: Math.floor((nowMs - fromMs) / 1000),
    createDateTime: iso(monitor.createdMs),
    userId: account.userId,
    lastIncidentId: incident?.id ?? null,
    lastIncident: incident,
    lastDayUptimes: lastDayUptimes(monitor, nowMs),
    tags: definition.tags.map((name, index) => ({
      id: index + 1,
      name,
      color: '#3bd671',
    })),
    assignedAlertContacts: definition.contacts.map(
      ({ id, thresholdMinutes }) => ({
        alertContactId: id,
        threshold: thresholdMinutes,
        recurrence: 0,
      }),
    ),
    regionalData: { REGION: ['na'], MANUAL_SELECTED: false },
    sslBrand: certificate?.brand ?? null,
    sslExpiryDateTime: expiresMs === undefined ? null : iso(expiresMs),
    domainExpireDate: null,
    checkSSLErrors: certificate !== undefined,
    sslExpirationReminder: certificate !== undefined,
    domainExpirationReminder: false,
    followRedirections: true,
    authType: secrets ? 'HTTP_BASIC' : 'NONE',
    httpUsername: secrets?.httpUsername ?? '',
    httpPassword: secrets?.httpPassword ?? '',
    customHttpHeaders: secrets?.customHttpHeaders ?? null,
    httpMethodType: isHttp ? 'GET' : null,
    successHttpResponseCodes: isHttp ? ['2xx', '3xx'] : [],
    postValueData: null,
    postValueType: null,
    port: null,
    gracePeriod: definition.type === 'HEARTBEAT' ? 300 : null,
    keywordType: null,
    keywordValue: null,
    keywordCaseType: null,
    responseTimeThreshold: 0,
    config: null,
    maintenanceWindows: account
      .windowsOf(monitor)
      .map(window => serializeWindow(window, account)),
    psps: [],
    apiKey: monitorKeyOf(monitor.id),
    groupId: 0,
  };
}

function lastIncidentOf(monitor: MonitorModel, nowMs: number) {
  const [incident] = monitor.incidentsUntil(nowMs);
  if (!incident) return null;
  const { id, startedMs, endedMs, cause, reason } = incident;
  return {
    id,
    status: endedMs === undefined ? 'ONGOING' : 'RESOLVED',
    cause: cause ?? 0,
    reason,
    startedAt: iso(startedMs),
    duration: endedMs === undefined ? null : (endedMs - startedMs) / 1000,
  };
}

/** The last 24 hours, hour by hour. */
function lastDayUptimes(monitor: MonitorModel, nowMs: number) {
  const segments = monitor.segmentsUntil(nowMs);
  return {
    bucketSize: 3600,
    histogram: Array.from({ length: 24 }, (_, index) => {
      const fromMs = nowMs - (24 - index) * HOUR_MS;
      const span = { fromMs, toMs: fromMs + HOUR_MS };
      return {
        timestamp: Math.floor(fromMs / 1000),
        uptime: Number(uptimePercentage(segments, span).toFixed(3)),
      };
    }),
  };
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
