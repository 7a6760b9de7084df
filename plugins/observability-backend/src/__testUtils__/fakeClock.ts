/**
 * Sets the clock, and the clock alone: what waits for the server goes on waiting.
 * `jest.setSystemTime` moves it; `jest.useRealTimers` gives it back.
 */
export function fakeClock(now: number | Date): void {
  jest.useFakeTimers({
    now,
    doNotFake: [
      'clearImmediate',
      'clearInterval',
      'clearTimeout',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'setInterval',
      'setTimeout',
    ],
  });
}
