import { MonitorState } from '../model';

/*
 * The past of a monitor is kept as intervals. Times are whole seconds since
 * 1970. What no interval covers is unknown: nobody saw it, the source failed, or
 * the vendor could not tell.
 */

/** A state that says something about the monitor.
 * @public
 */
export type KnownMonitorState = Exclude<MonitorState, 'pending' | 'unknown'>;

/** A time in which a monitor was in one state; half open. Seconds since 1970.
 * @public
 */
export interface MonitorInterval {
  state: KnownMonitorState;
  startedAt: number;
  /** `null` while it goes on. */
  endedAt: number | null;
  reason?: string;
}

/** An interval that has an end.
 * @public
 */
export type EndedInterval = MonitorInterval & { endedAt: number };

/** What is known of a monitor's past. Seconds since 1970.
 * @public
 */
export interface MonitorTimeline {
  /** As it was last seen. */
  state: MonitorState;
  /** What was before is not known. */
  knownSince: number;
  /** When it was last seen. */
  observedAt: number;
  /** Later than this, the last look says nothing about now. */
  staleAt: number;
  /** Oldest first; they neither overlap nor touch in the same state. Only the last one may go on. */
  intervals: MonitorInterval[];
}

/** How a monitor was seen. Seconds since 1970.
 * @public
 */
export interface MonitorObservation {
  state: MonitorState;
  at: number;
  /** Later than this, it says nothing about now. */
  staleAt: number;
  /** When it came into that state, where its source knows. */
  since?: number;
  reason?: string;
}

/** What a vendor knows of a monitor's past: between its intervals it was up. Seconds since 1970.
 * @public
 */
export interface MonitorPast {
  from: number;
  /** In any order; without an end, it goes on. */
  intervals: {
    state: MonitorState;
    startedAt: number;
    endedAt?: number;
    reason?: string;
  }[];
}

/** Nothing older is believed or kept: 400 days. */
export const LONGEST_PAST_SECONDS = 400 * 86_400;

/** Whether a state says something about the monitor. */
export function isKnownState(state: MonitorState): state is KnownMonitorState {
  return state !== 'pending' && state !== 'unknown';
}
