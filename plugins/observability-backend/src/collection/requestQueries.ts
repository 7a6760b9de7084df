import { Knex } from 'knex';
import {
  batches,
  escapeLike,
  orWhereLike,
  toInstant,
  whereAnyOf,
} from '../database/database';
import { lockTargets } from '../database/locks';
import { TargetRow } from '../database/tables';
import { InstanceId } from './CollectionStore';

type RequestedRow = Pick<TargetRow, 'id' | 'provider' | 'instance'>;

/** A webhook that names more than this may as well mean all. */
const MAXIMUM_KEYS = 200;

/** See `CollectionStore`. */
export async function requestTargets(
  knex: Knex,
  provider: string,
  keys: string[] | 'all',
  now: Date,
): Promise<InstanceId[]> {
  const rows: RequestedRow[] = await knex<TargetRow>('targets')
    .where({ provider })
    .where(any => {
      if (keys !== 'all' && keys.length <= MAXIMUM_KEYS) {
        whereAnyOf(any, 'target_key', keys);
        for (const key of keys) {
          orWhereLike(any, 'target_key', `${escapeLike(key)}@%`);
        }
      }
    })
    .select('id', 'provider', 'instance');
  return request(knex, rows, now);
}

/** See `CollectionStore`. */
export async function requestEntity(
  knex: Knex,
  entityRef: string,
  now: Date,
): Promise<InstanceId[]> {
  const rows = await knex('entity_targets')
    .join('targets', 'targets.id', 'entity_targets.target_id')
    .where('entity_ref', entityRef)
    .select<RequestedRow[]>('id', 'provider', 'instance');
  return request(knex, rows, now);
}

/** See `CollectionStore`. */
export async function hasRequestsSince(
  knex: Knex,
  id: InstanceId,
  since: Date,
): Promise<boolean> {
  const row = await knex<TargetRow>('targets')
    .where({ provider: id.provider, instance: id.instance })
    .where('requested_at', '>', toInstant(since))
    .first('id');
  return row !== undefined;
}

async function request(
  knex: Knex,
  rows: RequestedRow[],
  now: Date,
): Promise<InstanceId[]> {
  const instances = new Map<string, InstanceId>();
  for (const { provider, instance } of rows) {
    instances.set(`${provider}\n${instance}`, { provider, instance });
  }
  for (const batch of batches(rows)) {
    await knex.transaction(async trx => {
      const ids = await lockTargets(
        trx,
        batch.map(row => Number(row.id)),
      );
      await trx<TargetRow>('targets')
        .where(query => whereAnyOf(query, 'id', ids))
        .update({ requested_at: toInstant(now) });
    });
  }
  return [...instances.values()];
}
