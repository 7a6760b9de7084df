import { Reason, StatusCounts } from '../model';
import { Status, worstStatus } from '../status';
import { SignalState } from './SignalState';
import { sortReasons } from './sortReasons';

/** How an entity is, by all its signals.
 * @public */
export interface EntityRollUp {
  /** `null`: it has no signals. */
  status: Status | null;
  since: string | null;
  /** Worst first, then longest. */
  reasons: Reason[];
  /** How many signals are in each status. */
  signalCounts: StatusCounts;
}

/**
 * The worst status of an entity's signals, with all their reasons.
 *
 * A status that is not good began when the first of its signals came to it. An
 * entity is well only since the last of its signals is.
 *
 * @public
 */
export function rollUpEntity(
  signals: readonly Pick<SignalState, 'status' | 'since' | 'reasons'>[],
): EntityRollUp {
  const status = worstStatus(signals.map(signal => signal.status));
  const signalCounts: StatusCounts = {
    ok: 0,
    warning: 0,
    critical: 0,
    unknown: 0,
  };
  let since: string | null = null;
  for (const signal of signals) {
    signalCounts[signal.status] += 1;
    if (signal.status === status && signal.since !== null) {
      const isEarlier =
        since === null || Date.parse(signal.since) < Date.parse(since);
      const isLater =
        since === null || Date.parse(signal.since) > Date.parse(since);
      if (status === 'ok' ? isLater : isEarlier) {
        since = signal.since;
      }
    }
  }
  return {
    status,
    since,
    reasons: sortReasons(signals.flatMap(signal => signal.reasons)),
    signalCounts,
  };
}
