/** Stops the clock at an instant for every test of a file. Timers go on. */
export function freezeClock(now: number) {
  beforeEach(() => {
    jest.useFakeTimers({
      now,
      doNotFake: [
        'cancelAnimationFrame',
        'clearImmediate',
        'clearInterval',
        'clearTimeout',
        'nextTick',
        'performance',
        'queueMicrotask',
        'requestAnimationFrame',
        'setImmediate',
        'setInterval',
        'setTimeout',
      ],
    });
  });

  afterEach(() => {
    jest.useRealTimers();
  });
}
