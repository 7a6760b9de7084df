/**
 * The time a stand-in lives in. It can be moved, so that a test need not wait.
 *
 * @public
 */
export interface StandInClock {
  now(): Date;
  /** Moves the clock forward, or back with a negative number. */
  advance(milliseconds: number): void;
  /** Sets the clock; from then on it goes on as before. */
  set(date: Date): void;
}

/**
 * Makes a clock. Given a date it stands still until it is moved; given a
 * function it follows that function; given nothing it follows the machine.
 *
 * @public
 */
export function createStandInClock(options?: {
  now?: Date | (() => Date);
}): StandInClock {
  const source = options?.now;
  let base: () => number;
  if (typeof source === 'function') {
    base = () => source().getTime();
  } else if (source) {
    const fixed = source.getTime();
    base = () => fixed;
  } else {
    base = () => Date.now();
  }

  let offsetMs = 0;
  return {
    now: () => new Date(base() + offsetMs),
    advance: milliseconds => {
      if (!Number.isFinite(milliseconds)) {
        throw new Error(`Cannot advance a clock by ${milliseconds} ms`);
      }
      offsetMs += milliseconds;
    },
    set: date => {
      if (Number.isNaN(date.getTime())) {
        throw new Error('Cannot set a clock to an invalid date');
      }
      offsetMs = date.getTime() - base();
    },
  };
}
