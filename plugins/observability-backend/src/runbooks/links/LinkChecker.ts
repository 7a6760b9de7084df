import { RunbookIndex } from '../RunbookIndex';
import { withoutAnchor } from './withoutAnchor';
import { LinkResult, LinkStore } from './LinkStore';

/** How many addresses one run asks for, and how many at once. */
const LINKS_A_RUN = 200;
const CONCURRENCY = 4;
const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;

/** Asks whether there is something at an address. Never throws. */
export type ProbeLink = (
  url: string,
  signal: AbortSignal,
) => Promise<LinkResult['state']>;

/** Finds out, a few at a time, which links of runbooks lead nowhere. Each address is asked for once a week. */
export class LinkChecker {
  readonly #index: RunbookIndex;
  readonly #store: LinkStore;
  readonly #probe: ProbeLink;
  readonly #now: () => Date;

  constructor(options: {
    index: RunbookIndex;
    store: LinkStore;
    probe: ProbeLink;
    now?: () => Date;
  }) {
    this.#index = options.index;
    this.#store = options.store;
    this.#probe = options.probe;
    this.#now = options.now ?? (() => new Date());
  }

  async run(signal: AbortSignal): Promise<void> {
    const urls = new Set<string>();
    for (const runbook of (await this.#index.runbooks()).values()) {
      const own = runbook.hasText ? [] : [runbook.url];
      for (const url of [...own, ...runbook.facts.links]) {
        urls.add(withoutAnchor(url));
      }
    }
    const now = this.#iso();
    await this.#store.sync(urls, now);
    const due = await this.#store.due(now, LINKS_A_RUN);
    const open = due.values();
    const worker = async () => {
      for (const url of open) {
        if (signal.aborted) {
          return;
        }
        const state = await this.#probe(url, signal);
        if (!signal.aborted) {
          await this.#store.record([{ url, state }], {
            now: this.#iso(),
            nextCheckAt: this.#iso(WEEK_MS),
            retryAt: this.#iso(DAY_MS),
          });
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  }

  #iso(laterMs = 0): string {
    return new Date(this.#now().getTime() + laterMs).toISOString();
  }
}
