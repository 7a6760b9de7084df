import { Knex } from 'knex';
import { IndexedEntity } from './IndexedEntity';

/** A configured instance of a vendor. */
export interface IndexedInstance {
  provider: string;
  instance: string;
}

/** Keeps what the plugin needs to know of the catalog's entities. */
export interface EntityIndexStore {
  /** The hash of each entity that is kept, by its reference. */
  hashes(): Promise<Map<string, string>>;
  /**
   * Writes entities with their relations and targets and calls `then` in the
   * same transaction; both or neither happen. New targets are marked as asked
   * for; their instances are returned.
   */
  save(
    entities: IndexedEntity[],
    now: Date,
    then: (trx: Knex.Transaction) => Promise<void>,
  ): Promise<IndexedInstance[]>;
  /** Forgets entities with everything that was known of them. */
  remove(entityRefs: string[]): Promise<void>;
  /**
   * Forgets targets that no entity names any more, with their data. Those of an
   * instance that is not configured wait until it has not run since
   * `unconfiguredBefore`: it may be a mistake in the configuration, and with
   * the targets goes their history. Returns how many went.
   */
  removeOrphanedTargets(options: {
    configured: IndexedInstance[];
    unconfiguredBefore: Date;
  }): Promise<number>;
}
