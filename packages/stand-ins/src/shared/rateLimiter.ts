/**
 * A fixed window and a bound on requests at the same time, by key. It goes by
 * the machine's time, as its caller's waiting does, not by the stand-in's clock.
 */
export class FixedWindowLimiter {
  readonly #now: () => number;
  readonly #windows = new Map<string, { endsAtMs: number; used: number }>();
  readonly #running = new Map<string, number>();

  constructor(options: { now?: () => number } = {}) {
    this.#now = options.now ?? Date.now;
  }

  /** Takes one request of the window, or refuses it. */
  take(
    key: string,
    limit: { requests: number; windowSeconds: number; concurrent: number },
  ): {
    refused?: 'rate' | 'concurrency';
    remaining: number;
    resetAtSeconds: number;
    concurrentRemaining: number;
  } {
    const nowMs = this.#now();
    const lengthMs = limit.windowSeconds * 1000;
    let window = this.#windows.get(key);
    if (!window || window.endsAtMs <= nowMs) {
      const startMs = Math.floor(nowMs / lengthMs) * lengthMs;
      window = { endsAtMs: startMs + lengthMs, used: 0 };
      this.#windows.set(key, window);
    }
    const running = this.#running.get(key) ?? 0;
    const answer = {
      remaining: Math.max(0, limit.requests - window.used - 1),
      resetAtSeconds: Math.ceil(window.endsAtMs / 1000),
      concurrentRemaining: Math.max(0, limit.concurrent - running - 1),
    };
    if (window.used >= limit.requests) return { refused: 'rate', ...answer };
    window.used += 1;
    if (running >= limit.concurrent) {
      return { refused: 'concurrency', ...answer };
    }
    this.#running.set(key, running + 1);
    return answer;
  }

  /** Says that a request that was taken is over. */
  release(key: string): void {
    const running = this.#running.get(key) ?? 0;
    if (running <= 1) this.#running.delete(key);
    else this.#running.set(key, running - 1);
  }
}
