import { findMetric } from '../metrics';
import { Problem, Reason, SignalKind, Threshold } from '../model';
import { Status, worstStatus } from '../status';
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
import { describeReason, describeRecovery } from './describeReason';
import { sortReasons } from './sortReasons';
import {
  SOURCE_METRIC,
  sourceReasonOf,
  STALE_AFTER_INTERVALS,
} from './sourceReason';

/** One reading of a signal, as far as thresholds are concerned.
 * @public */
export interface SignalObservation {
  observedAt: string;
  /** All that was measured, also what did not change. */
  measurements: SignalMeasurement[];
}

/** One value that thresholds are held against.
 * @public */
export interface SignalMeasurement {
  metric: string;
  subject?: { id: string; name: string };
  value: number | string;
  /** How many events or requests it stands for, where a metric asks for a minimum. */
  count?: number;
}

/** What an evaluation found, and what the next one needs.
 * @public */
export interface SignalState {
  status: Status;
  /** When that status began. */
  since: string | null;
  /** Worst first, then longest. */
  reasons: Reason[];
  breaches: BreachState[];
}

/** The change of one metric of a signal, on one subject.
 * @public */
export interface BreachTransition {
  metric: string;
  subject?: { id: string; name: string };
  from: BreachLevel | null;
  to: BreachLevel | null;
  /** The instant of the evaluation that saw it. */
  at: string;
  value: number | string;
  /** The same in words, in English. */
  message: string;
}

/** @public */
export interface SignalEvaluationInput {
  kind: SignalKind;
  /** The source, for people: "Sentry (default)". */
  sourceName: string;
  /** How often the source is read. */
  intervalSeconds: number;
  /** Those in force: `thresholdsInForce`. */
  thresholds: Threshold[];
  /** What the last evaluation found; none the first time. */
  previous?: SignalState;
  /** The last reading. One that was evaluated before, or is older, changes nothing. */
  observation?: SignalObservation;
  /** When the last good reading was made, this one included; `null` when there never was one. */
  lastObservedAt: string | null;
  /** What keeps the source from being read at present. */
  problem?: Problem;
  now: string;
}

/** @public */
export interface SignalEvaluation {
  state: SignalState;
  transitions: BreachTransition[];
}

/**
 * Tells how a signal is, from what it was and what was read since. Pure: the
 * same input gives the same answer, and a reading that is handed in again, or
 * an evaluation without one, changes nothing.
 *
 * How a breach lives:
 *
 * - Each level of each metric, on each subject, is followed by itself. A breach
 *   begins with the first breaching observation, and that instant is its
 *   `since`. The level fires at the breaching observation that comes `for`
 *   later or more, so at once where there is no `for`.
 * - The second good observation in a row ends it. After the first the level
 *   still fires, and one more breach goes on as if nothing had been.
 * - What was not measured, was measured over fewer events than the metric asks
 *   for, or has a value that cannot be compared, was not observed: nothing
 *   changes, and a level that fires goes on firing.
 * - After a hole of more than three intervals nobody knows what was in between,
 *   so the next observation decides alone. A good one ends the breach, without
 *   a second. A bad one begins it anew: `since` is that observation. A level
 *   that fired before the hole goes on firing without waiting for its `for`
 *   again, since all that is known of it is bad, and a recovery that nobody saw
 *   must not be told.
 * - A metric may be measured on several subjects, such as releases. A subject
 *   that is missing from an observation of the same metric on others is gone
 *   (the release was replaced, the monitor removed) and its breach with it, at
 *   once.
 * - Edited thresholds are held against the last observed value at the next
 *   evaluation, without waiting for an observation or for a second good one. A
 *   longer `for` leaves alone what fires already: it says how breaches begin.
 *
 * What the status is:
 *
 * - The worst level that fires. Without any, `ok`.
 * - A source that fails or went silent makes `ok` to `unknown` and adds its own
 *   reason; it leaves `warning` and `critical` alone, because a failing source
 *   never improves a status. It counts at once where waiting does not help, and
 *   otherwise when the last good reading is older than three intervals.
 * - What was never read is `unknown`, without a reason unless the source fails:
 *   the first answer is still to come.
 * - `unknown` becomes `ok` by a reading alone.
 * - `since` is kept while the status stays, except that it moves back when a
 *   breach fires that began earlier. `warning` and `critical` began with the
 *   earliest of their breaches, the others at the evaluation that found them.
 *
 * @public
 */
