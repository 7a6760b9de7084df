import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { DatabaseCheckStore } from '../schedule/DatabaseCheckStore';

/** SQLite always, PostgreSQL where the machine has one: see `TestDatabases`. */
export function createTestDatabases(): TestDatabases {
  return TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
}

/** A fresh database, with as many stores over it as there are processes. */
export async function openStores(
  databases: TestDatabases,
  id: Parameters<TestDatabases['init']>[0],
): Promise<{
  knex: Knex;
  store: DatabaseCheckStore;
  other: DatabaseCheckStore;
}> {
  const knex = await databases.init(id);
  const database = mockServices.database({ knex, migrations: { skip: false } });
  return {
    knex,
    store: await DatabaseCheckStore.create(database),
    other: await DatabaseCheckStore.create(database),
  };
}
