import {
  SignalKind,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { whereAnyOf } from '../database/database';
import { EntityRelationRow, TransitionRow } from '../database/tables';
import { StoredTransition } from './HealthReadStore';

const MAXIMUM_TRANSITIONS = 50;

/** See `HealthReadStore`. */
export async function readDependencies(
  knex: Knex,
  entityRef: string,
): Promise<string[]> {
  return knex<EntityRelationRow>('entity_relations')
    .where({ source_ref: entityRef, type: 'dependsOn' })
    .orderBy('target_ref')
    .pluck('target_ref');
}

/** See `HealthReadStore`. */
export async function readTransitions(
  knex: Knex,
  entityRefs: string[],
  from: string,
  to: string,
): Promise<StoredTransition[]> {
  const rows = await knex<TransitionRow>('transitions')
    .where(query => whereAnyOf(query, 'entity_ref', entityRefs))
    .whereNull('signal_id')
    .whereBetween('at', [from, to])
    .select('entity_ref', 'at', 'to_status', 'message')
    .orderBy('at', 'desc')
    .limit(MAXIMUM_TRANSITIONS);
  return rows.map(row => ({
    entityRef: row.entity_ref,
    at: row.at,
    to: row.to_status as Status | null,
    message: row.message,
  }));
}

/** See `HealthReadStore`. */
export async function readData(
  knex: Knex,
  entityRefs: string[],
  kind: SignalKind,
): Promise<{ entityRef: string; data: string }[]> {
  const rows = await knex('entity_targets')
    .join('snapshots', 'snapshots.target_id', 'entity_targets.target_id')
    .where(query => whereAnyOf(query, 'entity_targets.entity_ref', entityRefs))
    .where('snapshots.kind', kind)
    .whereNotNull('snapshots.data')
    .select<{ entity_ref: string; data: string }[]>(
      'entity_targets.entity_ref',
      'snapshots.data',
    );
  return rows.map(row => ({ entityRef: row.entity_ref, data: row.data }));
}