export function evaluateSignal(input: SignalEvaluationInput): SignalEvaluation {
  const { previous, thresholds, now } = input;
  const observation = newestObservation(input);
  const steps = stepBreaches(input, observation);

  const breaches: BreachState[] = [];
  const transitions: BreachTransition[] = [];
  const reasons: Reason[] = [];
  for (const { before, after, because } of steps) {
    const breach = after ?? before;
    const from = before?.firing ?? null;
    const to = after?.firing ?? null;
    const reason = after && reasonOf(after, thresholds);
    if (after) {
      breaches.push(after);
    }
    if (reason) {
      reasons.push(reason);
    }
    if (breach && from !== to) {
      transitions.push({
        metric: breach.metric,
        subject: subjectOf(breach),
        from,
        to,
        at: now,
        value: breach.value,
        message:
          reason?.message ??
          describeRecovery({
            metric: breach.metric,
            subject: subjectOf(breach),
            value: breach.value,
            because,
          }),
      });
    }
  }

  const firing = worstStatus(reasons.map(({ level }) => level));
  const sourceReason =
    sourceReasonOf(input) ?? carriedSourceReason(input, observation);
  if (sourceReason) {
    reasons.push(sourceReason);
  }
  const isUnknown =
    sourceReason !== undefined ||
    input.lastObservedAt === null ||
    (!observation && (!previous || previous.status === 'unknown'));
  const status = firing ?? (isUnknown ? 'unknown' : 'ok');
  const sorted = sortReasons(reasons);
  return {
    state: {
      status,
      since: sinceOf(status, sorted, previous, now),
      reasons: sorted,
      breaches,
    },
    transitions,
  };
}

/** How one breach went on in this evaluation. */
interface BreachStep {
  before?: BreachState;
  /** None when its subject is gone. */
  after?: BreachState;
  /** Why it ends, if it does. */
  because: 'measured' | 'unmeasured' | 'edited';
}

function stepBreaches(
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
  const newest = new Map<string, number>();
  for (const before of input.previous?.breaches ?? []) {
    const key = keyOf(before.metric, before.subjectId);
    const at = Date.parse(before.lastObservedAt);
    known.add(key);
    newest.set(before.metric, Math.max(newest.get(before.metric) ?? at, at));

    const isNew =
      observation !== undefined && Date.parse(observation.observedAt) > at;
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
    } else {
      steps.push({
        before,
        after: underThreshold(before, threshold),
        because: 'edited',
      });
    }
  }

  for (const [key, measurement] of measured) {
    const newestAt = newest.get(measurement.metric);
    const isNew =
      observation !== undefined &&
      (newestAt === undefined || Date.parse(observation.observedAt) > newestAt);
    if (isNew && !known.has(key) && isEvaluated(measurement)) {
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
    return limit === undefined
      ? NO_BREACH
      : observe(progressOf(current, level), {
          breaching:
            isBreach(measurement.metric, measurement.value, limit) ?? false,
          observedAt,
          forSeconds: threshold?.forSeconds ?? 0,
          afterHole,
        });
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

function reasonOf(
  breach: BreachState,
  thresholds: Threshold[],
): Reason | undefined {
  const { firing, metric, value } = breach;
  if (!firing) {
    return undefined;
  }
  const threshold = thresholds.find(candidate => candidate.metric === metric);
  const limit = limitOf(threshold, firing);
  const since =
    firing === 'critical' ? breach.criticalSince : breach.warningSince;
  if (!threshold || limit === undefined || since === undefined) {
    return undefined;
  }
  const subject = subjectOf(breach);
  return {
    metric,
    ...(subject ? { subject } : {}),
    value,
    unit: threshold.unit,
    threshold: limit,
    level: firing,
    message: describeReason({
      metric,
      subject,
      value,
      threshold: limit,
      level: firing,
      forSeconds: threshold.forSeconds,
      lastedSeconds: secondsBetween(since, breach.lastObservedAt),
    }),
    since,
  };
}

/** The reading, unless it is older than one that was already made. */
function newestObservation(
  input: SignalEvaluationInput,
): SignalObservation | undefined {
  const { observation, lastObservedAt } = input;
  return observation &&
    lastObservedAt !== null &&
    secondsBetween(lastObservedAt, observation.observedAt) >= 0
    ? observation
    : undefined;
}

/** Until something is read again, what was unknown stays so, and so does why. */
function carriedSourceReason(
  input: SignalEvaluationInput,
  observation: SignalObservation | undefined,
): Reason | undefined {
  return observation || input.previous?.status !== 'unknown'
    ? undefined
    : input.previous.reasons.find(({ metric }) => metric === SOURCE_METRIC);
}

function sinceOf(
  status: Status,
  reasons: Reason[],
  previous: SignalState | undefined,
  now: string,
): string {
  const kept = previous?.status === status ? previous.since : null;
  if (status === 'ok' || status === 'unknown') {
    return kept ?? now;
  }
  const [first] = reasons.filter(({ level }) => level === status);
  return kept !== null && secondsBetween(first.since, kept) <= 0
    ? kept
    : first.since;
}

function keyOf(metric: string, subjectId: string | undefined): string {
  return JSON.stringify([metric, subjectId ?? null]);
}

function subjectOf(
  breach: BreachState,
): { id: string; name: string } | undefined {
  return breach.subjectId === undefined
    ? undefined
    : { id: breach.subjectId, name: breach.subjectName ?? breach.subjectId };
}
