import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Provider } from '@watchkeeper/backstage-plugin-observability-node';
import { EntityIndexStore, IndexChange } from './EntityIndexStore';
import {
  INDEXED_FIELDS,
  INDEXED_KINDS,
  indexEntity,
  IndexedEntity,
} from './IndexedEntity';

/**
 * Follows the catalog.
 *
 * Each run streams the entities that can have a health, a page at a time and
 * only the fields that are needed, and compares each with the hash of what is
 * kept. Only what differs is written; what was not met is forgotten. So a run
 * over ten thousand unchanged entities reads one column and writes nothing.
 *
 * One run serves all providers: they would otherwise each read the whole
 * catalog every minute.
 */
export class EntityIndexer {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #store: EntityIndexStore;
  readonly #providers: () => readonly Provider[];
  readonly #logger: LoggerService;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    store: EntityIndexStore;
    providers: () => readonly Provider[];
    logger: LoggerService;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#store = options.store;
    this.#providers = options.providers;
    this.#logger = options.logger;
  }

  /** Brings the index up to date. Throws when the catalog cannot be read to its end; nothing is forgotten then. */
  async run(options: { now: Date; signal: AbortSignal }): Promise<IndexChange> {
    const known = await this.#store.hashes();
    const missing = new Set(known.keys());
    const change: IndexChange = {
      changedEntityRefs: [],
      instancesWithNewTargets: [],
    };
    const instances = new Map<
      string,
      IndexChange['instancesWithNewTargets'][number]
    >();

    try {
      for await (const page of this.#stream()) {
        options.signal.throwIfAborted();
        const changed: IndexedEntity[] = [];
        for (const entity of page) {
          const indexed = indexEntity(entity, this.#providers());
          missing.delete(indexed.entityRef);
          if (known.get(indexed.entityRef) !== indexed.hash) {
            changed.push(indexed);
          }
        }
        if (changed.length > 0) {
          const saved = await this.#store.save(changed, options.now);
          change.changedEntityRefs.push(...saved.changedEntityRefs);
          for (const instance of saved.instancesWithNewTargets) {
            instances.set(
              `${instance.provider}:${instance.instance}`,
              instance,
            );
          }
        }
      }
    } catch (error) {
      throw new ForwardedError('Could not read the catalog', error);
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
    const orphans = await this.#store.removeOrphanedTargets();
    change.instancesWithNewTargets = [...instances.values()];
    if (change.changedEntityRefs.length + missing.size + orphans > 0) {
      this.#logger.info(
        `Catalog read: ${change.changedEntityRefs.length} entities new or changed, ${missing.size} gone, ${orphans} targets forgotten`,
      );
    }
    return change;
  }

  async *#stream() {
    const credentials = await this.#auth.getOwnServiceCredentials();
    yield* this.#catalog.streamEntities(
      {
        filter: { kind: INDEXED_KINDS },
        fields: INDEXED_FIELDS,
        pageSize: 500,
      },
      { credentials },
    );
  }
}
