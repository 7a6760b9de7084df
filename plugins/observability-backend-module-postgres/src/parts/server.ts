import { z } from 'zod/v4';
import { Ask } from '../connection/Session';

const SQL = `
  select /* watchkeeper */
    current_setting('server_version') as version,
    current_setting('server_version_num')::int as number,
    pg_is_in_recovery() as standby,
    pg_has_role(current_user, 'pg_read_all_stats', 'usage') as "readsAll",
    greatest(1,
      current_setting('max_connections')::int
      - current_setting('superuser_reserved_connections')::int
      - coalesce(current_setting('reserved_connections', true)::int, 0)
    ) as "maxConnections",
    (select reset_val = 'on' from pg_settings
      where name = 'default_transaction_read_only'
        and source not in ('user', 'database user', 'client')
    ) as "readOnlyByDefault",
    (select reset_val from pg_settings where name = 'search_path') as "searchPath",
    (select bool_or(option = 'default_transaction_read_only=on')
      from pg_db_role_setting cross join unnest(setconfig) as option
      where setrole = 0
        and setdatabase = (select oid from pg_database where datname = current_database())
    ) as "databaseReadOnly"`;

const rowSchema = z.object({
  version: z.string(),
  number: z.number(),
  standby: z.boolean(),
  readsAll: z.boolean(),
  maxConnections: z.number(),
  readOnlyByDefault: z.boolean().nullable(),
  searchPath: z.string().nullable(),
  databaseReadOnly: z.boolean().nullable(),
});

/** What a server is, and what we may read on it. */
export interface Server {
  version: string;
  /** `160004` for 16.4. */
  number: number;
  standby: boolean;
  /** Unknown where a setting of the role hides that of the server. */
  readOnly?: boolean;
  /** Whether the role sees what other roles do: it has `pg_monitor`. */
  readsAll: boolean;
  /** Without those that are kept for administrators. */
  maxConnections: number;
  /** Where names without a schema are looked for. */
  searchPath: string;
}

export async function readServer(ask: Ask): Promise<Server> {
  const [row] = await ask(SQL, rowSchema);
  const { readOnlyByDefault, databaseReadOnly, searchPath, ...rest } = row;
  const readOnly =
    row.standby || databaseReadOnly === true
      ? true
      : readOnlyByDefault ?? undefined;
  return { ...rest, searchPath: searchPath ?? 'public', readOnly };
}
