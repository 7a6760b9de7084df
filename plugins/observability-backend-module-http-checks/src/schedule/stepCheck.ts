import { CheckAnswer } from '../check/performCheck';
import { CheckState, NEW_CHECK, StateChange } from './CheckState';

const SHORTEST_RECHECK_SECONDS = 5;
/** While it is down it is asked this often, or sooner where its interval is shorter. */
const DOWN_RECHECK_SECONDS = 60;
/** Nothing is known of a time without answers that is longer than so many intervals. */
export const UNKNOWN_AFTER_INTERVALS = 3;
const MAXIMUM_CHANGES = 100;

/** What of a check's configuration its state depends on. */
export interface Pace {
  intervalSeconds: number;
  downAfterSeconds: number;
}

/** A check's state after an answer. */
export interface CheckStep {
  state: CheckState;
  /** Its state is another one than before. */
  changed: boolean;
  /** When to ask again; nothing for the usual interval. */
  recheckSeconds?: number;
}

/**
 * What an answer makes of a check's state.
 *
 * - **Failing.** The first failed answer makes a check degraded, and it is asked
 *   again after a third of the time after which it counts as down, so that this
 *   time is kept however long the interval is. When failed answers alone span
 *   that time it is down, and was so from the first of them on.
 * - **Recovering.** Two good answers in a row end whatever it was, and it is well
 *   from the first of them on; the second is asked for soon. While it is down it
 *   is asked every minute.
 * - **Slow** answers are good ones, of a check that is degraded.
 * - **Refused**: nobody asked, so nobody knows.
 * - **A gap** of more than three intervals is a time of which nothing is known.
 *   What fails before and after was not necessarily down in between, but is so
 *   at once: it was told already.
 */
export function stepCheck(
  before: CheckState,
  answer: CheckAnswer,
  options: Pace & { at: Date },
): CheckStep {
  const { intervalSeconds, at } = options;
  const now = at.toISOString();
  const state = afterGap(before, options);
  const seen: CheckState = {
    ...state,
    checkedAt: now,
    ...(answer.responseMs !== undefined && {
      responseMs: answer.responseMs,
      respondedAt: now,
    }),
    ...(answer.certificateExpiresAt && {
      certificateExpiresAt: answer.certificateExpiresAt.toISOString(),
    }),
  };
  let step: { state: CheckState; recheckSeconds?: number };
  if (answer.verdict === 'failed') {
    step = fail(seen, answer, options);
  } else if (answer.verdict === 'refused') {
    step = {
      state: {
        ...enter(seen, { state: 'unknown', at: now, knownAt: now }),
        reason: answer.reason,
        failingSince: undefined,
        goodSince: undefined,
      },
    };
  } else {
    step = succeed(seen, answer, options);
  }
  return {
    state: step.state,
    changed: step.state.state !== before.state,
    ...(step.recheckSeconds !== undefined && {
      recheckSeconds: Math.min(step.recheckSeconds, intervalSeconds),
    }),
  };
}

/** How soon a failed answer, or a good one after it, is asked for again. */
function recheckSecondsOf({ downAfterSeconds }: Pace): number {
  return Math.max(SHORTEST_RECHECK_SECONDS, downAfterSeconds / 3);
}

function afterGap(before: CheckState, options: Pace & { at: Date }) {
  const { checkedAt } = before;
  const gapSeconds = checkedAt
    ? (options.at.getTime() - Date.parse(checkedAt)) / 1000
    : 0;
  if (
    !checkedAt ||
    gapSeconds <= UNKNOWN_AFTER_INTERVALS * options.intervalSeconds
  ) {
    return before;
  }
  const wasDown = before.state === 'down';
  return {
    ...enter(before, {
      state: 'unknown',
      at: checkedAt,
      knownAt: options.at.toISOString(),
    }),
    goodSince: undefined,
    // Long enough ago for whatever fails now to be down at once.
    failingSince: wasDown ? before.failingSince : undefined,
  };
}

