import { RestoreTest } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { toInstant, whereAnyOf } from '../database/database';
import { RestoreTestRow } from '../database/tables';
import { LastRestoreTest } from './restoreTestItem';
import { RestoreTestPosition, RestoreTestStore } from './RestoreTestStore';

const LAST_FIRST = [
  { column: 'at', order: 'desc' },
  { column: 'recorded_at', order: 'desc' },
  { column: 'id', order: 'desc' },
];

export class DatabaseRestoreTestStore implements RestoreTestStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add<T>(
    entityRef: string,
    test: RestoreTest,
    then: (trx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    return this.#knex.transaction(async trx => {
      await trx<RestoreTestRow>('restore_tests').insert({
        id: test.id,
        entity_ref: entityRef,
        signal_id: test.signal ?? null,
        at: test.at,
        result: test.result,
        note: test.note ?? null,
        recorded_by: test.recordedBy,
        recorded_at: test.recordedAt,
      });
      return then(trx);
    });
  }

  async list(options: {
    entityRef: string;
    signalId?: string;
    after?: RestoreTestPosition;
    limit: number;
  }): Promise<RestoreTest[]> {
    const { entityRef, signalId, after, limit } = options;
    const rows = await this.#knex<RestoreTestRow>('restore_tests')
      .where({ entity_ref: entityRef })
      .where(query => {
        if (signalId !== undefined) {
          query.where('signal_id', signalId).orWhereNull('signal_id');
        }
      })
      .where(query => {
        if (after) {
          query.whereRaw('(at, recorded_at, id) < (?, ?, ?)', [
            after.at,
            after.recordedAt,
            after.id,
          ]);
        }
      })
      .orderBy(LAST_FIRST)
      .limit(limit);
    return rows.map(toRestoreTest);
  }

  async deleteBefore(before: Date): Promise<number> {
    return this.#knex<RestoreTestRow>('restore_tests')
      .where('at', '<', toInstant(before))
      .delete();
  }
}

/** The last tests of some entities, each database's own and those for all, the newest first. */
export async function readLastRestoreTests(
  knex: Knex,
  entityRefs: Iterable<string>,
): Promise<Map<string, LastRestoreTest[]>> {
  const refs = [...entityRefs];
  const tests = new Map<string, LastRestoreTest[]>();
  if (refs.length === 0) {
    return tests;
  }
  const rows = await knex<RestoreTestRow>('restore_tests')
    .where(query => whereAnyOf(query, 'entity_ref', refs))
    .orderBy(LAST_FIRST)
    .select('entity_ref', 'signal_id', 'at', 'result');
  for (const row of rows) {
    const known = tests.get(row.entity_ref) ?? [];
    tests.set(row.entity_ref, known);
    if (!known.some(({ signalId }) => signalId === row.signal_id)) {
      known.push({
        signalId: row.signal_id,
        at: row.at,
        result: row.result as RestoreTest['result'],
      });
    }
  }
  return tests;
}

function toRestoreTest(row: RestoreTestRow): RestoreTest {
  return {
    id: row.id,
    at: row.at,
    result: row.result as RestoreTest['result'],
    ...(row.note === null ? {} : { note: row.note }),
    ...(row.signal_id === null ? {} : { signal: row.signal_id }),
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  };
}
