import {
  ProblemCode,
  Reason,
} from '@watchkeeper/backstage-plugin-observability-common';
import { metricValue, thresholdText } from '../health/metricText';
import { Format, Translate } from '../shared';

const METRIC_KEYS = {
  'errors.rate': 'fleet.metric.errorsRate',
  'errors.count': 'fleet.metric.errorsCount',
  'performance.p95Ms': 'fleet.metric.performanceP95',
  'releases.newIssues': 'fleet.metric.releasesNewIssues',
  'releases.regression': 'fleet.metric.releasesRegression',
  'uptime.state': 'fleet.metric.uptimeState',
  'uptime.certificateDays': 'fleet.metric.uptimeCertificate',
  'database.cpu': 'fleet.metric.databaseCpu',
  'database.memory': 'fleet.metric.databaseMemory',
  'database.disk': 'fleet.metric.databaseDisk',
  'database.connections': 'fleet.metric.databaseConnections',
  'database.connectionCount': 'fleet.metric.databaseConnections',
  'database.slowQueryMs': 'fleet.metric.databaseSlowQuery',
  'database.backup': 'fleet.metric.databaseBackup',
} as const;

const PROBLEM_KEYS = {
  unauthorized: 'health.problemWord.unauthorized',
  forbidden: 'health.problemWord.forbidden',
  'not-found': 'health.problemWord.notFound',
  'rate-limited': 'health.problemWord.rateLimited',
  unavailable: 'health.problemWord.unavailable',
  timeout: 'health.problemWord.timeout',
  malformed: 'health.problemWord.malformed',
  misconfigured: 'health.problemWord.misconfigured',
  stale: 'health.problemWord.stale',
} as const satisfies Record<ProblemCode | 'stale', string>;

/** A reason on one line: what, how much, against what. */
export interface ReasonLine {
  what?: string;
  value: string;
  detail?: string;
}

function isKeyOf<T extends object>(keys: T, key: unknown): key is keyof T {
  return typeof key === 'string' && Object.hasOwn(keys, key);
}

const STATE_KEYS = {
  degraded: 'fleet.reason.degraded',
  down: 'fleet.reason.down',
  failed: 'fleet.reason.failed',
  missing: 'fleet.reason.missing',
} as const;

/** Shortens a reason for a row of the list; its full sentence is in the tooltip. */
export function reasonLine(
  reason: Reason,
  format: Format,
  t: Translate,
): ReasonLine {
  const { metric, value, message } = reason;
  if (reason.level === 'unknown') {
    // Not about a measurement: the word for what hinders, then the sentence.
    return isKeyOf(PROBLEM_KEYS, value)
      ? { value: t(PROBLEM_KEYS[value]), detail: message }
      : { value: message };
  }
  if (!isKeyOf(METRIC_KEYS, metric) || value === null) {
    return { value: message };
  }
  const name = t(METRIC_KEYS[metric]);
  if (typeof value === 'string') {
    // The limit of a state is the state itself.
    return {
      what: reason.subject?.name ?? name,
      value: isKeyOf(STATE_KEYS, value) ? t(STATE_KEYS[value]) : value,
    };
  }
  const limit = thresholdText(reason, undefined, format, t);
  switch (metric) {
    case 'releases.regression':
      return {
        what: releaseName(reason, t) ?? name,
        value:
          reason.level === 'critical'
            ? t('fleet.reason.rollBack')
            : format.change(value),
        detail: reason.level === 'critical' ? undefined : limit,
      };
    case 'releases.newIssues':
      return {
        what: releaseName(reason, t),
        value: t('fleet.reason.newIssues', { count: value }),
        detail: limit,
      };
    case 'uptime.certificateDays':
      return {
        what: name,
        value:
          value < 0
            ? t('fleet.reason.certificateExpired')
            : t('fleet.reason.certificateLeft', {
                duration: metricValue(metric, reason.unit, value, format, t),
              }),
        detail: limit,
      };
    default:
      return {
        what: name,
        value: metricValue(metric, reason.unit, value, format, t),
        detail: limit,
      };
  }
}

function releaseName(reason: Reason, t: Translate): string | undefined {
  return (
    reason.subject &&
    t('fleet.reason.release', { version: reason.subject.name })
  );
}
