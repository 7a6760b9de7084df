import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { openDatabase } from '../database/database';

/** SQLite always, PostgreSQL where the machine has one: see `TestDatabases`. */
export function createTestDatabases(): TestDatabases {
  return TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
}

/** A fresh database with the plugin's tables. */
export async function openTestDatabase(
  databases: TestDatabases,
  id: Parameters<TestDatabases['init']>[0],
): Promise<Knex> {
  return openDatabase(
    mockServices.database({
      knex: await databases.init(id),
      migrations: { skip: false },
    }),
  );
}

/** The statements that are sent while a function runs. */
export async function statementsOf(
  knex: Knex,
  run: () => Promise<unknown>,
): Promise<string[]> {
  const statements: string[] = [];
  const listener = ({ sql }: { sql: string }) => statements.push(sql);
  knex.on('query', listener);
  try {
    await run();
  } finally {
    knex.removeListener('query', listener);
  }
  return statements;
}
