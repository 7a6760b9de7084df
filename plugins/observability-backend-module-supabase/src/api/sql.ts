/** A statement is slow when its mean is above this. */
export const SLOW_MS = 1000;
/** So many of the highest means are read, slow or not: a lower threshold may be set. */
const BY_MEAN = 20;
const AT_MOST = 100;
/** Longer texts are cut in the database. */
const MAX_TEXT = 4000;

/**
 * The slow statements of a project's database, run by the read-only role of the
 * vendor, which finds nothing by an unqualified name.
 *
 * - Columns of time got other names with PostgreSQL 13. A row is turned into
 *   JSON, so that one text serves all versions; planning counts where it is
 *   measured.
 * - The same statement of several roles is one. The role may not see the text
 *   and the id of others' statements; those stay single, as their times count.
 * - Left out: what asks for statistics, as this does, and what is no query, such
 *   as VACUUM or CREATE INDEX, which may take its time.
 */
export const STATEMENTS_SQL = `
with counted as (
  select
    coalesce(s.queryid::text, 'hidden-' || row_number() over (order by s.calls desc, s.rows desc)) as id,
    substr(s.query, 1, ${MAX_TEXT}) as query,
    s.calls,
    s.rows,
    coalesce(r.j ->> 'total_exec_time', r.j ->> 'total_time')::float8
      + coalesce((r.j ->> 'total_plan_time')::float8, 0) as total_ms,
    coalesce(r.j ->> 'max_exec_time', r.j ->> 'max_time')::float8
      + coalesce((r.j ->> 'max_plan_time')::float8, 0) as max_ms
  from extensions.pg_stat_statements as s
  cross join lateral (select to_jsonb(s) as j) as r
  where s.calls > 0
    and s.dbid = (
      select d.oid from pg_catalog.pg_database as d
      where d.datname = current_database()
    )
), statement as (
  select /* watchkeeper */
    id,
    min(query) as query,
    sum(calls) as calls,
    sum(rows) as rows,
    sum(total_ms) as total_ms,
    max(max_ms) as max_ms,
    sum(total_ms) / sum(calls) as mean_ms
  from counted
  where query is null
    or query = '<insufficient privilege>'
    or (
      query ~* '^(\\s|--[^\\n]*\\n|/\\*([^*]|\\*[^/])*\\*/|\\()*(select|insert|update|delete|merge|with|values|table)\\y'
      and query !~* '\\y(pg_stat_\\w+|pg_statio_\\w+|pg_catalog|information_schema)\\y'
    )
  group by id
), ranked as (
  select *, row_number() over (order by mean_ms desc, id) as mean_rank
  from statement
)
select id, query, calls, rows, mean_ms, max_ms, total_ms
from ranked
where mean_ms > ${SLOW_MS} or mean_rank <= ${BY_MEAN}
order by (mean_ms > ${SLOW_MS}) desc, total_ms desc, id
limit ${AT_MOST}`;
