import {
  signalId,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { whereAnyOf } from '../../database/database';
import { readLastRestoreTests } from '../../restoreTests/DatabaseRestoreTestStore';
import { LastRestoreTest } from '../../restoreTests/restoreTestItem';

/** What a handoff note tells of a service. */
export interface ServiceInNote {
  entityRef: string;
  title: string;
  status: Status | null;
  since: string | null;
  /** Ids of the signals of its databases. */
  databases: string[];
  /** The last restores of them, the newest first. */
  restoreTests: LastRestoreTest[];
}

/** Reads many services at once; those that the index does not know are left out. */
export async function readServices(
  knex: Knex,
  entityRefs: Iterable<string>,
): Promise<ServiceInNote[]> {
  const refs = [...entityRefs];
  const rows: {
    entity_ref: string;
    title: string;
    status: Status | null;
    since: string | null;
  }[] = await knex('entities')
    .leftJoin(
      'entity_health',
      'entity_health.entity_ref',
      'entities.entity_ref',
    )
    .where(query => whereAnyOf(query, 'entities.entity_ref', refs))
    .orderBy('entities.entity_ref')
    .select(
      'entities.entity_ref',
      'entities.title',
      'entity_health.status',
      'entity_health.since',
    );
  const databases: {
    entity_ref: string;
    provider: string;
    instance: string;
    target_key: string;
  }[] = await knex('signal_states')
    .join('targets', 'targets.id', 'signal_states.target_id')
    .where(query => whereAnyOf(query, 'signal_states.entity_ref', refs))
    .where('signal_states.kind', 'database')
    .orderBy('targets.id')
    .select(
      'signal_states.entity_ref',
      'targets.provider',
      'targets.instance',
      'targets.target_key',
    );
  const restoreTests = await readLastRestoreTests(
    knex,
    new Set(databases.map(row => row.entity_ref)),
  );
  return rows.map(row => ({
    entityRef: row.entity_ref,
    title: row.title,
    status: row.status,
    since: row.since,
    databases: databases
      .filter(database => database.entity_ref === row.entity_ref)
      .map(({ provider, instance, target_key: target }) =>
        signalId({ kind: 'database', provider, instance, target }),
      ),
    restoreTests: restoreTests.get(row.entity_ref) ?? [],
  }));
}
