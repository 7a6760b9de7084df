import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { ForwardedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Provider } from '@watchkeeper/backstage-plugin-observability-node';
import { MisconfiguredProvider } from '../collection/MisconfiguredProvider';
import { EntityIndexStore, IndexedInstance } from './EntityIndexStore';
import {
  INDEXED_FIELDS,
  INDEXED_KINDS,
  indexEntity,
  IndexedEntity,
} from './IndexedEntity';
import { IndexListener } from './IndexListener';

/** What was read of an instance that is no longer configured is kept this long. */
const UNCONFIGURED_MS = 7 * 24 * 3_600_000;

/** What a run came to. */
export interface IndexChange {
  /** The catalog has no entity that could have a health. */
  isEmpty: boolean;
  /** Entities that are new or have changed. */
  changedEntityRefs: string[];
  /** Instances that got a target which was never read. */
  instancesWithNewTargets: IndexedInstance[];
}

/**
 * Follows the catalog.
 *
 * Each run streams the entities that can have a health, a page at a time and
 * only the fields that are needed, and compares each with the hash of what is
 * kept. Only what differs is written, with the health that follows from it;
 * what was not met is forgotten. So a run over ten thousand unchanged entities
 * reads one column and writes nothing.
 *
 * One run serves all providers: they would otherwise each read the whole
 * catalog every minute.
 */
export class EntityIndexer {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #store: EntityIndexStore;
  readonly #listener: IndexListener;
  readonly #providers: () => readonly Provider[];
  readonly #logger: LoggerService;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    store: EntityIndexStore;
    listener: IndexListener;
    providers: () => readonly Provider[];
    logger: LoggerService;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#store = options.store;
    this.#listener = options.listener;
    this.#providers = options.providers;
    this.#logger = options.logger;
  }

  /** Brings the index up to date. Throws when the catalog cannot be read to its end; nothing is forgotten then. */
  async run(options: { now: Date; signal: AbortSignal }): Promise<IndexChange> {
    const { now, signal } = options;
    const providers = this.#providers();
    const known = await this.#store.hashes();
    const missing = new Set(known.keys());
    const changedEntityRefs: string[] = [];
    const instances = new Map<string, IndexedInstance>();
    let isEmpty = true;

    for await (const page of this.#pages()) {
      signal.throwIfAborted();
      isEmpty &&= page.length === 0;
      const changed = this.#changesOf(page, { providers, known, missing });
      if (changed.length > 0) {
        const refs = changed.map(({ entityRef }) => entityRef);
        const added = await this.#store.save(changed, now, trx =>
          this.#listener.onIndexed(trx, refs, now),
        );
        await this.#listener.onChanged({ entityRefs: refs, anything: true });
        changedEntityRefs.push(...refs);
        for (const instance of added) {
          instances.set(`${instance.provider}\n${instance.instance}`, instance);
        }
      }
    }

    if (known.size > 0 && missing.size === known.size) {
      // A catalog that has just been emptied is more likely starting over than
      // really empty, and forgetting takes the history with it.
      throw new Error(
        `The catalog returned none of the ${known.size} entities that it had before; nothing was forgotten`,
      );
    }
    if (missing.size > 0) {
      await this.#store.remove([...missing]);
    }
    const orphans = await this.#store.removeOrphanedTargets({
      configured: providers.filter(provider => selectsTargets(provider)),
      unconfiguredBefore: new Date(now.getTime() - UNCONFIGURED_MS),
    });
    if (changedEntityRefs.length + missing.size + orphans > 0) {
      this.#logger.info(
        `Catalog read: ${changedEntityRefs.length} entities new or changed, ${missing.size} gone, ${orphans} targets forgotten`,
      );
    }
    return {
      isEmpty,
      changedEntityRefs,
      instancesWithNewTargets: [...instances.values()],
    };
  }

  /** Those of a page that are new or have changed; takes all of it from `missing`. */
  #changesOf(
    page: Entity[],
    options: {
      providers: readonly Provider[];
      known: Map<string, string>;
      missing: Set<string>;
    },
  ): IndexedEntity[] {
    const { providers, known, missing } = options;
    const changed = new Map<string, IndexedEntity>();
    for (const entity of page) {
      const { indexed, failure } = indexEntity(entity, providers);
      const { entityRef, hash } = indexed;
      missing.delete(entityRef);
      if (failure) {
        this.#logger.error(
          `The ${failure.provider.provider} module failed on the annotations of ${entityRef}`,
          failure.error as Error,
        );
      }
      // A fault of a module must not take away what it said of an entity before.
      const isKept = failure !== undefined && known.has(entityRef);
      if (!isKept && known.get(entityRef) !== hash) {
        changed.set(entityRef, indexed);
      }
    }
    return [...changed.values()];
  }

  async *#pages(): AsyncGenerator<Entity[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const pages = this.#catalog.streamEntities(
      {
        filter: { kind: INDEXED_KINDS },
        fields: INDEXED_FIELDS,
        pageSize: 500,
      },
      { credentials },
    );
    try {
      yield* pages;
    } catch (error) {
      throw new ForwardedError('Could not read the catalog', error);
    }
  }
}

/** Whether what the provider does not select is really not named by anybody. */
function selectsTargets(provider: Provider): boolean {
  return !(provider instanceof MisconfiguredProvider) || provider.canSelect;
}
