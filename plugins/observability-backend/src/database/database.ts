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
  if (list.length === 0) {
    query.whereRaw('1 = 0');
    return;
  }
  if (isSqlite(query.client)) {
    query.whereRaw('?? in (select value from json_each(?))', [
      column,
      JSON.stringify(list),
    ]);
    return;
  }
  // A set to join with; `= any(…)` would be searched again for each row.
  const type = typeof list[0] === 'number' ? 'int' : 'text';
  query.whereRaw(`?? in (select unnest(?::${type}[]))`, [column, list]);
}

function isSqlite(client: { config?: { client?: unknown } }): boolean {
  return String(client.config?.client ?? '').includes('sqlite');
}

/** SQLite takes no more rows in one insert. */
const BATCH_SIZE = 500;

/** Pieces small enough for one statement, on both databases. */
export function* batches<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += BATCH_SIZE) {
    yield items.slice(start, start + BATCH_SIZE);
  }
}

/** `column like pattern`; what comes from outside goes through `escapeLike`. */
export function orWhereLike(
  query: Knex.QueryBuilder,
  column: string,
  pattern: string,
): void {
  // SQLite has no escape character unless it is told one.
  query.orWhereRaw(`?? like ? escape '\\'`, [column, pattern]);
}

/** Text that stands for itself in a pattern. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, character => `\\${character}`);
}

/** Text as both databases keep it: PostgreSQL refuses NUL. */
export function toStorable(text: string): string {
  return text.replaceAll('\0', '');
}

/** An instant as the tables keep it. */
export function toInstant(date: Date): string {
  return date.toISOString();
}

/** Reads a JSON column that may be null. */
export function fromJson<T>(text: string | null | undefined, fallback: T): T {
  return text === null || text === undefined ? fallback : JSON.parse(text);
}
