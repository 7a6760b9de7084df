import { MonitorReading } from '@watchkeeper/backstage-plugin-observability-common';
import {
  Measurement,
  MonitorHistory,
  ProviderError,
  Sample,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import { HttpCheck } from './config/HttpCheck';
import { historySince, isFlapping, NEW_CHECK } from './schedule/CheckState';
import { StoredCheck } from './schedule/CheckStore';
import { UNKNOWN_AFTER_INTERVALS } from './schedule/stepCheck';

const DAY_MS = 24 * 3600_000;

/** What there is to say of a target; nothing as long as none of its checks has run. */
export function readTarget(options: {
  key: string;
  checks: HttpCheck[];
  stored: ReadonlyMap<string, StoredCheck>;
  resultsOf: ReadonlyMap<string, { at: Date; responseMs: number }[]>;
  after: Date;
  through: Date;
  /** By check, up to when its changes are known already. */
  changesTold: Record<string, string>;
  now: Date;
}): TargetResult | undefined {
  const { key, checks, now, after, through } = options;
  const monitors: MonitorReading[] = [];
  const measurements: Measurement[] = [];
  const samples: Sample[] = [];
  const history: MonitorHistory[] = [];
  const unread: string[] = [];
  const changesTold: Record<string, string> = {};
  let problem: ProviderError | undefined;

  for (const check of checks) {
    const stored = options.stored.get(check.name);
    const monitor = toMonitor(check, stored, now);
    monitors.push(monitor);
    measurements.push(...measure(monitor, now));
    for (const result of options.resultsOf.get(check.name) ?? []) {
      if (result.at > after && result.at <= through) {
        samples.push({
          metric: 'uptime.responseMs',
          subject: check.name,
          at: result.at,
          value: result.responseMs,
        });
      }
    }
    const told = options.changesTold[check.name];
    const past = stored && historySince(stored.state, told);
    if (past) history.push({ monitorId: check.name, ...past });
    const last = stored?.state.changes.map(({ knownAt }) => knownAt).sort();
    const toldNow = last?.at(-1) ?? told;
    if (toldNow) changesTold[check.name] = toldNow;

    if (monitor.state === 'pending') unread.push(check.name);
    if (monitor.state === 'unknown') {
      problem ??= new ProviderError({
        code:
          stored?.state.state === 'unknown' ? 'misconfigured' : 'unavailable',
        message: `The check ${check.name} is not known to be well: ${monitor.reason}`,
      });
    }
  }
  if (unread.length === monitors.length) return undefined;
  return {
    key,
    results: [
      {
        kind: 'uptime',
        observedAt: now,
        data: { monitors },
        measurements,
        samples,
        ...(history.length > 0 && { history }),
        ...(problem && { problem }),
      },
    ],
    state: { through: through.toISOString(), changesTold },
  };
}

function toMonitor(
  check: HttpCheck,
  stored: StoredCheck | undefined,
  now: Date,
): MonitorReading {
  const known = stored?.state ?? NEW_CHECK;
  const url = new URL(check.url);
  const monitor: MonitorReading = {
    id: check.name,
    name: check.name,
    // A query may hold a token.
    url: `${url.origin}${url.pathname}`,
    type: 'http',
    state: known.state,
    ...(known.since && { since: known.since }),
    ...(known.reason && { reason: known.reason }),
    ...(isFlapping(known, now) && { flapping: true }),
    ...(known.responseMs !== undefined && {
      responseMs: known.responseMs,
      responseObservedAt: known.respondedAt,
    }),
    intervalSeconds: check.intervalSeconds,
    downAfterSeconds: check.downAfterSeconds,
    detectionSeconds: check.intervalSeconds + check.downAfterSeconds,
    ...(known.certificateExpiresAt && {
      certificateExpiresAt: known.certificateExpiresAt,
    }),
  };
  const lastSign = known.checkedAt ?? stored?.createdAt.toISOString();
  const silentSeconds = lastSign
    ? (now.getTime() - Date.parse(lastSign)) / 1000
    : 0;
  const longestSilence =
    UNKNOWN_AFTER_INTERVALS * check.intervalSeconds + check.timeoutSeconds;
  return silentSeconds > longestSilence
    ? {
        ...monitor,
        state: 'unknown',
        since: lastSign,
        reason: known.checkedAt
          ? `it was not checked since ${lastSign}`
          : 'it was never checked',
        flapping: undefined,
      }
    : monitor;
}

function measure(monitor: MonitorReading, now: Date): Measurement[] {
  const subject = { id: monitor.id, name: monitor.name };
  const measurements: Measurement[] = [];
  if (['up', 'degraded', 'down'].includes(monitor.state)) {
    measurements.push({
      metric: 'uptime.state',
      subject,
      value: monitor.state,
      ...(monitor.since && { since: new Date(monitor.since) }),
    });
  }
  if (monitor.certificateExpiresAt) {
    const expiresAt = Date.parse(monitor.certificateExpiresAt);
    measurements.push({
      metric: 'uptime.certificateDays',
      subject,
      value: (expiresAt - now.getTime()) / DAY_MS,
    });
  }
  return measurements;
}
