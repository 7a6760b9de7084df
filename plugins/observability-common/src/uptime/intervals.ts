import {
  EndedInterval,
  MonitorInterval,
  MonitorTimeline,
} from './MonitorTimeline';

/** Makes one of intervals that touch in the same state; expects them oldest first and without overlap. */
export function mergeIntervals(
  intervals: readonly MonitorInterval[],
): MonitorInterval[] {
  const merged: MonitorInterval[] = [];
  for (const interval of intervals) {
    if (interval.endedAt !== null && interval.endedAt <= interval.startedAt) {
      continue;
    }
    const last = merged.at(-1);
    if (last?.state === interval.state && last.endedAt === interval.startedAt) {
      const reason = last.reason ?? interval.reason;
      merged[merged.length - 1] = {
        ...last,
        endedAt: interval.endedAt,
        ...(reason === undefined ? {} : { reason }),
      };
    } else {
      merged.push(interval);
    }
  }
  return merged;
}

/**
 * The intervals with an end each, as far as they are known now. The last state
 * counts on until the last look at it is stale; then nothing is known since
 * that look.
 *
 * @public
 */
export function settleIntervals(
  timeline: Pick<MonitorTimeline, 'intervals' | 'observedAt' | 'staleAt'>,
  now: number,
): EndedInterval[] {
  const { observedAt, staleAt } = timeline;
  const knownUntil = now > staleAt ? Math.min(observedAt, now) : now;
  return timeline.intervals
    .map(interval => ({
      ...interval,
      endedAt: Math.min(interval.endedAt ?? knownUntil, knownUntil),
    }))
    .filter(({ startedAt, endedAt }) => startedAt < endedAt);
}

/** The first instant at which two histories differ; `undefined` when they say the same. */
export function firstDifference(
  before: readonly MonitorInterval[],
  after: readonly MonitorInterval[],
): number | undefined {
  const endOf = ({ endedAt }: MonitorInterval) => endedAt ?? Infinity;
  const length = Math.max(before.length, after.length);
  for (let index = 0; index < length; index++) {
    const one = before[index];
    const other = after[index];
    if (!one || !other) {
      return (one ?? other).startedAt;
    }
    if (one.startedAt !== other.startedAt) {
      return Math.min(one.startedAt, other.startedAt);
    }
    if (one.state !== other.state) {
      return one.startedAt;
    }
    if (one.endedAt !== other.endedAt) {
      return Math.min(endOf(one), endOf(other));
    }
  }
  return undefined;
}
