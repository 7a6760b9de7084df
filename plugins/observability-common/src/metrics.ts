import { SignalKind } from './model/Signal';

/** The units in which metrics are measured. Fractions are 0..1 until they are drawn.
 * @public */
export type MetricUnit =
  | 'count'
  | 'fraction'
  | 'milliseconds'
  | 'days'
  | 'hours'
  | 'per-minute'
  | 'state';

/** A metric on which thresholds can be set.
 * @public */
export interface Metric {
  /** `<kind>.<name>`, with the unit in the name where it has one. */
  id: string;
  kind: SignalKind;
  unit: MetricUnit;
  /** The side on which a value is bad: strictly above, or strictly below, its threshold. */
  direction: 'above' | 'below';
  /** The span of time that one measurement covers. */
  windowSeconds?: number;
  /** A measurement over fewer events or requests than this is not evaluated. */
  minimumCount?: number;
  /** No value is larger; a threshold beyond it could never be breached. */
  maximum?: number;
  /** What one aims for; drawn, never alerted on. */
  goal?: number;
  /** Defaults; `string` only for the unit `state`. */
  warning?: number | string;
  critical?: number | string;
  /** How long a breach must last before it counts. */
  forSeconds?: number;
  /** The name under which runbooks and alerts know it. */
  alertName: string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * The only list of metrics. The defaults are those of the operations guide:
 * "Error Rate", "Alertes Sentry", "Alert Runbooks", "Database Health".
 *
 * @public
 */
export const METRICS: readonly Metric[] = [
  {
    id: 'errors.rate',
    kind: 'errors',
    unit: 'fraction',
    direction: 'above',
    maximum: 1,
    windowSeconds: 5 * MINUTE,
    minimumCount: 100,
    warning: 0.001,
    critical: 0.01,
    alertName: 'ErrorRate',
  },
  {
    id: 'errors.count',
    kind: 'errors',
    unit: 'count',
    direction: 'above',
    windowSeconds: 5 * MINUTE,
    warning: 10,
    critical: 50,
    alertName: 'ErrorRateSpike',
  },
  {
    id: 'performance.p95Ms',
    kind: 'performance',
    unit: 'milliseconds',
    direction: 'above',
    windowSeconds: 5 * MINUTE,
    goal: 500,
    warning: 1000,
    forSeconds: 10 * MINUTE,
    alertName: 'SlowResponseTime',
  },
  {
    id: 'releases.newIssues',
    kind: 'releases',
    unit: 'count',
    direction: 'above',
    windowSeconds: HOUR,
    warning: 5,
    alertName: 'NewReleaseIssues',
  },
  {
    id: 'releases.regression',
    kind: 'releases',
    unit: 'fraction',
    direction: 'above',
    minimumCount: 100,
    warning: 0.2,
    critical: 0.5,
    alertName: 'ReleaseRegression',
  },
  {
    id: 'uptime.state',
    kind: 'uptime',
    unit: 'state',
    direction: 'above',
    warning: 'degraded',
    critical: 'down',
    alertName: 'SiteDown',
  },
  {
    id: 'uptime.certificateDays',
    kind: 'uptime',
    unit: 'days',
    direction: 'below',
    warning: 14,
    critical: 3,
    alertName: 'CertificateExpiring',
  },
  {
    id: 'database.cpu',
    kind: 'database',
    unit: 'fraction',
    direction: 'above',
    maximum: 1,
    warning: 0.7,
    critical: 0.8,
    forSeconds: 10 * MINUTE,
    alertName: 'DatabaseCpuHigh',
  },
  {
    id: 'database.memory',
    kind: 'database',
    unit: 'fraction',
    direction: 'above',
    maximum: 1,
    warning: 0.8,
    critical: 0.9,
    alertName: 'DatabaseMemoryHigh',
  },
  {
    id: 'database.disk',
    kind: 'database',
    unit: 'fraction',
    direction: 'above',
    maximum: 1,
    warning: 0.8,
    critical: 0.9,
    alertName: 'DatabaseDiskFull',
  },
  {
    id: 'database.connections',
    kind: 'database',
    unit: 'fraction',
    direction: 'above',
    maximum: 1,
    warning: 0.8,
    alertName: 'DatabaseConnectionsHigh',
  },
  {
    id: 'database.connectionCount',
    kind: 'database',
    unit: 'count',
    direction: 'above',
    warning: 100,
    alertName: 'DatabaseConnectionsHigh',
  },
  {
    id: 'database.slowQueryMs',
    kind: 'database',
    unit: 'milliseconds',
    direction: 'above',
    warning: 1000,
    alertName: 'SlowQuery',
  },
  {
    id: 'database.backup',
    kind: 'database',
    unit: 'state',
    direction: 'above',
    warning: 'failed',
    critical: 'missing',
    alertName: 'BackupMissing',
  },
];

/**
 * For metrics of the unit `state`: the order of their values, worst last. A
 * value breaches a threshold when it stands at or after it.
 *
 * @public
 */
export const METRIC_STATES: Record<string, readonly string[]> = {
  'uptime.state': ['up', 'degraded', 'down'],
  'database.backup': ['passed', 'failed', 'missing'],
};

/** The units of series: those of metrics, and of what is only drawn.
 * @public
 */
export type SeriesUnit = MetricUnit | 'seconds' | 'bytes';

/** The series that have no thresholds, and so are no `METRICS`.
 * @public
 */
export const SERIES_UNITS: Readonly<Record<string, SeriesUnit>> = {
  'performance.throughputPerMinute': 'per-minute',
  'performance.failureRate': 'fraction',
  'uptime.responseMs': 'milliseconds',
  'database.cacheHit': 'fraction',
  'database.replicationLagSeconds': 'seconds',
  'database.sizeBytes': 'bytes',
};

const byId = new Map(METRICS.map(metric => [metric.id, metric]));

/** The metric of that id, or `undefined`.
 * @public */
export function findMetric(id: string): Metric | undefined {
  return byId.get(id);
}

/** The unit of a series; what nobody named is a count.
 * @public
 */
export function unitOfSeries(metric: string): SeriesUnit {
  const known = findMetric(metric);
  if (known) {
    return known.unit;
  }
  return Object.hasOwn(SERIES_UNITS, metric) ? SERIES_UNITS[metric] : 'count';
}

/** The part of a name that matching looks at: case and punctuation are ignored.
 * @public */
export function normalizeAlertName(name: string): string {
  return name
    .normalize('NFKC')
    .toLocaleLowerCase('en')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * The metrics that an alert name or a metric id stands for; empty when the name
 * is not ours.
 *
 * @public
 */
export function metricsOfAlert(name: string): Metric[] {
  const wanted = normalizeAlertName(name);
  return METRICS.filter(
    metric =>
      normalizeAlertName(metric.id) === wanted ||
      normalizeAlertName(metric.alertName) === wanted,
  );
}
