import { findMetric, METRIC_STATES } from '../metrics';
import { Threshold } from '../model';

/** The levels at which a threshold can fire.
 * @public */
export type BreachLevel = 'warning' | 'critical';

/**
 * What is remembered of one metric of a signal, on one subject, from one
 * evaluation to the next. It is kept also while all is well, so that a reading
 * that is delivered twice is known, and a threshold that is edited is held
 * against the last value at once.
 *
 * @public
 */
export interface BreachState {
  metric: string;
  subjectId?: string;
  subjectName?: string;
  /** When the breach of each level began: its first breaching observation. */
  warningSince?: string;
  criticalSince?: string;
  /** Good observations in a row while breaching; the second ends the breach. */
  warningGoodStreak?: number;
  criticalGoodStreak?: number;
  lastObservedAt: string;
  value: number | string;
  firing: BreachLevel | null;
}

/** One level of a breach while it is being evaluated. */
export interface BreachProgress {
  since?: string;
  goodStreak: number;
  firing: boolean;
}

/** A level that is not breached. */
export const NO_BREACH: BreachProgress = { goodStreak: 0, firing: false };

/** The level of a stored breach, ready to be carried on. */
export function progressOf(
  breach: BreachState | undefined,
  level: BreachLevel,
): BreachProgress {
  const since =
    level === 'warning' ? breach?.warningSince : breach?.criticalSince;
  if (!breach || since === undefined) {
    return NO_BREACH;
  }
  const goodStreak =
    level === 'warning' ? breach.warningGoodStreak : breach.criticalGoodStreak;
  return {
    since,
    goodStreak: goodStreak ?? 0,
    // Whatever is critical is past its warning too.
    firing: breach.firing === 'critical' || breach.firing === level,
  };
}

/**
 * Whether a value is on the bad side of a threshold: strictly above or below
 * it, or, for states, at it or after it. `undefined` when the two cannot be
 * compared; the measurement is then not evaluated.
 *
 * @public
 */
export function isBreach(
  metricId: string,
  value: number | string,
  threshold: number | string,
): boolean | undefined {
  const metric = findMetric(metricId);
  if (!metric) {
    return undefined;
  }
  if (metric.unit === 'state') {
    const states = METRIC_STATES[metricId] ?? [];
    const at = states.indexOf(String(value));
    const from = states.indexOf(String(threshold));
    return at < 0 || from < 0 ? undefined : at >= from;
  }
  if (typeof value !== 'number' || typeof threshold !== 'number') {
    return undefined;
  }
  return metric.direction === 'above' ? value > threshold : value < threshold;
}

/** Carries a level on over one new observation. */
export function observe(
  level: BreachProgress,
  observation: {
    breaching: boolean;
    observedAt: string;
    /** When a breach that is seen for the first time now began; without it, now. */
    beganAt?: string;
    forSeconds: number;
    /** Too much time went by since the last observation to know what was between. */
    afterHole: boolean;
  },
): BreachProgress {
  const { breaching, observedAt, forSeconds, afterHole } = observation;
  const { beganAt = observedAt } = observation;
  if (breaching) {
    const since = afterHole ? beganAt : level.since ?? beganAt;
    return {
      since,
      goodStreak: 0,
      firing: level.firing || secondsBetween(since, observedAt) >= forSeconds,
    };
  }
  if (level.since === undefined || afterHole || level.goodStreak >= 1) {
    return NO_BREACH;
  }
  return { ...level, goodStreak: level.goodStreak + 1 };
}

/**
 * Holds the last value against the thresholds that are in force now. Changes
 * nothing unless somebody edited them since that value was observed.
 */
export function reconsider(
  level: BreachProgress,
  last: { breaching: boolean; observedAt: string; forSeconds: number },
): BreachProgress {
  if (last.breaching) {
    return observe(level, { ...last, afterHole: false });
  }
  // A good value without a good streak: it was a breach under the thresholds of then.
  return level.goodStreak === 0 ? NO_BREACH : level;
}

/** The threshold of a level, or `undefined` where there is none. */
export function limitOf(
  threshold: Threshold | undefined,
  level: BreachLevel,
): number | string | undefined {
  return level === 'warning' ? threshold?.warning : threshold?.critical;
}

/** The seconds from one instant to another. */
export function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
