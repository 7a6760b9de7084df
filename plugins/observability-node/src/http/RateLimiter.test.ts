import {
  createRateLimiter,
  RateLimiterPausedError,
  sharedLimiter,
} from './RateLimiter';
import type { Sleep } from './sleep';

/** Time stands still until it is moved; then sleepers wake in order. */
class ManualTime {
  nowMs = Date.parse('2026-09-01T12:00:00Z');
  #sleepers: { atMs: number; wake: () => void }[] = [];

  now = () => new Date(this.nowMs);

  sleep: Sleep = (millis, signal) =>
    new Promise((resolve, reject) => {
      this.#sleepers.push({ atMs: this.nowMs + millis, wake: resolve });
      signal?.addEventListener('abort', () => reject(signal.reason));
    });

  async advance(millis: number) {
    this.nowMs += millis;
    const due = this.#sleepers.filter(({ atMs }) => atMs <= this.nowMs);
    this.#sleepers = this.#sleepers.filter(({ atMs }) => atMs > this.nowMs);
    for (const { wake } of due.sort((a, b) => a.atMs - b.atMs)) wake();
    await settle();
  }
}

/** Lets everything happen that waits for nothing else. */
async function settle() {
  await new Promise(resolve => {
    setImmediate(resolve);
  });
}

describe('createRateLimiter', () => {
  let time: ManualTime;
  let started: string[];
  let finish: Map<string, () => void>;

  beforeEach(() => {
    time = new ManualTime();
    started = [];
    finish = new Map();
  });

  const task = (name: string) => () => {
    started.push(name);
    return new Promise<string>(resolve => {
      finish.set(name, () => resolve(name));
    });
  };

  it('lets only so many run at the same time, in the order they came', async () => {
    const limiter = createRateLimiter({ concurrency: 2, ...time });
    const all = ['a', 'b', 'c', 'd'].map(name => limiter.run(task(name)));
    await settle();
    expect(started).toEqual(['a', 'b']);
    finish.get('b')?.();
    await settle();
    expect(started).toEqual(['a', 'b', 'c']);
    finish.get('a')?.();
    await settle();
    for (const name of ['c', 'd']) finish.get(name)?.();
    await expect(Promise.all(all)).resolves.toEqual(['a', 'b', 'c', 'd']);
  });

  it('starts no more than so many a second', async () => {
    const limiter = createRateLimiter({
      concurrency: 5,
      requestsPerSecond: 4,
      ...time,
    });
    for (const name of ['a', 'b', 'c']) limiter.run(task(name));
    await settle();
    expect(started).toEqual(['a']);
    await time.advance(249);
    expect(started).toEqual(['a']);
    await time.advance(1);
    expect(started).toEqual(['a', 'b']);
    await time.advance(250);
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('makes all wait while it is paused, and lets them go in order', async () => {
    const limiter = createRateLimiter({ concurrency: 1, ...time });
    limiter.pauseUntil(new Date(time.nowMs + 3000));
    limiter.pauseUntil(new Date(time.nowMs + 1000));
    for (const name of ['a', 'b']) limiter.run(task(name));
    await time.advance(2999);
    expect(started).toEqual([]);
    await time.advance(1);
    expect(started).toEqual(['a']);
    limiter.pauseUntil(new Date(time.nowMs + 1000));
    finish.get('a')?.();
    await settle();
    expect(started).toEqual(['a']);
    await time.advance(1000);
    expect(started).toEqual(['a', 'b']);
  });

  it('sends away who cannot wait as long, also when the pause comes later', async () => {
    const limiter = createRateLimiter({ concurrency: 1, ...time });
    const first = limiter.run(task('a'));
    const second = limiter.run(task('b'), { maximumWaitMs: 10_000 });
    await settle();
    const until = new Date(time.nowMs + 20_000);
    limiter.pauseUntil(until);
    await expect(
      limiter.run(task('c'), { maximumWaitMs: 10_000 }),
    ).rejects.toEqual(new RateLimiterPausedError(until));
    finish.get('a')?.();
    await first;
    await expect(second).rejects.toMatchObject({ until });
    expect(started).toEqual(['a']);
  });

  it('never pauses for more than an hour', async () => {
    const limiter = createRateLimiter({ concurrency: 1, ...time });
    limiter.pauseUntil(new Date('2030-01-01'));
    limiter.run(task('a'));
    await settle();
    await time.advance(3_600_000);
    expect(started).toEqual(['a']);
  });

  it('gives the place of who gave up to the next', async () => {
    const reason = new Error('gone');
    const limiter = createRateLimiter({ concurrency: 1, ...time });
    limiter.pauseUntil(new Date(time.nowMs + 3000));
    const [pausing, queueing] = [new AbortController(), new AbortController()];
    const first = limiter.run(task('a'), { signal: pausing.signal });
    const second = limiter.run(task('b'), { signal: queueing.signal });
    const third = limiter.run(task('c'));
    await settle();
    queueing.abort(reason);
    await expect(second).rejects.toBe(reason);
    pausing.abort(reason);
    await expect(first).rejects.toBe(reason);
    await time.advance(3000);
    expect(started).toEqual(['c']);
    finish.get('c')?.();
    await expect(third).resolves.toBe('c');
  });

  it('goes on after a task that fails', async () => {
    const limiter = createRateLimiter({ concurrency: 1, ...time });
    await expect(
      limiter.run(() => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    await expect(limiter.run(async () => 'yes')).resolves.toBe('yes');
  });
});

describe('sharedLimiter', () => {
  it('is one a host and token', () => {
    const limiterOf = (host: string, token: string) =>
      sharedLimiter({ host, token, concurrency: 2 });
    const limiter = limiterOf('https://us.sentry.io/api/0', 'secret');
    expect(limiterOf('us.sentry.io', 'secret')).toBe(limiter);
    expect(limiterOf('US.sentry.io', 'secret')).toBe(limiter);
    expect(limiterOf('us.sentry.io', 'other')).not.toBe(limiter);
    expect(limiterOf('us.sentry.io:8443', 'secret')).not.toBe(limiter);
    expect(limiterOf('localhost:1', 'secret')).not.toBe(
      limiterOf('localhost:2', 'secret'),
    );
  });
});
