/** How a check is; its instants are RFC 3339 in UTC. Kept as JSON. */
export interface CheckState {
  state: 'pending' | 'up' | 'degraded' | 'down' | 'unknown';
  /** Since when; it came to be so at an answer. */
  since?: string;
  /** Why it is not up. */
  reason?: string;
  /** When the last answer was there. */
  checkedAt?: string;
  /** The first of the failed answers that came in a row, until now. */
  failingSince?: string;
  /** The first good answer after others, until there are enough. */
  goodSince?: string;
  responseMs?: number;
  respondedAt?: string;
  certificateExpiresAt?: string;
  /** What it was before and is now, oldest first, as far as that is kept. */
  changes: StateChange[];
}

/** A state that a check came into. */
export interface StateChange {
  state: CheckState['state'];
  /** When it began. */
  at: string;
  /** When that was known: a state may turn out to have begun earlier. */
  knownAt: string;
  reason?: string;
  /** It did not answer as expected; degraded may also mean slow. */
  failing?: boolean;
}

/** That of a check that never ran. */
export const NEW_CHECK: CheckState = { state: 'pending', changes: [] };

const HOUR_MS = 3600_000;
const FLAPPING_CHANGES = 4;

/** Whether it began to fail and recovered often in the hour before. */
export function isFlapping({ changes }: CheckState, now: Date): boolean {
  const from = now.getTime() - HOUR_MS;
  const flips = changes.filter(
    (change, index) =>
      index > 0 &&
      isKnown(change) &&
      isKnown(changes[index - 1]) &&
      Boolean(change.failing) !== Boolean(changes[index - 1].failing) &&
      Date.parse(change.at) >= from,
  );
  return flips.length >= FLAPPING_CHANGES;
}

/** What it was, beginning with what was not known at an earlier time. */
export function historySince(
  { changes }: CheckState,
  knownThrough: string | undefined,
):
  | {
      from: Date;
      intervals: {
        state: CheckState['state'];
        startedAt: Date;
        endedAt?: Date;
        reason?: string;
      }[];
    }
  | undefined {
  const news = changes.filter(
    ({ knownAt }) => knownThrough === undefined || knownAt > knownThrough,
  );
  if (news.length === 0) return undefined;
  const from = news
    .map(({ at }) => at)
    .reduce((first, at) => (at < first ? at : first));
  const told = changes.filter(({ at }) => at >= from);
  const intervals = told.flatMap(({ state, at, reason }, index) => {
    if (state === 'up') return [];
    const next = told.at(index + 1)?.at;
    return {
      state,
      startedAt: new Date(at),
      ...(next && { endedAt: new Date(next) }),
      ...(reason && { reason }),
    };
  });
  return { from: new Date(from), intervals };
}

function isKnown({ state }: StateChange): boolean {
  return state !== 'pending' && state !== 'unknown';
}
