import type { Sleep } from '@watchkeeper/backstage-plugin-observability-node';

/**
 * A clock for a client and its limiter: to wait moves it on, and takes no time.
 *
 * @public
 */
export interface TestClock {
  now: () => Date;
  sleep: Sleep;
  advance(millis: number): void;
  /** How long was waited for, each time. */
  readonly waits: readonly number[];
}

/** @public */
export function createTestClock(
  start: Date = new Date('2026-09-01T12:00:00Z'),
): TestClock {
  let nowMs = start.getTime();
  const waits: number[] = [];
  return {
    now: () => new Date(nowMs),
    sleep: async (millis, signal) => {
      signal?.throwIfAborted();
      waits.push(millis);
      nowMs += millis;
    },
    advance: millis => {
      nowMs += millis;
    },
    waits,
  };
}
