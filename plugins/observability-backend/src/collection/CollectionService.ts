import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { SourceHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { Readable } from '../health/HealthReadStore';
import { CollectionStore, InstanceId } from './CollectionStore';
import { collectTaskId } from './collectTaskId';
import { ProviderRegistry } from './ProviderRegistry';

/** What other domains may ask of the collection. */
export class CollectionService {
  readonly #store: CollectionStore;
  readonly #registry: ProviderRegistry;
  readonly #scheduler: SchedulerService;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    store: CollectionStore;
    registry: ProviderRegistry;
    scheduler: SchedulerService;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#registry = options.registry;
    this.#scheduler = options.scheduler;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
  }

  /** Has the targets of an entity read as soon as possible. */
  async requestEntity(entityRef: string, now: Date): Promise<void> {
    await this.trigger(await this.#store.requestEntity(entityRef, now));
  }

  /** The same for what a vendor's webhook is about, in all instances of the vendor that know it. */
  async requestTargets(
    provider: string,
    keys: string[] | 'all',
    now: Date,
  ): Promise<void> {
    await this.trigger(await this.#store.requestTargets(provider, keys, now));
  }

  /**
   * Starts the cycles of instances now. One that is running already looks for
   * new requests before it ends, so nothing is lost by not starting another.
   */
  async trigger(instances: readonly InstanceId[]): Promise<void> {
    for (const instance of instances) {
      try {
        await this.#scheduler.triggerTask(collectTaskId(instance));
      } catch (error) {
        if ((error as Error).name !== 'ConflictError') {
          this.#logger.warn(
            `Could not start a cycle of ${instance.provider} (${instance.instance}) early; its next one is on schedule`,
            error as Error,
          );
        }
      }
    }
  }

  /** How each configured instance is doing. */
  async sources(readable: Readable): Promise<SourceHealth[]> {
    const now = this.#now().toISOString();
    const [states, counts] = await Promise.all([
      this.#store.instanceStates(),
      this.#store.sourceCounts(readable, now),
    ]);
    return this.#registry.providers.map(({ provider, instance }) => {
      const isThis = (other: InstanceId) =>
        other.provider === provider && other.instance === instance;
      const state = states.find(isThis);
      const count = counts.find(isThis);
      return {
        provider,
        instance,
        lastRunAt: state?.lastRunAt ?? null,
        lastSuccessAt: state?.lastSuccessAt ?? null,
        targets: count?.targets ?? 0,
        affectedEntities: count?.affected ?? 0,
        ...(state?.problem ? { problem: state.problem } : {}),
      };
    });
  }
}
