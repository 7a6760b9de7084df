import { firstDifference, mergeIntervals } from './intervals';
import { layPast } from './layPast';
import {
  isKnownState,
  LONGEST_PAST_SECONDS,
  MonitorInterval,
  MonitorObservation,
  MonitorPast,
  MonitorTimeline,
} from './MonitorTimeline';

/** A timeline after something new was recorded.
 * @public
 */
export interface RecordedMonitor {
  timeline: MonitorTimeline;
  /** From this instant on the past reads otherwise than before; absent when it does not. */
  changedFrom?: number;
}

/**
 * Whether an observation leaves the intervals as they are, so that they need
 * not be read to record it.
 *
 * @public
 */
export function confirmsMonitor(
  current: Pick<MonitorTimeline, 'state' | 'observedAt' | 'staleAt'> & {
    hasReason: boolean;
  },
  observation: MonitorObservation,
): boolean {
  return (
    observation.at <= current.observedAt ||
    (observation.at <= current.staleAt &&
      observation.state === current.state &&
      (current.hasReason || observation.reason === undefined))
  );
}

/**
 * Records how a monitor was seen, and what its vendor knows of its past:
 *
 * 1. A state that has changed begins when its source says it did, as far as
 *    that lies between the last look and this one; without such a word, now.
 * 2. A hole, in which the last look went stale, is unknown, but for the time
 *    since which the source says the state has lasted.
 * 3. An observation that is not newer than the last one says nothing.
 * 4. The vendor's past is laid over it all.
 *
 * @public
 */
export function recordMonitor(
  before: MonitorTimeline | undefined,
  observation: MonitorObservation,
  past?: MonitorPast,
): RecordedMonitor {
  const seen = before ? observe(before, observation) : begin(observation);
  const timeline = past ? layPast(seen, past, observation.at) : seen;
  if (!before) {
    return { timeline, changedFrom: timeline.knownSince };
  }
  const hole =
    timeline.observedAt > before.staleAt ? before.observedAt : Infinity;
  const changedFrom = Math.min(
    hole,
    firstDifference(before.intervals, timeline.intervals) ?? Infinity,
  );
  return {
    timeline,
    ...(changedFrom === Infinity ? {} : { changedFrom }),
  };
}

function begin(observation: MonitorObservation): MonitorTimeline {
  const { state, at, staleAt, since } = observation;
  const startedAt = clamp(since ?? at, at - LONGEST_PAST_SECONDS, at);
  return {
    state,
    knownSince: isKnownState(state) ? startedAt : at,
    observedAt: at,
    staleAt,
    intervals: openInterval(observation, startedAt),
  };
}

function observe(
  before: MonitorTimeline,
  observation: MonitorObservation,
): MonitorTimeline {
  const { state, at, staleAt, since, reason } = observation;
  if (at <= before.observedAt) {
    return before;
  }
  const isHole = at > before.staleAt;
  const lasted = !isHole || (since !== undefined && since <= before.observedAt);
  const seen = { ...before, state, observedAt: at, staleAt };
  if (state === before.state && lasted) {
    return { ...seen, intervals: withReason(before.intervals, reason) };
  }
  const begunAt = clamp(since ?? at, before.observedAt, at);
  const endedAt = isHole ? before.observedAt : begunAt;
  return {
    ...seen,
    intervals: mergeIntervals([
      ...before.intervals.map(interval =>
        interval.endedAt === null ? { ...interval, endedAt } : interval,
      ),
      ...openInterval(observation, begunAt),
    ]),
  };
}

function openInterval(
  { state, reason }: MonitorObservation,
  startedAt: number,
): MonitorInterval[] {
  return isKnownState(state)
    ? [
        {
          state,
          startedAt,
          endedAt: null,
          ...(reason === undefined ? {} : { reason }),
        },
      ]
    : [];
}

/** The first reason that is told stays: later ones are of the same trouble. */
function withReason(
  intervals: MonitorInterval[],
  reason: string | undefined,
): MonitorInterval[] {
  const last = intervals.at(-1);
  return reason === undefined ||
    last?.endedAt !== null ||
    last.reason !== undefined
    ? intervals
    : [...intervals.slice(0, -1), { ...last, reason }];
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
