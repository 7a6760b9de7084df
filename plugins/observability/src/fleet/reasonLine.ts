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

/** Shortens a reason for a row of the list; its full sentence is in the tooltip. */
export function reasonLine(
  reason: Reason,
  format: Format,
  t: Translate,
): ReasonLine {
  const { metric, unit, value, subject, message } = reason;
  if (reason.level === 'unknown') {
    // Not about a measurement: the word for what hinders, then the sentence.
    return isKeyOf(PROBLEM_KEYS, value)
      ? { value: t(PROBLEM_KEYS[value]), detail: message }
      : { value: message };
  }
  if (!isKeyOf(METRIC_KEYS, metric)) {
    return { value: message };
  }
  const name = t(METRIC_KEYS[metric]);
  return {
    what: subject
      ? t('health.reason.subject', { what: name, subject: subject.name })
      : name,
    value: metricValue(metric, unit, value, format, t),
    // The limit of a state is the state itself.
    detail:
      typeof reason.threshold === 'number'
        ? thresholdText(reason, undefined, format, t)
        : undefined,
  };
}
