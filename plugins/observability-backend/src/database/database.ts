import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

const migrationsDirectory = resolvePackagePath(
  '@watchkeeper/backstage-plugin-observability-backend',
  'migrations',
);

/** The plugin's database, with its tables brought up to date unless the portal is told not to. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  if (!database.migrations?.skip) {
    await client.migrate.latest({ directory: migrationsDirectory });
  }
  return client;
}

/**
 * `column in (values)` with one parameter, however many values there are:
 * both databases bound the number of parameters of a statement.
 */
export function whereAnyOf(
  query: Knex.QueryBuilder,
  column: string,
  values: Iterable<string | number>,
): void {
  const list = [...values] as string[];
  if (isSqlite(query.client)) {
    query.whereRaw('?? in (select value from json_each(?))', [
      column,
      JSON.stringify(list),
    ]);
    return;
  }
  query.whereRaw('?? = any(?)', [column, list]);
}

function isSqlite(client: { config?: { client?: unknown } }): boolean {
  return String(client.config?.client ?? '').includes('sqlite');
}

/** Pieces small enough for one statement. Rows have up to 12 columns; SQLite takes 32,766 parameters. */
export function* batches<T>(items: readonly T[], size = 500): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) {
    yield items.slice(start, start + size);
  }
}

/** An instant as the tables keep it. */
export function toInstant(date: Date): string {
  return date.toISOString();
}

/** Reads a JSON column that may be null. */
export function fromJson<T>(text: string | null | undefined, fallback: T): T {
  return text === null || text === undefined ? fallback : JSON.parse(text);
}
