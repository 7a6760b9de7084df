import { RestoreTest } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';

/** A place in the list of an entity's restore tests. */
export interface RestoreTestPosition {
  at: string;
  recordedAt: string;
  id: string;
}

/** Keeps the restores that people tried. */
export interface RestoreTestStore {
  /** Writes a test and calls `then` in the same transaction; both or neither happen. */
  add<T>(
    entityRef: string,
    test: RestoreTest,
    then: (trx: Knex.Transaction) => Promise<T>,
  ): Promise<T>;
  /** Those of an entity, the last one first; `after` is exclusive. With a signal, those that count for it. */
  list(options: {
    entityRef: string;
    signalId?: string;
    after?: RestoreTestPosition;
    limit: number;
  }): Promise<RestoreTest[]>;
  /** Deletes those made before an instant; returns how many. */
  deleteBefore(before: Date): Promise<number>;
}
