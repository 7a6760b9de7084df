import {
  findMetric,
  Reason,
  Threshold,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Format, Translate } from '../shared';

const METRIC_KEYS = {
  'errors.rate': 'health.metric.errorsRate',
  'errors.count': 'health.metric.errorsCount',
  'performance.p95Ms': 'health.metric.performanceP95',
  'releases.newIssues': 'health.metric.releasesNewIssues',
  'releases.regression': 'health.metric.releasesRegression',
  'uptime.state': 'health.metric.uptimeState',
  'uptime.certificateDays': 'health.metric.uptimeCertificate',
  'database.cpu': 'health.metric.databaseCpu',
  'database.memory': 'health.metric.databaseMemory',
  'database.disk': 'health.metric.databaseDisk',
  'database.connections': 'health.metric.databaseConnections',
  'database.connectionCount': 'health.metric.databaseConnections',
  'database.slowQueryMs': 'health.metric.databaseSlowQuery',
  'database.backup': 'health.metric.databaseBackup',
} as const;

const STATE_KEYS = {
  up: 'health.metricState.up',
  degraded: 'health.metricState.degraded',
  down: 'health.metricState.down',
  passed: 'health.metricState.passed',
  failed: 'health.metricState.failed',
  missing: 'health.metricState.missing',
} as const;

function isState(value: string): value is keyof typeof STATE_KEYS {
  return Object.hasOwn(STATE_KEYS, value);
}

function hasName(metric: string): metric is keyof typeof METRIC_KEYS {
  return metric in METRIC_KEYS;
}

/** A metric in the reader's words; its id where we have none. */
export function metricName(metric: string, t: Translate): string {
  return hasName(metric) ? t(METRIC_KEYS[metric]) : metric;
}

/** A measured value, or a limit, with its unit. */
export function metricValue(
  metric: string,
  unit: string,
  value: number | string | null,
  format: Format,
  t: Translate,
): string {
  if (value === null) {
    return t('health.reason.noValue');
  }
  if (typeof value === 'string') {
    return unit === 'state' && isState(value) ? t(STATE_KEYS[value]) : value;
  }
  if (metric === 'uptime.certificateDays' && value < 0) {
    return t('health.uptime.expired');
  }
  if (metric === 'releases.regression') {
    return format.change(value);
  }
  switch (unit) {
    case 'fraction':
      return format.percent(value, { minimum: 0, maximum: 2 });
    case 'milliseconds':
      return format.milliseconds(value);
    case 'per-minute':
      return format.perMinute(value);
    case 'days':
      return t('shared.unit.days', { count: Math.floor(value) });
    case 'hours':
      return t('shared.unit.hours', { count: Math.floor(value) });
    default:
      return format.number(value, 1);
  }
}

/** The limit that a reason broke: `limit 70 %, critical at 80 %`. */
export function thresholdText(
  reason: Reason,
  threshold: Threshold | undefined,
  format: Format,
  t: Translate,
): string {
  const { metric, unit } = reason;
  // The limit of a state is the state itself.
  if (reason.threshold === null || unit === 'state') {
    return '';
  }
  const write = (value: number | string) =>
    metricValue(metric, unit, value, format, t);
  const below = findMetric(metric)?.direction === 'below';
  let limit: string = t(
    below ? 'health.reason.limitBelow' : 'health.reason.limit',
    {
      value: write(reason.threshold),
    },
  );
  if (metric === 'releases.regression') {
    limit = t('health.reason.againstPrevious', { limit });
  }
  if (threshold?.forSeconds) {
    limit = t('health.reason.forDuration', {
      limit,
      duration: format.duration(threshold.forSeconds * 1000),
    });
  }
  if (reason.level === 'warning' && threshold?.critical !== undefined) {
    limit = t('health.reason.andCritical', {
      limit,
      critical: write(threshold.critical),
    });
  }
  return limit;
}
