import { MonitorReading } from '@watchkeeper/backstage-plugin-observability-common';
import {
  CollectTarget,
  Measurement,
  MonitorHistory,
  ProviderError,
  Reading,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import { AccountMonitor } from '../AccountMonitor';
import {
  MonitorWish,
  normalizeName,
  normalizeUrl,
  readWishes,
  UPTIMEROBOT_KINDS,
} from '../select';
import { InstanceState, readTargetState, toStoredState } from '../state';
import { Account } from './Account';

const DAY_MS = 24 * 3600 * 1000;
const LONGEST_NAME = 100;

/** What reading a target needs beside the account. */
export interface TargetContext {
  account: Account;
  state: InstanceState;
  /** How often the account is read. */
  frequencySeconds: number;
}

/** What the account says of one target: the monitors that its annotation names. */
export function readTarget(
  target: CollectTarget,
  context: TargetContext,
): TargetResult {
  const { account } = context;
  const { wishes, missing, found } = findMonitors(target, account.monitors);
  const absence = missing.length > 0 ? notListed(missing) : undefined;
  if (found.size === 0) {
    return target.candidate
      ? { key: target.key, results: [], listed: false }
      : {
          key: target.key,
          results: UPTIMEROBOT_KINDS.map(kind => ({
            kind,
            error: absence ?? notListed(wishes),
          })),
        };
  }
  const monitors = [...found.values()];
  const targetState = readTargetState(target.state);
  const history = historyOf(monitors, targetState.known, account);
  // Of what is new alone, the rest of the past is still missing.
  const known = [...found.keys()].filter(
    id => targetState.known.includes(id) || account.wholePast(id),
  );
  const problem = absence ?? unknownState(monitors);
  const reading: Reading = {
    kind: 'uptime',
    observedAt: account.observedAt,
    data: { monitors: monitors.map(monitor => toReading(monitor, context)) },
    measurements: measure(monitors, account.observedAt),
    samples: account.responseTimes
      .filter(({ monitorId }) => found.has(monitorId))
      .map(({ monitorId, at, responseMs }) => ({
        metric: 'uptime.responseMs',
        subject: monitorId,
        at,
        value: responseMs,
      })),
    ...(history.length > 0 ? { history } : {}),
    ...(problem ? { problem } : {}),
    url:
      monitors.length === 1
        ? `https://dashboard.uptimerobot.com/monitors/${encodeURIComponent(
            monitors[0].id,
          )}`
        : 'https://dashboard.uptimerobot.com/monitors',
  };
  return {
    key: target.key,
    results: [reading],
    ...(target.candidate ? { listed: true } : {}),
    state: toStoredState({ ...targetState, known }),
  };
}

/** Whether the past of some of its monitors, which this account has, was not handed on yet. */
export function wantsPast(
  target: CollectTarget,
  monitors: readonly AccountMonitor[],
): boolean {
  const { known } = readTargetState(target.state);
  const { found } = findMonitors(target, monitors);
  return [...found.keys()].some(id => !known.includes(id));
}

function findMonitors(
  target: CollectTarget,
  monitors: readonly AccountMonitor[],
) {
  const wishes = readWishes(target.details);
  const missing: MonitorWish[] = [];
  const found = new Map<string, AccountMonitor>();
  for (const wish of wishes) {
    const matching = monitors.filter(monitor => fits(monitor, wish));
    if (matching.length === 0) missing.push(wish);
    for (const monitor of matching) found.set(monitor.id, monitor);
  }
  return { wishes, missing, found };
}

function fits(monitor: AccountMonitor, { by, value }: MonitorWish): boolean {
  switch (by) {
    case 'id':
      return monitor.id === value;
    case 'name':
      return normalizeName(monitor.name) === value;
    default:
      return monitor.url !== undefined && normalizeUrl(monitor.url) === value;
  }
}

function historyOf(
  monitors: AccountMonitor[],
  known: string[],
  account: Account,
): MonitorHistory[] {
  return monitors.flatMap(({ id }) => {
    const past = known.includes(id)
      ? account.newPast(id)
      : account.wholePast(id) ?? account.newPast(id);
    return past ? [{ monitorId: id, ...past }] : [];
  });
}

function toReading(
  { createdAt, incidentId, ...monitor }: AccountMonitor,
  { state, frequencySeconds }: TargetContext,
): MonitorReading {
  const response = state.responses[monitor.id];
  const { intervalSeconds, downAfterSeconds = 0 } = monitor;
  return {
    ...monitor,
    ...(response
      ? {
          responseMs: response[0],
          responseObservedAt: new Date(response[1]).toISOString(),
        }
      : {}),
    ...(intervalSeconds === undefined
      ? {}
      : {
          detectionSeconds:
            intervalSeconds + downAfterSeconds + frequencySeconds,
        }),
  };
}

/**
 * A monitor is down for us once it has been for as long as its contacts wait
 * before they are told; before that it is degraded.
 *
 * Of one that is paused, in maintenance, or not checked yet, nothing is
 * measured: what was wrong with it ends. Where none is left, the state `paused`
 * without a subject says so. A state that nobody knows is measured as
 * `unknown`, on which no threshold can be held: what was wrong before goes on.
 */
function measure(monitors: AccountMonitor[], at: Date): Measurement[] {
  const measurements: Measurement[] = [];
  for (const monitor of monitors) {
    const subject = { id: monitor.id, name: monitor.name };
    const since = monitor.since ? new Date(monitor.since) : undefined;
    const value = measuredState(monitor, at);
    if (value) {
      measurements.push({
        metric: 'uptime.state',
        subject,
        value,
        ...(since ? { since } : {}),
      });
    }
    if (monitor.certificateExpiresAt) {
      const expiresAt = Date.parse(monitor.certificateExpiresAt);
      measurements.push({
        metric: 'uptime.certificateDays',
        subject,
        value: (expiresAt - at.getTime()) / DAY_MS,
      });
    }
  }
  return measurements.some(({ metric }) => metric === 'uptime.state')
    ? measurements
    : [...measurements, { metric: 'uptime.state', value: 'paused' }];
}

function measuredState(
  { state, since, downAfterSeconds = 0 }: AccountMonitor,
  at: Date,
): string | undefined {
  if (state === 'down') {
    const lasted = since
      ? (at.getTime() - Date.parse(since)) / 1000
      : downAfterSeconds;
    return lasted >= downAfterSeconds ? 'down' : 'degraded';
  }
  return ['up', 'degraded', 'unknown'].includes(state) ? state : undefined;
}

function notListed(wishes: MonitorWish[]): ProviderError {
  const names = wishes.map(({ by, value }) =>
    by === 'id' ? value : `${by} "${value.slice(0, LONGEST_NAME)}"`,
  );
  return new ProviderError({
    code: 'not-found',
    message: `UptimeRobot lists no monitor ${names
      .slice(0, 5)
      .join(', ')} for this key: check the annotation, or the key's account`,
  });
}

function unknownState(monitors: AccountMonitor[]): ProviderError | undefined {
  const monitor = monitors.find(({ state }) => state === 'unknown');
  return (
    monitor &&
    new ProviderError({
      code: 'malformed',
      message: `Whether the monitor "${monitor.name.slice(
        0,
        LONGEST_NAME,
      )}" is up cannot be told: ${monitor.reason}`,
    })
  );
}
