import { Knex } from 'knex';
import { batches, toInstant, whereAnyOf } from '../database/database';
import {
  EntityRelationRow,
  EntityRow,
  EntityTargetRow,
  TargetRow,
} from '../database/tables';
import { EntityIndexStore, IndexChange } from './EntityIndexStore';
import { EntityTarget, IndexedEntity } from './IndexedEntity';

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

  async save(entities: IndexedEntity[], now: Date): Promise<IndexChange> {
    return this.#knex.transaction(async trx => {
      const instances = new Map<
        string,
        { provider: string; instance: string }
      >();
      for (const batch of batches(entities)) {
        await saveEntities(trx, batch);
        await saveRelations(trx, batch);
        for (const target of await saveTargets(trx, batch, now)) {
          instances.set(`${target.provider}:${target.instance}`, target);
        }
      }
      return {
        changedEntityRefs: entities.map(entity => entity.entityRef),
        instancesWithNewTargets: [...instances.values()],
      };
    });
  }

  async remove(entityRefs: string[]): Promise<void> {
    await this.#knex.transaction(async trx => {
      for (const batch of batches(entityRefs)) {
        await trx<EntityRow>('entities')
          .where(query => whereAnyOf(query, 'entity_ref', batch))
          .delete();
        await trx('transitions')
          .where(query => whereAnyOf(query, 'entity_ref', batch))
          .delete();
      }
    });
  }

  async removeOrphanedTargets(): Promise<number> {
    return this.#knex<TargetRow>('targets')
      .whereNotExists(
        this.#knex('entity_targets')
          .select(this.#knex.raw('1'))
          .where('target_id', this.#knex.ref('targets.id')),
      )
      .delete();
  }
}

async function saveEntities(
  trx: Knex.Transaction,
  entities: IndexedEntity[],
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
        hash: entity.hash,
      })),
    )
    .onConflict('entity_ref')
    .merge([
      'kind',
      'title',
      'owner_ref',
      'system_ref',
      'search_text',
      'thresholds',
      'misconfigurations',
      'hash',
    ]);
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
  for (const batch of batches(rows, 2000)) {
    await trx<EntityRelationRow>('entity_relations')
      .insert(batch)
      .onConflict(['source_ref', 'type', 'target_ref'])
      .ignore();
  }
}

/** Returns the instances of the targets that were not known before. */
async function saveTargets(
  trx: Knex.Transaction,
  entities: IndexedEntity[],
  now: Date,
): Promise<{ provider: string; instance: string }[]> {
  const wanted = new Map<string, EntityTarget>();
  for (const target of entities.flatMap(entity => entity.targets)) {
    wanted.set(identityOf(target), target);
  }
  const known = await findTargets(trx, wanted.values());

  const added = [...wanted.values()].filter(
    target => !known.has(identityOf(target)),
  );
  const rows = [...wanted.values()].map(target => ({
    provider: target.provider,
    instance: target.instance,
    target_key: target.key,
    kinds: JSON.stringify(target.kinds),
    candidate: target.candidate ?? false,
    details: target.details ? JSON.stringify(target.details) : null,
    requested_at: toInstant(now),
  }));
  for (const batch of batches(rows, 1000)) {
    await trx<TargetRow>('targets')
      .insert(batch)
      .onConflict(['provider', 'instance', 'target_key'])
      .merge(['kinds', 'candidate', 'details']);
  }

  const ids = await findTargets(trx, wanted.values());
  await trx<EntityTargetRow>('entity_targets')
    .where(query =>
      whereAnyOf(
        query,
        'entity_ref',
        entities.map(entity => entity.entityRef),
      ),
    )
    .delete();
  const bindings = new Map<string, EntityTargetRow>();
  for (const entity of entities) {
    for (const [position, target] of entity.targets.entries()) {
      const id = ids.get(identityOf(target));
      if (id !== undefined) {
        bindings.set(`${entity.entityRef} ${id}`, {
          entity_ref: entity.entityRef,
          target_id: id,
          position,
        });
      }
    }
  }
  for (const batch of batches([...bindings.values()], 2000)) {
    await trx<EntityTargetRow>('entity_targets').insert(batch);
  }
  await removeOldSignalStates(trx, entities);
  return added;
}

/** What was known of signals that an entity no longer has. */
async function removeOldSignalStates(
  trx: Knex.Transaction,
  entities: IndexedEntity[],
): Promise<void> {
  await trx('signal_states')
    .where(query =>
      whereAnyOf(
        query,
        'signal_states.entity_ref',
        entities.map(entity => entity.entityRef),
      ),
    )
    .whereNotExists(
      trx('entity_targets')
        .select(trx.raw('1'))
        .where('entity_targets.entity_ref', trx.ref('signal_states.entity_ref'))
        .where('entity_targets.target_id', trx.ref('signal_states.target_id')),
    )
    .delete();
}

async function findTargets(
  trx: Knex.Transaction,
  targets: Iterable<EntityTarget>,
): Promise<Map<string, number>> {
  const keys = new Set([...targets].map(target => target.key));
  const rows = await trx<TargetRow>('targets')
    .select('id', 'provider', 'instance', 'target_key')
    .where(query => whereAnyOf(query, 'target_key', keys));
  return new Map(
    rows.map(row => [
      identityOf({ ...row, key: row.target_key }),
      Number(row.id),
    ]),
  );
}

function identityOf(target: {
  provider: string;
  instance: string;
  key: string;
}): string {
  return `${target.provider}\n${target.instance}\n${target.key}`;
}
