import { DatabaseLimitation } from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';
import { Ask } from '../connection/Session';

/** A statement is slow when its mean is above this. */
export const SLOW_MS = 1_000;
/** Longer ones are cut, and no advice is given on them. */
export const MAX_TEXT = 20_000;
/** So many by total time, and so many by mean, are looked at. */
const LOOKED_AT = 100;

const EXTENSION_SQL = `
  select /* watchkeeper */
    format('%I.pg_stat_statements', n.nspname) as view,
    current_setting('pg_stat_statements.track', true) as track,
    current_setting('compute_query_id', true) as "queryId",
    (
      select array_agg(a.attname::text)
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = n.oid and c.relname = 'pg_stat_statements'
    ) as columns
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace
  where e.extname = 'pg_stat_statements'`;

const extensionSchema = z.object({
  view: z.string(),
  track: z.string().nullable(),
  queryId: z.string().nullable(),
  columns: z.array(z.string()).nullable(),
});

const statementSchema = z.object({
  id: z.string(),
  text: z.string(),
  calls: z.number(),
  totalMs: z.number(),
  meanMs: z.number(),
  maxMs: z.number(),
  rows: z.number(),
});
/** A statement with what it took, over all that ran it. */
export type Statement = z.infer<typeof statementSchema>;

/**
 * The statements that took most, by total time or on average; or why there are
 * none to be had.
 */
export async function readStatements(
  ask: Ask,
): Promise<Statement[] | DatabaseLimitation> {
  const [extension] = await ask(EXTENSION_SQL, extensionSchema);
  const notEnabled = (message: string): DatabaseLimitation => ({
    area: 'slow-queries',
    code: 'not-enabled',
    message,
  });
  if (!extension) {
    return notEnabled(
      'Slow queries are not known: the extension pg_stat_statements is not in this database. An administrator can add it: create extension pg_stat_statements;',
    );
  }
  // Which settings there are tells whether the server has loaded it.
  if (extension.track === null) {
    return notEnabled(
      'Slow queries are not known: the server has not loaded pg_stat_statements. Add it to shared_preload_libraries and restart the server.',
    );
  }
  if (extension.track === 'none' || extension.queryId === 'off') {
    const setting =
      extension.track === 'none'
        ? 'pg_stat_statements.track is none'
        : 'compute_query_id is off';
    return notEnabled(
      `Slow queries are not known: ${setting}, so nothing is counted.`,
    );
  }
  return ask(
    statementsSql(extension.view, extension.columns ?? []),
    statementSchema,
  );
}

/**
 * The columns of time got new names with version 1.8 of the extension, which
 * need not be the one that comes with the server: so the view itself is asked.
 *
 * Left out: our own statements, and those that are no queries, such as VACUUM
 * or CREATE INDEX, which may take their time.
 */
function statementsSql(view: string, columns: string[]): string {
  const suffix = columns.includes('total_exec_time') ? 'exec_time' : 'time';
  return `
    with statement as (
      select
        s.queryid::text as id,
        left((array_agg(s.query order by s.calls desc))[1], ${MAX_TEXT}) as text,
        sum(s.calls)::float8 as calls,
        sum(s.total_${suffix})::float8 as "totalMs",
        (sum(s.total_${suffix}) / nullif(sum(s.calls), 0))::float8 as "meanMs",
        max(s.max_${suffix})::float8 as "maxMs",
        sum(s.rows)::float8 as rows
      from ${view} as s
      where s.dbid = (select oid from pg_database where datname = current_database())
        and s.queryid is not null and s.query is not null and s.calls > 0
        and position('/* watchkeeper */' in s.query) = 0
        and left(s.query, 1000) ~* '^(\\s|--[^\\n]*\\n|/\\*([^*]|\\*[^/])*\\*/|\\()*(select|insert|update|delete|merge|with|values|table)\\y'
      group by s.queryid
    ), ranked as (
      select *,
        row_number() over (order by "meanMs" > ${SLOW_MS} desc, "totalMs" desc, id) as by_total,
        row_number() over (order by "meanMs" desc, id) as by_mean
      from statement
    )
    select /* watchkeeper */ id, text, calls, "totalMs", "meanMs", "maxMs", rows
    from ranked
    where by_total <= ${LOOKED_AT} or by_mean <= ${LOOKED_AT}
    order by "totalMs" desc, id`;
}
