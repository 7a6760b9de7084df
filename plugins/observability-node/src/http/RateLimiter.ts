import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { sleep as defaultSleep, untilAborted, type Sleep } from './sleep';

/**
 * Lets requests to one vendor through: a bounded number at the same time, at
 * most so many a second, none while the vendor asks to wait. First come, first
 * served.
 *
 * @public
 */
export interface RateLimiter {
  /**
   * Runs the task when it is its turn. Throws {@link RateLimiterPausedError}
   * when the vendor asked to wait for longer than `maximumWaitMs`, and the
   * signal's reason when that is aborted first.
   */
  run<T>(
    task: () => Promise<T>,
    options?: { signal?: AbortSignal; maximumWaitMs?: number },
  ): Promise<T>;
  /** Nothing starts before that instant. It never shortens a longer pause. */
  pauseUntil(instant: Date): void;
}

/** @public */
export interface RateLimiterOptions {
  /** How many requests may be under way at the same time. */
  concurrency: number;
  requestsPerSecond?: number;
  now?: () => Date;
  sleep?: Sleep;
}

/** The vendor asked to wait for longer than the caller can.
 * @public */
export class RateLimiterPausedError extends Error {
  readonly until: Date;

  constructor(until: Date) {
    super(`Paused until ${until.toISOString()}`);
    this.name = 'RateLimiterPausedError';
    this.until = until;
  }
}

/** A vendor whose clock is wrong must not silence an instance for days. */
const LONGEST_PAUSE_MS = 60 * 60 * 1000;

class DefaultRateLimiter implements RateLimiter {
  // p-limit 3, as in Backstage itself: the last that is CommonJS.
  readonly #limit: pLimit.Limit;
  readonly #intervalMs: number;
  readonly #now: () => Date;
  readonly #sleep: Sleep;
  #pausedUntilMs = 0;
  #nextStartMs = 0;

  constructor(options: RateLimiterOptions) {
    this.#limit = pLimit(options.concurrency);
    this.#intervalMs = options.requestsPerSecond
      ? 1000 / options.requestsPerSecond
      : 0;
    this.#now = options.now ?? (() => new Date());
    this.#sleep = options.sleep ?? defaultSleep;
  }

  pauseUntil(instant: Date): void {
    const latest = this.#now().getTime() + LONGEST_PAUSE_MS;
    this.#pausedUntilMs = Math.max(
      this.#pausedUntilMs,
      Math.min(instant.getTime(), latest),
    );
  }

  async run<T>(
    task: () => Promise<T>,
    options: { signal?: AbortSignal; maximumWaitMs?: number } = {},
  ): Promise<T> {
    const { signal, maximumWaitMs = Number.POSITIVE_INFINITY } = options;
    signal?.throwIfAborted();
    this.#refuseLongPause(maximumWaitMs);
    const turn = this.#limit(async () => {
      // It gave up while it stood in the queue.
      signal?.throwIfAborted();
      await this.#waitForStart(signal, maximumWaitMs);
      return task();
    });
    return untilAborted(turn, signal);
  }

  /** Holds its place meanwhile: whoever comes later would have to wait as well. */
  async #waitForStart(signal: AbortSignal | undefined, maximumWaitMs: number) {
    for (;;) {
      this.#refuseLongPause(maximumWaitMs);
      const nowMs = this.#now().getTime();
      const startMs = Math.max(this.#pausedUntilMs, this.#nextStartMs);
      if (startMs <= nowMs) {
        this.#nextStartMs = nowMs + this.#intervalMs;
        return;
      }
      await this.#sleep(startMs - nowMs, signal);
    }
  }

  #refuseLongPause(maximumWaitMs: number) {
    if (this.#pausedUntilMs - this.#now().getTime() > maximumWaitMs) {
      throw new RateLimiterPausedError(new Date(this.#pausedUntilMs));
    }
  }
}

/** A limiter that nobody else uses; see {@link sharedLimiter}.
 * @public */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  return new DefaultRateLimiter(options);
}

const limiters = new Map<string, RateLimiter>();

/**
 * The limiter of a host and token: the same for all calls in the process, as
 * vendors count by token and not by who uses it. The first caller's bounds
 * hold. The token is only kept as a hash.
 *
 * @public
 */
export function sharedLimiter(
  options: RateLimiterOptions & {
    /** The host with its port, or the base URL. */
    host: string;
    token: string;
  },
): RateLimiter {
  const { host, token, ...limiterOptions } = options;
  const hash = createHash('sha256').update(token).digest('hex');
  const name = URL.canParse(host) ? new URL(host).host || host : host;
  const key = `${name.toLowerCase()} ${hash}`;
  let limiter = limiters.get(key);
  if (!limiter) {
    limiter = createRateLimiter(limiterOptions);
    limiters.set(key, limiter);
  }
  return limiter;
}