function fail(
  seen: CheckState,
  { reason }: CheckAnswer,
  options: Pace & { at: Date },
): { state: CheckState; recheckSeconds: number } {
  const { at, downAfterSeconds } = options;
  const now = at.toISOString();
  const failingSince = seen.failingSince ?? now;
  const failing: CheckState = {
    ...seen,
    failingSince,
    goodSince: undefined,
    reason,
  };
  const failedSeconds = (at.getTime() - Date.parse(failingSince)) / 1000;
  if (seen.state === 'down' || failedSeconds >= downAfterSeconds) {
    const change: StateChange = {
      state: 'down',
      // After a gap it is known to be down only from now on.
      at: seen.state === 'unknown' ? now : failingSince,
      knownAt: now,
      reason,
      failing: true,
    };
    return {
      state: { ...enter(failing, change), reason },
      recheckSeconds: Math.max(DOWN_RECHECK_SECONDS, downAfterSeconds),
    };
  }
  const change: StateChange = {
    state: 'degraded',
    at: now,
    knownAt: now,
    reason,
    failing: true,
  };
  return {
    state: { ...enter(failing, change), reason },
    recheckSeconds: Math.max(
      SHORTEST_RECHECK_SECONDS,
      Math.min(recheckSecondsOf(options), downAfterSeconds - failedSeconds),
    ),
  };
}

function succeed(
  seen: CheckState,
  { verdict, reason }: CheckAnswer,
  options: Pace & { at: Date },
): { state: CheckState; recheckSeconds?: number } {
  const now = options.at.toISOString();
  const isSlow = verdict === 'slow';
  const steady: CheckState = { ...seen, goodSince: undefined };
  if (seen.state === 'up') {
    if (!isSlow) return { state: { ...steady, reason: undefined } };
    const change: StateChange = {
      state: 'degraded',
      at: now,
      knownAt: now,
      reason,
    };
    return { state: { ...enter(steady, change), reason } };
  }
  const isFirstAnswer = seen.state === 'pending' || seen.state === 'unknown';
  const isSlowAlready = isSlow && seen.state === 'degraded' && !isFailing(seen);
  if (isSlowAlready) return { state: { ...steady, reason } };
  if (!isFirstAnswer && seen.goodSince === undefined) {
    return {
      // Failed answers no longer come in a row.
      state: {
        ...seen,
        goodSince: now,
        failingSince: seen.state === 'down' ? seen.failingSince : undefined,
      },
      recheckSeconds: recheckSecondsOf(options),
    };
  }
  const change: StateChange = {
    state: isSlow ? 'degraded' : 'up',
    at: seen.goodSince ?? now,
    knownAt: now,
    ...(isSlow && { reason }),
  };
  return {
    state: {
      ...enter({ ...steady, failingSince: undefined }, change),
      reason: isSlow ? reason : undefined,
    },
  };
}

/** Whether what it is now came of a failed answer. */
function isFailing({ changes }: CheckState): boolean {
  return changes.at(-1)?.failing ?? false;
}

/** The check in a state; what was thought of the time since it began is replaced. */
function enter(before: CheckState, change: StateChange): CheckState {
  const last = before.changes.at(-1);
  const isSame =
    before.state === change.state &&
    Boolean(last?.failing) === Boolean(change.failing);
  if (isSame) return before;
  const earlier = before.changes.filter(({ at }) => at < change.at);
  return {
    ...before,
    state: change.state,
    since: change.at,
    changes: [...earlier, change].slice(-MAXIMUM_CHANGES),
  };
}

/** Reads what was stored; what cannot be read is forgotten. */
export function parseCheckState(text: string | null | undefined): CheckState {
  if (!text) return NEW_CHECK;
  const state: CheckState = JSON.parse(text);
  return Array.isArray(state.changes) ? state : NEW_CHECK;
}
