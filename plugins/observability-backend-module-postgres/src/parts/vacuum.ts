import {
  DatabaseAdvisory,
  DatabaseData,
} from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';
import { Ask } from '../connection/Session';

/** So many ids can be given out, less those that the server keeps for repairs, before it takes no more writes. */
const STOP_AGE = 2 ** 31 - 3_000_000;

const TOLD_WRAPAROUND = 0.75;

/*
 * The ids are the server's: the oldest of all its databases decides. Multixacts
 * run out in the same way.
 */
const SQL = `
  select /* watchkeeper */
    (select max(greatest(age(datfrozenxid), mxid_age(datminmxid))) from pg_database)::float8 as age,
    sum(n_dead_tup)::float8 as "deadRows",
    extract(epoch from min(last_autovacuum))::float8 as "oldestAt"
  from pg_stat_user_tables`;

const rowSchema = z.object({
  age: z.number(),
  deadRows: z.number().nullable(),
  oldestAt: z.number().nullable(),
});

export async function readVacuum(
  ask: Ask,
): Promise<NonNullable<DatabaseData['vacuum']>> {
  const [{ age, deadRows, oldestAt }] = await ask(SQL, rowSchema);
  return {
    wraparound: Math.min(1, Math.max(0, age) / STOP_AGE),
    ...(deadRows !== null && { deadRows }),
    ...(oldestAt !== null && {
      oldestAutovacuumAt: new Date(oldestAt * 1000).toISOString(),
    }),
  };
}

/** What is told when the ids are running out: that is long before they have. */
export function wraparoundAdvisories(wraparound: number): DatabaseAdvisory[] {
  if (wraparound < TOLD_WRAPAROUND) return [];
  return [
    {
      name: 'transaction_ids_running_out',
      level: 'error',
      title: `${Math.floor(
        wraparound * 100,
      )} % of the transaction ids are used`,
      detail:
        'When they run out the server takes no more writes. Something keeps vacuum from freezing old rows: a long transaction, a prepared one, an abandoned replication slot, or vacuum itself fails.',
      url: 'https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND',
    },
  ];
}
