/** UptimeRobot's least limit, of its free plan. */
const LEAST_LIMIT = 10;
const WINDOW_MS = 60_000;

/**
 * How many requests may still be made in this minute.
 *
 * The limit is a number of requests in any sixty seconds, for all who use the
 * key, so the instants of our own are kept from one cycle to the next, and a
 * part of the limit is left to others: reading the state may use nine tenths of
 * it, everything else six. So also of 500 monitors the states can be read a
 * second time within a minute, when a webhook or a person asks for them.
 */
export class RequestBudget {
  readonly #now: () => Date;
  #limit: number;
  #made: number[];

  constructor(options: {
    now: () => Date;
    /** As the vendor told it last. */
    limit?: number;
    /** When requests were made, in milliseconds since 1970. */
    made?: readonly number[];
  }) {
    this.#now = options.now;
    this.#limit = Math.max(options.limit ?? 0, LEAST_LIMIT);
    this.#made = [...(options.made ?? [])];
  }

  /** How many more there may be. */
  left(purpose: 'state' | 'more'): number {
    const share = purpose === 'state' ? 0.9 : 0.6;
    return Math.max(
      Math.floor(this.#limit * share) - this.madeLately.length,
      0,
    );
  }

  spend(): void {
    this.#made = [...this.madeLately, this.#now().getTime()];
  }

  learn(limit: number): void {
    if (Number.isFinite(limit) && limit > 0) {
      this.#limit = Math.max(limit, LEAST_LIMIT);
    }
  }

  get limit(): number {
    return this.#limit;
  }

  /** Those that still count. */
  get madeLately(): number[] {
    const since = this.#now().getTime() - WINDOW_MS;
    return this.#made.filter(at => at > since);
  }
}
