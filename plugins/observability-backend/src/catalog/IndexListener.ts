import { Knex } from 'knex';
import { HealthChange } from '../collection/ReadingsListener';

/** Who is told of entities that are new or have changed. */
export interface IndexListener {
  /** In the transaction that stores the entities: evaluates them anew. */
  onIndexed(
    trx: Knex.Transaction,
    entityRefs: string[],
    now: Date,
  ): Promise<void>;
  /** After that transaction. */
  onChanged(change: HealthChange): Promise<void>;
}
