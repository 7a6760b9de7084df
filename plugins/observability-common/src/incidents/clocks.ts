/**
 * How a deadline stands. `late`: less than half of its time is left.
 *
 * @public
 */
export type ClockState = 'running' | 'late' | 'overdue' | 'met' | 'missed';

/**
 * A deadline as pages draw it.
 *
 * @public
 */
export interface Clock {
  state: ClockState;
  /** What the deadline allows in all. */
  allowedSeconds: number;
  /** Until it is due; negative once it is over, and of one that was met how much was left. */
  remainingSeconds: number;
}

/**
 * How a deadline stands at an instant.
 *
 * @param doneAt - when it was done, where it is
 * @public
 */
export function clockAt(options: {
  from: string;
  dueAt: string;
  doneAt?: string;
  now: string;
}): Clock {
  const due = Date.parse(options.dueAt);
  const allowedSeconds = (due - Date.parse(options.from)) / 1000;
  const remainingSeconds =
    (due - Date.parse(options.doneAt ?? options.now)) / 1000;
  return {
    state: stateOf(allowedSeconds, remainingSeconds, options.doneAt),
    allowedSeconds,
    remainingSeconds,
  };
}

function stateOf(
  allowedSeconds: number,
  remainingSeconds: number,
  doneAt?: string,
): ClockState {
  if (doneAt !== undefined) {
    return remainingSeconds >= 0 ? 'met' : 'missed';
  }
  if (remainingSeconds < 0) {
    return 'overdue';
  }
  return remainingSeconds < allowedSeconds / 2 ? 'late' : 'running';
}
