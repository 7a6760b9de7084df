import { Knex } from 'knex';
import { batches, toInstant, whereAnyOf } from '../database/database';
import { EntityTargetRow, SignalStateRow, TargetRow } from '../database/tables';
import { IndexedInstance } from './EntityIndexStore';
import { EntityTarget, IndexedEntity } from './IndexedEntity';

/** The ids of targets by what identifies them. */
export type TargetIds = Map<string, number>;

/**
 * Adds targets that are not known, and changes those that are known otherwise.
 * Returns the ids of all, and the instances of the new ones.
 */
export async function saveTargets(
  trx: Knex.Transaction,
  targets: EntityTarget[],
  now: Date,
): Promise<{ ids: TargetIds; instances: IndexedInstance[] }> {
  const wanted = new Map<string, EntityTarget>();
  for (const target of targets) {
    wanted.set(identityOf(target), target);
  }
  if (wanted.size === 0) {
    return { ids: new Map(), instances: [] };
  }
  const known = await findTargets(trx, wanted.values());
  const instances = new Map<string, IndexedInstance>();
  const changed: Omit<TargetRow, 'id' | 'listed' | 'state'>[] = [];
  for (const [identity, target] of wanted) {
    const row = {
      provider: target.provider,
      instance: target.instance,
      target_key: target.key,
      kinds: JSON.stringify(target.kinds),
      candidate: target.candidate ?? false,
      details: target.details ? JSON.stringify(target.details) : null,
      requested_at: toInstant(now),
    };
    const before = known.get(identity);
    if (!before) {
      const { provider, instance } = target;
      instances.set(`${provider}\n${instance}`, { provider, instance });
    }
    if (
      before?.kinds !== row.kinds ||
      before.details !== row.details ||
      Boolean(before.candidate) !== row.candidate
    ) {
      changed.push(row);
    }
  }
  for (const batch of batches(changed)) {
    await trx<TargetRow>('targets')
      .insert(batch)
      .onConflict(['provider', 'instance', 'target_key'])
      .merge(['kinds', 'candidate', 'details']);
  }
  const all =
    instances.size > 0 ? await findTargets(trx, wanted.values()) : known;
  return {
    ids: new Map([...all].map(([identity, row]) => [identity, Number(row.id)])),
    instances: [...instances.values()],
  };
}

/** Says which targets the entities name now, and forgets the signals that they no longer have. */
export async function bindTargets(
  trx: Knex.Transaction,
  entities: IndexedEntity[],
  ids: TargetIds,
): Promise<void> {
  const refs = entities.map(entity => entity.entityRef);
  await trx<EntityTargetRow>('entity_targets')
    .where(query => whereAnyOf(query, 'entity_ref', refs))
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
  for (const batch of batches([...bindings.values()])) {
    await trx<EntityTargetRow>('entity_targets').insert(batch);
  }
  await trx<SignalStateRow>('signal_states')
    .where(query => whereAnyOf(query, 'signal_states.entity_ref', refs))
    .whereNotExists(
      trx('entity_targets')
        .select(trx.raw('1'))
        .where('entity_targets.entity_ref', trx.ref('signal_states.entity_ref'))
        .where('entity_targets.target_id', trx.ref('signal_states.target_id')),
    )
    .delete();
}

/** Those that are known, locked in the order of `lockTargets`. */
async function findTargets(
  trx: Knex.Transaction,
  targets: Iterable<EntityTarget>,
): Promise<Map<string, TargetRow>> {
  const keys = new Set([...targets].map(target => target.key));
  const rows = await trx<TargetRow>('targets')
    .where(query => whereAnyOf(query, 'target_key', keys))
    .orderBy('id')
    .forNoKeyUpdate()
    .select(
      'id',
      'provider',
      'instance',
      'target_key',
      'kinds',
      'candidate',
      'details',
    );
  return new Map(
    rows.map(row => [
      identityOf({ ...row, key: row.target_key }),
      row as TargetRow,
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
