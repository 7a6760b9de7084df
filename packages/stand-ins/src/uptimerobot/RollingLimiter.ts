const WINDOW_MS = 60_000;

/**
 * So many requests in any sixty seconds, by key: the strictest reading of "a
 * minute", so that who keeps to it keeps to every other one.
 */
export class RollingLimiter {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #taken = new Map<string, number[]>();

  constructor(options: { limit: number; now?: () => number }) {
    this.#limit = options.limit;
    this.#now = options.now ?? Date.now;
  }

  /** Takes one request, or refuses it; those that are refused do not count. */
  take(key: string): {
    isRefused: boolean;
    remaining: number;
    /** When there is room for one more than now. */
    resetAtSeconds: number;
    retryAfterSeconds: number;
  } {
    const nowMs = this.#now();
    const taken = (this.#taken.get(key) ?? []).filter(
      at => at > nowMs - WINDOW_MS,
    );
    const isRefused = taken.length >= this.#limit;
    if (!isRefused) taken.push(nowMs);
    this.#taken.set(key, taken);
    const resetMs = (taken[0] ?? nowMs) + WINDOW_MS;
    return {
      isRefused,
      remaining: this.#limit - taken.length,
      resetAtSeconds: Math.ceil(resetMs / 1000),
      retryAfterSeconds: Math.max(1, Math.ceil((resetMs - nowMs) / 1000)),
    };
  }
}
