import { Knex } from 'knex';
import { whereAnyOf } from './database';
import { EntityRow, TargetRow } from './tables';

/*
 * Cycles of several sources, the index of the catalog and the sweep write the
 * same rows at the same time. Each locks what it is going to write before it
 * does, and all in one order, so that no two ever wait for each other: the
 * provider instance, then targets by id, then monitors by id, then entities by
 * reference.
 *
 * SQLite has one writer at a time and needs none of it; there, these are plain
 * reads.
 */

/** Locks the targets until the transaction ends; returns those that are still there. */
export async function lockTargets(
  trx: Knex.Transaction,
  targetIds: Iterable<number>,
): Promise<Set<number>> {
  const rows = await trx<TargetRow>('targets')
    .where(query => whereAnyOf(query, 'id', targetIds))
    .orderBy('id')
    // Rows that merely refer to a target may be written meanwhile.
    .forNoKeyUpdate()
    .select('id');
  return new Set(rows.map(row => Number(row.id)));
}

/** Locks the entities until the transaction ends; returns those that are still there, in order. */
export async function lockEntities(
  trx: Knex.Transaction,
  entityRefs: Iterable<string>,
): Promise<string[]> {
  const rows = await trx<EntityRow>('entities')
    .where(query => whereAnyOf(query, 'entity_ref', entityRefs))
    .orderBy('entity_ref')
    .forNoKeyUpdate()
    .select('entity_ref');
  return rows.map(row => row.entity_ref);
}
