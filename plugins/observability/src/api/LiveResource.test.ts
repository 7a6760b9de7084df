import { LiveResource, SAFETY_POLL_MS, SPREAD_MS } from './LiveResource';

describe('LiveResource', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-23T14:41:00.000Z') });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('misses no change where the timer that waits for its turn is a little early', async () => {
    let change = () => {};
    const load = jest.fn(async () => ({}));
    const resource = new LiveResource({
      load,
      signals: {
        subscribe(_channel, onMessage) {
          change = onMessage;
          return { unsubscribe() {} };
        },
      },
      channel: 'changes',
      throttleMs: 0,
      // Timers count whole milliseconds; the turn comes within one.
      random: () => 0.0123456,
      onIdle() {},
    });
    const unsubscribe = resource.subscribe(() => {});
    await jest.advanceTimersByTimeAsync(0);
    expect(load).toHaveBeenCalledTimes(1);

    for (const times of [2, 3, 4]) {
      change();
      await jest.advanceTimersByTimeAsync(SPREAD_MS);
      expect(load).toHaveBeenCalledTimes(times);
    }
    await jest.advanceTimersByTimeAsync(SAFETY_POLL_MS);
    expect(load).toHaveBeenCalledTimes(5);
    unsubscribe();
  });
});
