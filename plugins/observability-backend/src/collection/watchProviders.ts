import { LoggerService } from '@backstage/backend-plugin-api';
import { CollectionService } from './CollectionService';
import { ProviderRegistry } from './ProviderRegistry';

/** What comes within this time is asked for together. */
const JOIN_MS = 250;

/** Gathers ids for a short while and hands them over, one lot after the other. */
class JoinedRequests {
  readonly #request: (ids: string[]) => Promise<void>;
  readonly #waiting = new Set<string>();
  #isBusy = false;

  constructor(request: (ids: string[]) => Promise<void>) {
    this.#request = request;
  }

  add(ids: string[]): void {
    for (const id of ids) {
      this.#waiting.add(id);
    }
    if (!this.#isBusy && this.#waiting.size > 0) {
      this.#isBusy = true;
      // A process that ends need not wait for it.
      setTimeout(() => this.#handOver(), JOIN_MS).unref();
    }
  }

  async #handOver(): Promise<void> {
    const ids = [...this.#waiting];
    this.#waiting.clear();
    await this.#request(ids);
    this.#isBusy = false;
    this.add([]);
  }
}

/**
 * Has what providers learn of by themselves read at once.
 *
 * Changes often come in bursts, such as all checks of one host, and each would
 * start the same cycle. What a vendor's providers say within a short while, or
 * while an earlier request is under way, is asked for together.
 */
export function watchProviders(options: {
  registry: ProviderRegistry;
  collection: Pick<CollectionService, 'requestTargets'>;
  logger: LoggerService;
}): void {
  const { registry, collection, logger } = options;
  const requests = new Map<string, JoinedRequests>();
  for (const watched of registry.providers) {
    const { provider, instance } = watched;
    const joined =
      requests.get(provider) ??
      new JoinedRequests(async ids => {
        try {
          await collection.requestTargets(provider, ids, new Date());
        } catch (error) {
          logger.error(
            `Could not ask for what changed at ${provider}; its next cycle is on schedule`,
            error as Error,
          );
        }
      });
    requests.set(provider, joined);
    try {
      watched.watch?.(ids => joined.add(ids));
    } catch (error) {
      logger.error(
        `The ${provider} module cannot watch ${instance}; its cycles are on schedule`,
        error as Error,
      );
    }
  }
}
