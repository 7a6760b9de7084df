import { DatabaseAdvisory } from '@watchkeeper/backstage-plugin-observability-common';
import { plainText } from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { Ask } from '../connection/Session';
import { bytesText, spanText } from '../text';

/** An index must have been idle for so long, and counting have gone on for so long, to be told as unused. */
export const UNUSED_AFTER_SECONDS = 7 * 86_400;
const UNUSED_LIMIT = 200;
const TOLD_UNUSED = 30;
const TOLD_FOREIGN_KEYS = 30;

/*
 * Never read since counting began, over 1 MB, and there for reading alone: not
 * unique, not behind a constraint or a replica identity, not on an expression
 * (for which it also gathers statistics), not part of a partitioned index, and
 * not beginning with a column of a foreign key, which it may speed up one day.
 */
const UNUSED_SQL = `
  select /* watchkeeper */
    i.indexrelid::text as id,
    format('%I.%I', n.nspname, c.relname) as name,
    format('%I.%I', n.nspname, t.relname) as "table",
    pg_relation_size(i.indexrelid)::float8 as bytes
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  join pg_class t on t.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_stat_user_indexes s on s.indexrelid = i.indexrelid
  where s.idx_scan = 0
    and i.indisvalid and not i.indisunique and not i.indisprimary
    and not i.indisexclusion and not i.indisclustered and not i.indisreplident
    and i.indexprs is null
    and c.relkind = 'i' and not c.relispartition
    and not exists (
      select from pg_constraint k
      where k.conindid = i.indexrelid
        or (k.contype = 'f' and k.conrelid = i.indrelid and i.indkey[0] = any (k.conkey))
    )
    and pg_relation_size(i.indexrelid) > 1048576
  order by bytes desc, id
  limit ${UNUSED_LIMIT}`;

const idleIndexSchema = z.object({
  id: z.string(),
  name: z.string(),
  table: z.string(),
  bytes: z.number(),
});
/** An index that was not read since counting began. */
export type IdleIndex = z.infer<typeof idleIndexSchema>;

/*
 * Where a database was never told to count anew, its statistics are as old as
 * those of the server, which begin anew after a crash.
 */
const COUNTING_SQL = `
  select /* watchkeeper */
    extract(epoch from coalesce(
      (select stats_reset from pg_stat_database where datname = current_database()),
      (select stats_reset from pg_stat_bgwriter)
    ))::float8 as since`;

export async function readIdleIndexes(
  ask: Ask,
): Promise<{ indexes: IdleIndex[]; countingSince: number | null }> {
  const [{ since }] = await ask(
    COUNTING_SQL,
    z.object({ since: z.number().nullable() }),
  );
  return {
    indexes: await ask(UNUSED_SQL, idleIndexSchema),
    countingSince: since,
  };
}

/**
 * Which of the idle indexes are certainly unused. How old an index is the
 * server does not know, so a new one would look unused: each is told only after
 * we have seen it idle for seven days ourselves.
 *
 * @param seen - by index: since when we see it idle, in seconds
 */
export function unusedIndexes(
  idle: { indexes: IdleIndex[]; countingSince: number | null },
  seen: Record<string, number>,
  nowSeconds: number,
): { advisories: DatabaseAdvisory[]; seen: Record<string, number> } {
  const stillSeen: Record<string, number> = {};
  for (const { id } of idle.indexes) {
    stillSeen[id] = seen[id] ?? nowSeconds;
  }
  const { countingSince } = idle;
  const unused = idle.indexes.filter(
    ({ id }) =>
      countingSince !== null &&
      nowSeconds - Math.max(countingSince, stillSeen[id]) >=
        UNUSED_AFTER_SECONDS,
  );
  return {
    seen: stillSeen,
    advisories: unused.slice(0, TOLD_UNUSED).map(index => ({
      name: 'unused_index',
      level: 'info',
      title: `Index ${plainText(index.name, 140)} is not used`,
      detail: `${bytesText(index.bytes)} on ${plainText(
        index.table,
        140,
      )}; not read once in ${spanText(
        nowSeconds - Number(countingSince),
      )} of counting. Each write keeps it up to date.`,
      remediation: `drop index concurrently ${plainText(index.name, 300)};`,
    })),
  };
}

/*
 * No index begins with its columns, in whatever order, partial ones counted;
 * the table is large, and is read from end to end at times.
 */
const FOREIGN_KEYS_SQL = `
  select /* watchkeeper */
    format('%I.%I', n.nspname, t.relname) as "table",
    k.conname::text as name,
    (
      select string_agg(format('%I', a.attname), ', ' order by o.position)
      from unnest(k.conkey) with ordinality as o (number, position)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = o.number
    ) as columns,
    t.reltuples::float8 as rows,
    s.seq_scan::float8 as scans
  from pg_constraint k
  join pg_class t on t.oid = k.conrelid
  join pg_namespace n on n.oid = t.relnamespace
  join pg_stat_user_tables s on s.relid = t.oid
  where k.contype = 'f' and t.relkind = 'r'
    and t.reltuples >= 10000 and pg_relation_size(t.oid) > 1048576
    and s.seq_scan > 0
    and not exists (
      select from pg_index i
      where i.indrelid = k.conrelid and i.indisvalid
        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
    )
  order by t.reltuples desc, k.oid
  limit ${TOLD_FOREIGN_KEYS}`;

const foreignKeySchema = z.object({
  table: z.string(),
  name: z.string(),
  columns: z.string(),
  rows: z.number(),
  scans: z.number(),
});

/** Foreign keys on large tables whose referencing columns no index begins with. */
export async function readUnindexedForeignKeys(
  ask: Ask,
): Promise<DatabaseAdvisory[]> {
  const keys = await ask(FOREIGN_KEYS_SQL, foreignKeySchema);
  return keys.map(key => {
    const table = plainText(key.table, 140);
    const columns = plainText(key.columns, 200);
    return {
      name: 'unindexed_foreign_keys',
      level: 'info',
      title: `Foreign key ${plainText(
        key.name,
        80,
      )} of ${table} has no index on ${columns}`,
      detail: `About ${key.rows.toLocaleString(
        'en',
      )} rows, read from end to end ${key.scans.toLocaleString(
        'en',
      )} times since counting began. Deleting a row that it refers to, and joining over it, does so too.`,
      remediation: `create index concurrently on ${table} (${columns});`,
    };
  });
}
