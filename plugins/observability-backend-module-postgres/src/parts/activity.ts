import { DatabaseData } from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';
import { Ask } from '../connection/Session';

/*
 * The sessions of roles whose activity may not be read have no type and no
 * state, and count as connections all the same. Walsenders and workers do not:
 * they have limits of their own. Connections are the server's, since so is
 * their limit; what the sessions do is told of this database.
 */
const SQL = `
  with session as (
    select pid, datname = current_database() as here, state, wait_event_type,
      extract(epoch from clock_timestamp() - xact_start)::float8 as transaction_seconds,
      extract(epoch from clock_timestamp() - query_start)::float8 as query_seconds
    from pg_stat_activity
    where backend_type = 'client backend'
      or (backend_type is null and datid is not null)
  ), other as (
    select * from session where here and pid <> pg_backend_pid()
  )
  select /* watchkeeper */
    (select count(*) from session)::float8 as used,
    count(*) filter (where state in ('active', 'fastpath function call'))::float8 as active,
    count(*) filter (where state like 'idle in transaction%')::float8 as "idleInTransaction",
    count(*) filter (where wait_event_type = 'Lock')::float8 as waiting,
    max(transaction_seconds) as "longestTransactionSeconds",
    max(query_seconds) filter (where state = 'active') as "longestQuerySeconds"
  from other`;

const rowSchema = z.object({
  used: z.number(),
  active: z.number(),
  idleInTransaction: z.number(),
  waiting: z.number(),
  longestTransactionSeconds: z.number().nullable(),
  longestQuerySeconds: z.number().nullable(),
});

/** How many connections are in use, and what the sessions are doing. */
export async function readActivity(ask: Ask): Promise<{
  used: number;
  activity: NonNullable<DatabaseData['activity']>;
}> {
  const [row] = await ask(SQL, rowSchema);
  const { used, longestTransactionSeconds, longestQuerySeconds, ...counts } =
    row;
  return {
    used,
    activity: {
      ...counts,
      ...seconds('longestTransactionSeconds', longestTransactionSeconds),
      ...seconds('longestQuerySeconds', longestQuerySeconds),
    },
  };
}

function seconds<K extends string>(
  key: K,
  value: number | null,
): Partial<Record<K, number>> {
  if (value === null) return {};
  const result: Partial<Record<K, number>> = {};
  result[key] = Math.max(0, value);
  return result;
}
