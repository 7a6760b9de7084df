import { IndexedEntity } from './IndexedEntity';

/** What a change of the index means for what is read. */
export interface IndexChange {
  /** Entities that are new or have changed. */
  changedEntityRefs: string[];
  /** Provider instances that got a target which was never read. */
  instancesWithNewTargets: { provider: string; instance: string }[];
}

/** Keeps what the plugin needs to know of the catalog's entities. */
export interface EntityIndexStore {
  /** The hash of each entity that is kept, by its reference. */
  hashes(): Promise<Map<string, string>>;
  /** Writes entities with their relations and targets, whole or not at all; new targets are marked as asked for. */
  save(entities: IndexedEntity[], now: Date): Promise<IndexChange>;
  /** Forgets entities with everything that was known of them. */
  remove(entityRefs: string[]): Promise<void>;
  /** Forgets targets that no entity names any more, with their data. */
  removeOrphanedTargets(): Promise<number>;
}
