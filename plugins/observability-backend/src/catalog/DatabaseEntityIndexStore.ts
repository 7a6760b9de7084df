import { Knex } from 'knex';
import { batches, toInstant, whereAnyOf } from '../database/database';
import { lockEntities, lockTargets } from '../database/locks';
import {
  EntityRelationRow,
  EntityRow,
  EntityRunbookLocationRow,
  ProviderInstanceRow,
  TargetRow,
} from '../database/tables';
import { EntityIndexStore, IndexedInstance } from './EntityIndexStore';
import { bindTargets, saveTargets } from './entityTargets';
import { IndexedEntity } from './IndexedEntity';

export class DatabaseEntityIndexStore implements EntityIndexStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async hashes(): Promise<Map<string, string>> {
    const rows = await this.#knex<EntityRow>('entities').select(
      'entity_ref',
      'hash',
    );
    return new Map(rows.map(row => [row.entity_ref, row.hash]));
  }

  async save(
    entities: IndexedEntity[],
    now: Date,
    then: (trx: Knex.Transaction) => Promise<void>,
  ): Promise<IndexedInstance[]> {
    return this.#knex.transaction(async trx => {
      const { ids, instances } = await saveTargets(
        trx,
        entities.flatMap(entity => entity.targets),
        now,
      );
      await lockEntities(
        trx,
        entities.map(entity => entity.entityRef),
      );
      for (const batch of batches(entities)) {
        await saveEntities(trx, batch, now);
        await saveRelations(trx, batch);
        await saveRunbookLocations(trx, batch);
        await bindTargets(trx, batch, ids);
      }
      await then(trx);
      return instances;
    });
  }

  async remove(entityRefs: string[]): Promise<void> {
    for (const batch of batches(entityRefs)) {
      await this.#knex.transaction(async trx => {
        await lockEntities(trx, batch);
        await trx<EntityRow>('entities')
          .where(query => whereAnyOf(query, 'entity_ref', batch))
          .delete();
        await trx('transitions')
          .where(query => whereAnyOf(query, 'entity_ref', batch))
          .delete();
      });
    }
  }

  async removeOrphanedTargets(options: {
    configured: IndexedInstance[];
    unconfiguredBefore: Date;
  }): Promise<number> {
    const orphans: number[] = await this.#knex<TargetRow>('targets')
      .where(query => whereOrphaned(query, this.#knex))
      .where(any => {
        for (const { provider, instance } of options.configured) {
          any.orWhere({ provider, instance });
        }
        any.orWhereNotExists(
          this.#knex<ProviderInstanceRow>('provider_instances')
            .select(this.#knex.raw('1'))
            .where('provider', this.#knex.ref('targets.provider'))
            .where('instance', this.#knex.ref('targets.instance'))
            .where('last_run_at', '>=', toInstant(options.unconfiguredBefore)),
        );
      })
      .orderBy('id')
      .pluck('id');
    let removed = 0;
    for (const batch of batches(orphans)) {
      const count = await this.#knex.transaction(
        async (trx): Promise<number> => {
          await lockTargets(trx, batch);
          return trx<TargetRow>('targets')
            .where(query => whereAnyOf(query, 'id', batch))
            .where(query => whereOrphaned(query, trx))
            .delete();
        },
      );
      removed += count;
    }
    return removed;
  }
}

function whereOrphaned(query: Knex.QueryBuilder, knex: Knex): void {
  query.whereNotExists(
    knex('entity_targets')
      .select(knex.raw('1'))
      .where('target_id', knex.ref('targets.id')),
  );
}

async function saveEntities(
  trx: Knex.Transaction,
  entities: IndexedEntity[],
  now: Date,
): Promise<void> {
  await trx<EntityRow>('entities')
    .insert(
      entities.map(entity => ({
        entity_ref: entity.entityRef,
        kind: entity.kind,
        title: entity.title,
        owner_ref: entity.ownerRef ?? null,
        system_ref: entity.systemRef ?? null,
        search_text: entity.searchText,
        thresholds: JSON.stringify(entity.thresholds),
        misconfigurations: JSON.stringify(entity.misconfigurations),
        misconfigured_since:
          entity.misconfigurations.length > 0 ? toInstant(now) : null,
        hash: entity.hash,
      })),
    )
    .onConflict('entity_ref')
    .merge({
      ...excluded(
        trx,
        'kind',
        'title',
        'owner_ref',
        'system_ref',
        'search_text',
        'thresholds',
        'misconfigurations',
        'hash',
      ),
      // The same ones last since they were first seen.
      misconfigured_since: trx.raw(
        `case when entities.misconfigurations = excluded.misconfigurations
           then entities.misconfigured_since
           else excluded.misconfigured_since end`,
      ),
    });
}

/** The values of the row that could not be inserted. */
function excluded(
  trx: Knex.Transaction,
  ...columns: (keyof EntityRow)[]
): Record<string, Knex.Raw> {
  return Object.fromEntries(
    columns.map(column => [column, trx.raw('excluded.??', [column])]),
  );
}

async function saveRelations(
  trx: Knex.Transaction,
  entities: IndexedEntity[],
): Promise<void> {
  await trx<EntityRelationRow>('entity_relations')
    .where(query =>
      whereAnyOf(
        query,
        'source_ref',
        entities.map(entity => entity.entityRef),
      ),
    )
    .delete();
  const rows = entities.flatMap(entity =>
    entity.relations.map(({ type, targetRef }) => ({
      source_ref: entity.entityRef,
      type,
      target_ref: targetRef,
    })),
  );
  for (const batch of batches(rows)) {
    await trx<EntityRelationRow>('entity_relations')
      .insert(batch)
      .onConflict(['source_ref', 'type', 'target_ref'])
      .ignore();
  }
}

async function saveRunbookLocations(
  trx: Knex.Transaction,
  entities: IndexedEntity[],
): Promise<void> {
  await trx<EntityRunbookLocationRow>('entity_runbook_locations')
    .where(query =>
      whereAnyOf(
        query,
        'entity_ref',
        entities.map(entity => entity.entityRef),
      ),
    )
    .delete();
  const rows = entities.flatMap(({ entityRef, runbookLocations }) =>
    runbookLocations.map((found, position) => ({
      entity_ref: entityRef,
      position,
      kind: found.kind,
      location: found.location,
      base: found.base ?? null,
      title: found.title ?? null,
      annotation: found.annotation,
    })),
  );
  for (const batch of batches(rows)) {
    await trx<EntityRunbookLocationRow>('entity_runbook_locations').insert(
      batch,
    );
  }
}
