import { findMetric } from '@watchkeeper/backstage-plugin-observability-common';

/** The unit of a metric. Series that have no thresholds are no `METRICS`; their unit is in their name. */
export function unitOf(metric: string): string {
  const known = findMetric(metric);
  if (known) {
    return known.unit;
  }
  if (metric.endsWith('Ms')) {
    return 'milliseconds';
  }
  if (metric.endsWith('PerMinute')) {
    return 'per-minute';
  }
  return metric.endsWith('Rate') ? 'fraction' : 'count';
}
