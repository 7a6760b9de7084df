import { Reason, Threshold } from '../model';
import { Status, worstStatus } from '../status';
import { BreachState, limitOf, secondsBetween } from './breach';
import { describeReason, describeRecovery } from './describeReason';
import {
  BreachTransition,
  SignalEvaluation,
  SignalEvaluationInput,
  SignalObservation,
  SignalState,
} from './SignalState';
import { sortReasons } from './sortReasons';
import { SOURCE_METRIC, sourceReasonOf } from './sourceReason';
import { stepBreaches } from './stepBreaches';
import { isUnwatched } from './unwatched';

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
 * - A source may know since when it has a value. A breach that is first seen
 *   then began at that instant, and its `for` counts from there; but never
 *   before an observation that was good, and never after the one that saw it.
 *   A breach that is known already keeps its own beginning.
 * - The second good observation in a row ends it. After the first the level
 *   still fires, and one more breach goes on as if nothing had been.
 * - What was not measured, was measured over fewer events than the metric asks
 *   for, or has a value that cannot be compared, was not observed: nothing
 *   changes, and a level that fires goes on firing.
 * - After a hole of more than three intervals nobody knows what was in between,
 *   so the next observation decides alone. A good one ends the breach, without
 *   a second. A bad one begins it anew: `since` is that observation, or what
 *   the source knows, though not before the breach that was seen. A level
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
 * - A value may be corrected without a new reading, by what a person recorded
 *   since. The corrected one takes the place of the one that was read, likewise
 *   without waiting.
 *
 * What the status is:
 *
 * - The worst level that fires. Without any, `ok`.
 * - A source that fails or went silent makes `ok` to `unknown` and adds its own
 *   reason; it leaves `warning` and `critical` alone, because a failing source
 *   never improves a status. It counts at once where waiting does not help, and
 *   otherwise when the last good reading is older than three intervals.
 * - A source may fail in part: there is a reading, and a problem beside it. What
 *   was not measured changes nothing, and `ok` becomes `unknown` likewise: at
 *   once, or when that problem has lasted for three intervals.
 * - A state that nobody looks at, since all monitors are paused or in
 *   maintenance, is `unknown` too.
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
  const lastObservedAt = observation?.observedAt ?? input.lastObservedAt;
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
    sourceReasonOf({ ...input, lastObservedAt }) ??
    (firing ? undefined : carriedSourceReason(input, observation));
  if (sourceReason) {
    reasons.push(sourceReason);
  }
  const isUnknown =
    sourceReason !== undefined ||
    lastObservedAt === null ||
    isUnwatched(observation) ||
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
  const isOld =
    observation &&
    lastObservedAt !== null &&
    secondsBetween(lastObservedAt, observation.observedAt) < 0;
  return isOld ? undefined : observation;
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

function subjectOf(
  breach: BreachState,
): { id: string; name: string } | undefined {
  return breach.subjectId === undefined
    ? undefined
    : { id: breach.subjectId, name: breach.subjectName ?? breach.subjectId };
}
