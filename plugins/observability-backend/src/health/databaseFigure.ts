import {
  EntityHealth,
  findMetric,
  isBreach,
  SignalMeasurement,
  SignalState,
  Status,
  STATUS_RANK,
  Threshold,
} from '@watchkeeper/backstage-plugin-observability-common';

/** The figure that the list of all services shows of a database. */
export type DatabaseFigure = NonNullable<EntityHealth['database']>;

/** A database signal as it was evaluated. */
export interface EvaluatedDatabase {
  measurements: SignalMeasurement[];
  thresholds: Threshold[];
  state: SignalState;
}

/**
 * Of all figures of an entity's databases the one that is worst: what fires
 * before what does not, then the one that is nearest to its limit, or furthest
 * past it. Pure.
 */
export function databaseFigure(
  databases: EvaluatedDatabase[],
): DatabaseFigure | undefined {
  let worst: { figure: DatabaseFigure; nearness: number } | undefined;
  for (const { measurements, thresholds, state } of databases) {
    for (const measurement of measurements) {
      const { metric, value } = measurement;
      const threshold = thresholds.find(
        candidate => candidate.metric === metric,
      );
      const nearness = threshold && nearnessOf(value, threshold);
      if (nearness === undefined) {
        continue;
      }
      const figure = { metric, value, status: statusOf(measurement, state) };
      const isWorse =
        !worst ||
        STATUS_RANK[figure.status] > STATUS_RANK[worst.figure.status] ||
        (figure.status === worst.figure.status && nearness > worst.nearness);
      if (isWorse) {
        worst = { figure, nearness };
      }
    }
  }
  return worst?.figure;
}

/** How much of the way to its first limit a value has gone: 1 is there. */
function nearnessOf(
  value: number | string,
  threshold: Threshold,
): number | undefined {
  const { metric, warning, critical } = threshold;
  const limit = warning ?? critical;
  if (limit === undefined) {
    return undefined;
  }
  const breached = isBreach(metric, value, limit);
  if (breached === undefined || typeof value !== typeof limit) {
    return undefined;
  }
  if (typeof value === 'string' || typeof limit === 'string') {
    return breached ? 1 : 0;
  }
  const [part, whole] =
    findMetric(metric)?.direction === 'below' ? [limit, value] : [value, limit];
  if (whole <= 0) {
    return breached ? 1 : 0;
  }
  return Number.isFinite(value) ? part / whole : undefined;
}

function statusOf(
  { metric, subject }: SignalMeasurement,
  state: SignalState,
): Status {
  const firing = state.breaches.find(
    breach => breach.metric === metric && breach.subjectId === subject?.id,
  )?.firing;
  // A value of a source that fails is an old one.
  return firing ?? (state.status === 'unknown' ? 'unknown' : 'ok');
}
