/** What came of asking for an address. */
export interface LinkResult {
  url: string;
  /** `dead`: it says that there is nothing. `unknown`: it could not be told this time. */
  state: 'ok' | 'dead' | 'unknown';
}

/** Keeps which addresses of runbooks answer. */
export interface LinkStore {
  /** Adds addresses that are new as due, and forgets those that no runbook names any more. */
  sync(urls: ReadonlySet<string>, now: string): Promise<void>;
  /** Some that are due, the longest due first. */
  due(now: string, limit: number): Promise<string[]>;
  /** Writes down what came of asking. */
  record(
    results: LinkResult[],
    options: { now: string; nextCheckAt: string; retryAt: string },
  ): Promise<void>;
  /** Those that are dead, and since when. */
  dead(): Promise<Map<string, string>>;
}
