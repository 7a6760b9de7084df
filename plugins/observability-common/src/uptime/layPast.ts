import { MonitorState } from '../model';
import { mergeIntervals } from './intervals';
import {
  isKnownState,
  LONGEST_PAST_SECONDS,
  MonitorInterval,
  MonitorPast,
  MonitorTimeline,
} from './MonitorTimeline';

/** Which of several states that a vendor tells of one instant counts. */
const VENDOR_RANK: Record<MonitorState, number> = {
  paused: 7,
  maintenance: 6,
  down: 5,
  degraded: 4,
  unknown: 3,
  pending: 3,
  up: 2,
};
/** Our maintenance and pauses: a vendor's incidents do not tell of them. */
const OWN_PAUSE_RANK = 8;
const OWN_STATE_RANK = 1;
const IMPLIED_UP_RANK = 0;

interface Candidate {
  state: MonitorState;
  startedAt: number;
  endedAt: number;
  rank: number;
  reason?: string;
}

/**
 * Lays what a vendor knows of the past over what we saw, for the span from
 * `past.from` to `at`, when the vendor was asked. Of each instant counts, in this
 * order:
 *
 * 1. our maintenance and pauses;
 * 2. an interval of the vendor;
 * 3. the state that goes on now, when it is not up, after the vendor's last
 *    interval: lists of incidents lag behind the state they are about;
 * 4. up.
 *
 * Before and after the span, ours stays. Laying the same past twice changes
 * nothing the second time.
 */
export function layPast(
  timeline: MonitorTimeline,
  past: MonitorPast,
  at: number,
): MonitorTimeline {
  const from = Math.max(past.from, at - LONGEST_PAST_SECONDS);
  if (!(from < at)) {
    return timeline;
  }
  const cut = (candidate: Candidate): Candidate[] => {
    const startedAt = Math.max(candidate.startedAt, from);
    const endedAt = Math.min(candidate.endedAt, at);
    return startedAt < endedAt ? [{ ...candidate, startedAt, endedAt }] : [];
  };
  const told = past.intervals
    .map(interval => ({
      ...interval,
      endedAt: interval.endedAt ?? at,
      rank: VENDOR_RANK[interval.state],
    }))
    .flatMap(cut);
  const toldUntil = Math.max(from, ...told.map(({ endedAt }) => endedAt));
  const own = timeline.intervals.flatMap(interval =>
    ownCandidates(interval, toldUntil).flatMap(cut),
  );
  const up: Candidate = {
    state: 'up',
    startedAt: from,
    endedAt: at,
    rank: IMPLIED_UP_RANK,
  };
  return {
    ...timeline,
    knownSince: Math.min(timeline.knownSince, from),
    intervals: mergeIntervals([
      ...timeline.intervals
        .filter(({ startedAt }) => startedAt < from)
        .map(interval => ({
          ...interval,
          endedAt: Math.min(interval.endedAt ?? from, from),
        })),
      ...strongest([up, ...told, ...own]),
      ...timeline.intervals
        .filter(({ endedAt }) => endedAt === null || endedAt > at)
        .map(interval => ({
          ...interval,
          startedAt: Math.max(interval.startedAt, at),
        })),
    ]),
  };
}

function ownCandidates(
  interval: MonitorInterval,
  toldUntil: number,
): Candidate[] {
  const endedAt = interval.endedAt ?? Infinity;
  if (interval.state === 'maintenance' || interval.state === 'paused') {
    return [{ ...interval, endedAt, rank: OWN_PAUSE_RANK }];
  }
  if (interval.endedAt === null && interval.state !== 'up') {
    const startedAt = Math.max(interval.startedAt, toldUntil);
    return [{ ...interval, startedAt, endedAt, rank: OWN_STATE_RANK }];
  }
  return [];
}

/** The strongest candidate of each instant, as intervals without overlap, oldest first. */
function strongest(candidates: Candidate[]): MonitorInterval[] {
  const waiting = [...candidates].sort((a, b) => b.startedAt - a.startedAt);
  const bounds = [
    ...new Set(candidates.flatMap(one => [one.startedAt, one.endedAt])),
  ].sort((a, b) => a - b);
  let active: Candidate[] = [];
  const intervals: MonitorInterval[] = [];
  for (const [index, startedAt] of bounds.slice(0, -1).entries()) {
    active = active.filter(({ endedAt }) => endedAt > startedAt);
    while (waiting.length > 0 && waiting.at(-1)!.startedAt <= startedAt) {
      active.push(waiting.pop()!);
    }
    const best = active.reduce((a, b) => (isStronger(b, a) ? b : a));
    if (isKnownState(best.state)) {
      intervals.push({
        state: best.state,
        startedAt,
        endedAt: bounds[index + 1],
        ...(best.reason === undefined ? {} : { reason: best.reason }),
      });
    }
  }
  return intervals;
}

/** By rank, then the one that began first; the text decides last, so that the order in which they came does not. */
function isStronger(one: Candidate, other: Candidate): boolean {
  if (one.rank !== other.rank) {
    return one.rank > other.rank;
  }
  if (one.startedAt !== other.startedAt) {
    return one.startedAt < other.startedAt;
  }
  return (one.reason ?? '') > (other.reason ?? '');
}
