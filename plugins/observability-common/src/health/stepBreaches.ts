import { findMetric } from '../metrics';
import { Threshold } from '../model';
import {
  BreachLevel,
  BreachProgress,
  BreachState,
  isBreach,
  limitOf,
  NO_BREACH,
  observe,
  progressOf,
  reconsider,
  secondsBetween,
} from './breach';
import {
  SignalEvaluationInput,
  SignalMeasurement,
  SignalObservation,
} from './SignalState';
import { STALE_AFTER_INTERVALS } from './sourceReason';

/** How one breach went on in this evaluation. */
export interface BreachStep {
  before?: BreachState;
  /** None when its subject is gone. */
  after?: BreachState;
  /** Why it ends, if it does. */
  because: 'measured' | 'unmeasured' | 'edited';
}

/** Carries every breach of a signal on over one evaluation, and begins those that are new. */
export function stepBreaches(
  input: SignalEvaluationInput,
  observation: SignalObservation | undefined,
): BreachStep[] {
  const byMetric = new Map(
    input.thresholds.map(threshold => [threshold.metric, threshold]),
  );
  const measured = new Map<string, SignalMeasurement>();
  const measuredMetrics = new Set<string>();
  for (const measurement of observation?.measurements ?? []) {
    measured.set(
      keyOf(measurement.metric, measurement.subject?.id),
      measurement,
    );
    measuredMetrics.add(measurement.metric);
  }

  const steps: BreachStep[] = [];
  const known = new Set<string>();
  for (const before of input.previous?.breaches ?? []) {
    const key = keyOf(before.metric, before.subjectId);
    const at = Date.parse(before.lastObservedAt);
    known.add(key);

    const isNew =
      observation !== undefined && Date.parse(observation.observedAt) > at;
    const isSame =
      observation !== undefined && Date.parse(observation.observedAt) === at;
    const measurement = measured.get(key);
    const threshold = byMetric.get(before.metric);
    if (isNew && !measurement && measuredMetrics.has(before.metric)) {
      steps.push({ before, because: 'unmeasured' });
    } else if (isNew && measurement && isEvaluated(measurement)) {
      const after = advance(
        before,
        measurement,
        observation.observedAt,
        threshold,
        input.intervalSeconds,
      );
      steps.push({ before, after, because: 'measured' });
    } else if (
      isSame &&
      measurement &&
      isEvaluated(measurement) &&
      measurement.value !== before.value
    ) {
      const corrected = { ...before, value: measurement.value };
      steps.push({
        before,
        after: underThreshold(corrected, threshold),
        because: 'measured',
      });
    } else {
      steps.push({
        before,
        after: underThreshold(before, threshold),
        because: 'edited',
      });
    }
  }

  for (const [key, measurement] of measured) {
    if (observation && !known.has(key) && isEvaluated(measurement)) {
      const after = advance(
        undefined,
        measurement,
        observation.observedAt,
        byMetric.get(measurement.metric),
        input.intervalSeconds,
      );
      steps.push({ after, because: 'measured' });
    }
  }
  return steps;
}

/** The breach after one more observation. */
function advance(
  before: BreachState | undefined,
  measurement: SignalMeasurement,
  observedAt: string,
  threshold: Threshold | undefined,
  intervalSeconds: number,
): BreachState {
  const current = before && underThreshold(before, threshold);
  const afterHole =
    current !== undefined &&
    secondsBetween(current.lastObservedAt, observedAt) >
      STALE_AFTER_INTERVALS * intervalSeconds;
  const next = (level: BreachLevel): BreachProgress => {
    const limit = limitOf(threshold, level);
    if (limit === undefined) {
      return NO_BREACH;
    }
    const progress = progressOf(current, level);
    return observe(
      // An edit alone would have made it fire; now that there is a newer value, that decides.
      {
        ...progress,
        firing: progress.firing && progressOf(before, level).firing,
      },
      {
        breaching:
          isBreach(measurement.metric, measurement.value, limit) ?? false,
        observedAt,
        beganAt: beganAt(measurement, observedAt, current, progress),
        forSeconds: threshold?.forSeconds ?? 0,
        afterHole,
      },
    );
  };
  return breachState(
    {
      metric: measurement.metric,
      subjectId: measurement.subject?.id,
      subjectName: measurement.subject?.name,
      lastObservedAt: observedAt,
      value: measurement.value,
    },
    next('warning'),
    next('critical'),
  );
}

/**
 * When a breach that is seen for the first time began: since the source has the
 * value, as far as that does not contradict what was seen.
 */
function beganAt(
  measurement: SignalMeasurement,
  observedAt: string,
  last: BreachState | undefined,
  progress: BreachProgress,
): string {
  const since = Date.parse(measurement.since ?? '');
  if (Number.isNaN(since)) {
    return observedAt;
  }
  // The last observation was good, unless the level was in breach.
  const isGood = progress.since === undefined || progress.goodStreak > 0;
  const earliest = isGood ? last?.lastObservedAt : progress.since;
  const began = earliest ? Math.max(since, Date.parse(earliest)) : since;
  return new Date(Math.min(began, Date.parse(observedAt))).toISOString();
}

/** The breach as the thresholds in force make it, whatever they were before. */
function underThreshold(
  breach: BreachState,
  threshold: Threshold | undefined,
): BreachState {
  const next = (level: BreachLevel): BreachProgress => {
    const limit = limitOf(threshold, level);
    return limit === undefined
      ? NO_BREACH
      : reconsider(progressOf(breach, level), {
          breaching: isBreach(breach.metric, breach.value, limit) ?? false,
          observedAt: breach.lastObservedAt,
          forSeconds: threshold?.forSeconds ?? 0,
        });
  };
  return breachState(breach, next('warning'), next('critical'));
}

function breachState(
  observed: Pick<
    BreachState,
    'metric' | 'subjectId' | 'subjectName' | 'lastObservedAt' | 'value'
  >,
  warning: BreachProgress,
  critical: BreachProgress,
): BreachState {
  const { metric, subjectId, subjectName, lastObservedAt, value } = observed;
  let firing: BreachLevel | null = null;
  if (critical.firing) {
    firing = 'critical';
  } else if (warning.firing) {
    firing = 'warning';
  }
  return {
    metric,
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(subjectName === undefined ? {} : { subjectName }),
    ...(warning.since === undefined ? {} : { warningSince: warning.since }),
    ...(critical.since === undefined ? {} : { criticalSince: critical.since }),
    ...(warning.goodStreak ? { warningGoodStreak: warning.goodStreak } : {}),
    ...(critical.goodStreak ? { criticalGoodStreak: critical.goodStreak } : {}),
    lastObservedAt,
    value,
    firing,
  };
}

/** Whether a measurement can be held against thresholds at all. */
function isEvaluated(measurement: SignalMeasurement): boolean {
  const { metric: id, value, count } = measurement;
  const metric = findMetric(id);
  if (
    !metric ||
    (metric.minimumCount !== undefined &&
      count !== undefined &&
      count < metric.minimumCount)
  ) {
    return false;
  }
  return metric.unit === 'state'
    ? isBreach(id, value, value) !== undefined
    : typeof value === 'number' && Number.isFinite(value);
}

function keyOf(metric: string, subjectId: string | undefined): string {
  return JSON.stringify([metric, subjectId ?? null]);
}
