import { z } from 'zod/v4';
import { StatementError } from '../connection/failures';
import { Ask, Session } from '../connection/Session';
import { KNOWN_FUNCTIONS, readSelect } from './explainable';
import { adviceOfPlan, explainSchema, PlannedTable } from './planAdvice';

/** `explain (generic_plan)` came with 16. */
export const FIRST_VERSION_WITH_GENERIC_PLANS = 160_000;
const MAX_NAMES = 500;

/*
 * What the names in a statement may stand for. Safe to plan over are plain
 * tables that we may read, without children, without row security, and on
 * which nothing depends on functions or operators of somebody else.
 */
const RELATIONS_SQL = `
  select /* watchkeeper */
    n.nspname::text as schema, c.relname::text as name, c.reltuples::float8 as rows,
    n.nspname in ('pg_catalog', 'information_schema') as system,
    c.relkind = 'r' and not c.relhassubclass and not c.relispartition
      and not c.relrowsecurity and not c.relhasrules
      and has_schema_privilege(n.oid, 'usage')
      and has_table_privilege(c.oid, 'select')
      and not exists (
        select from pg_depend d
        where d.refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass)
          and (
            (d.classid = 'pg_class'::regclass
              and d.objid in (select indexrelid from pg_index where indrelid = c.oid))
            or (d.classid = 'pg_constraint'::regclass
              and d.objid in (select oid from pg_constraint where conrelid = c.oid))
          )
      ) as safe,
    array(
      select attname::text from pg_attribute
      where attrelid = c.oid and attnum > 0 and not attisdropped
    ) as columns,
    array(
      select a.attname::text
      from pg_index i left join pg_attribute a
        on a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.attnum > 0
      where i.indrelid = c.oid
    ) as indexed
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relname = any ($1::text[]) and c.relkind in ('r', 'v', 'm', 'f', 'p')`;

const relationSchema = z.object({
  schema: z.string(),
  name: z.string(),
  rows: z.number(),
  system: z.boolean(),
  safe: z.boolean(),
  columns: z.array(z.string()),
  indexed: z.array(z.string().nullable()),
});

/*
 * Planning computes what is constant, `now()` among it. Whoever may create
 * functions could give a known name, an operator or a cast another meaning for
 * such values, and have it run as our role; administrators may do that anyway.
 */
const TRUSTED_SQL = `
  select /* watchkeeper */ not (
    exists (
      select from pg_proc p join pg_roles r on r.oid = p.proowner
      where p.pronamespace <> 'pg_catalog'::regnamespace
        and p.proname = any ($1::text[]) and not r.rolsuper
    ) or exists (
      select from pg_operator o join pg_roles r on r.oid = o.oprowner
      where o.oprnamespace <> 'pg_catalog'::regnamespace and not r.rolsuper
    ) or exists (
      select from pg_cast c
      join pg_proc p on p.oid = c.castfunc
      join pg_roles r on r.oid = p.proowner
      where not r.rolsuper
    )
  ) as trusted`;

/** Whether what statements call means in this database what it means in PostgreSQL. */
export async function mayPlan(ask: Ask): Promise<boolean> {
  try {
    const [row] = await ask(TRUSTED_SQL, z.object({ trusted: z.boolean() }), [
      [...KNOWN_FUNCTIONS],
    ]);
    return row.trusted;
  } catch (error) {
    if (error instanceof StatementError || error instanceof z.ZodError) {
      return false;
    }
    throw error;
  }
}

/**
 * What the plan of a statement proves, or nothing: also where it cannot be
 * planned, or where planning it would not be safe.
 */
export async function adviseOn(
  session: Session,
  statement: string,
  searchPath: string,
): Promise<string | undefined> {
  const select = readSelect(statement);
  if (!select || select.names.length > MAX_NAMES) return undefined;
  try {
    const tables = await readTables(session.ask, select.names);
    if (!tables) return undefined;
    await session.ask(
      "select /* watchkeeper */ set_config('search_path', $1, true)",
      z.unknown(),
      [searchPath],
    );
    const [row] = await session.explain(select.text, explainSchema);
    return adviceOfPlan(row['QUERY PLAN'][0].Plan, tables);
  } catch (error) {
    if (error instanceof StatementError || error instanceof z.ZodError) {
      return undefined;
    }
    throw error;
  } finally {
    // Planning takes locks, if weak ones: nobody has to wait for the next statement.
    await session.undo().catch(() => {});
  }
}

/** The tables that the names may stand for; nothing where one of them is not safe. */
async function readTables(
  ask: Ask,
  names: string[],
): Promise<PlannedTable[] | undefined> {
  const relations = await ask(RELATIONS_SQL, relationSchema, [names]);
  const own = relations.filter(({ system }) => !system);
  const isSafe = own.length > 0 && own.every(({ safe }) => safe);
  return isSafe ? own : undefined;
}
