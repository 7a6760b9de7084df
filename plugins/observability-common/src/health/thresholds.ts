import { Metric, METRIC_STATES, METRICS } from '../metrics';
import { SignalKind, Threshold } from '../model';
import { BreachLevel } from './breach';

/** One metric's thresholds as a person overrides them. `null` switches a level off.
 * @public */
export interface ThresholdOverride {
  warning?: number | string | null;
  critical?: number | string | null;
  forSeconds?: number;
}

/** Overrides by metric id.
 * @public */
export type ThresholdOverrides = Record<string, ThresholdOverride>;

const LEVELS: readonly BreachLevel[] = ['warning', 'critical'];

/**
 * The thresholds of a kind of signal: the defaults, changed by each layer of
 * overrides in turn (configuration, then the entity's annotation). A metric
 * whose levels are all switched off has none.
 *
 * A layer that names one level only may put it past the other, which it
 * inherits: `warning: 0.05` over the default `critical: 0.01`. Whoever wrote it
 * said that up to 0.05 nothing is wrong, so the inherited level moves there too;
 * critical never comes before warning.
 *
 * @public
 */
export function thresholdsInForce(
  kind: SignalKind,
  ...layers: ThresholdOverrides[]
): Threshold[] {
  const thresholds: Threshold[] = [];
  for (const metric of METRICS) {
    if (metric.kind !== kind) {
      continue;
    }
    const { id, unit, warning, critical, forSeconds } = metric;
    const threshold: Threshold = { metric: id, unit };
    assignDefined(threshold, { warning, critical, forSeconds });
    for (const layer of layers) {
      if (Object.hasOwn(layer, id)) {
        applyOverride(metric, threshold, layer[id]);
      }
    }
    if (threshold.warning !== undefined || threshold.critical !== undefined) {
      thresholds.push(threshold);
    }
  }
  return thresholds;
}

function applyOverride(
  metric: Metric,
  threshold: Threshold,
  override: ThresholdOverride,
) {
  for (const level of LEVELS) {
    const value = override[level];
    if (value === null) {
      delete threshold[level];
    } else if (value !== undefined) {
      threshold[level] = value;
    }
  }
  if (override.forSeconds !== undefined) {
    threshold.forSeconds = override.forSeconds;
  }
  const { warning, critical } = threshold;
  if (
    warning !== undefined &&
    critical !== undefined &&
    isMilder(metric, critical, warning)
  ) {
    if (typeof override.critical === 'undefined') {
      threshold.critical = warning;
    } else {
      threshold.warning = critical;
    }
  }
}

/** Whether a limit is reached before another one. */
export function isMilder(
  metric: Metric,
  limit: number | string,
  than: number | string,
): boolean {
  const states = METRIC_STATES[metric.id];
  const [a, b] = states
    ? [states.indexOf(String(limit)), states.indexOf(String(than))]
    : [Number(limit), Number(than)];
  return metric.direction === 'above' ? a < b : a > b;
}

function assignDefined(
  threshold: Threshold,
  values: Pick<Threshold, 'warning' | 'critical' | 'forSeconds'>,
) {
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) {
      Object.assign(threshold, { [key]: value });
    }
  }
}
