import { plainText } from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';

/** A node of a plan as `explain (format json, verbose)` tells it. */
export interface PlanNode {
  'Node Type'?: string;
  'Relation Name'?: string;
  Schema?: string;
  Alias?: string;
  Filter?: string;
  'Plan Rows'?: number;
  Plans?: PlanNode[];
}

const nodeSchema: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string().optional(),
    'Relation Name': z.string().optional(),
    Schema: z.string().optional(),
    Alias: z.string().optional(),
    Filter: z.string().optional(),
    'Plan Rows': z.number().optional(),
    Plans: z.array(nodeSchema).optional(),
  }),
);

/** Schema of the one row that `explain` answers. */
export const explainSchema = z.object({
  'QUERY PLAN': z.array(z.object({ Plan: nodeSchema })).min(1),
});

/** What the catalog knows of a table in the plan. */
export interface PlannedTable {
  schema: string;
  name: string;
  rows: number;
  columns: string[];
  /** The first column of each index; of one on an expression there is none. */
  indexed: (string | null)[];
}

const LARGE_ROWS = 10_000;
/** Reading all is right where much is wanted: an index would not help then. */
const SELECTIVE = 0.3;

/**
 * What a plan proves: that a large table is read from end to end to find a part
 * of its rows by columns with which no index begins.
 */
export function adviceOfPlan(
  plan: PlanNode,
  tables: PlannedTable[],
): string | undefined {
  const pending = [plan];
  for (let node = pending.shift(); node; node = pending.shift()) {
    const advice = adviceOfNode(node, tables);
    if (advice) return advice;
    pending.push(...(node.Plans ?? []));
  }
  return undefined;
}

function adviceOfNode(
  node: PlanNode,
  tables: PlannedTable[],
): string | undefined {
  const { Filter: filter, Alias: alias } = node;
  const table = tables.find(
    ({ schema, name }) =>
      node.Schema === schema && node['Relation Name'] === name,
  );
  if (node['Node Type'] !== 'Seq Scan' || !table || !filter || !alias) {
    return undefined;
  }
  if (
    table.rows < LARGE_ROWS ||
    !((node['Plan Rows'] ?? Infinity) < table.rows * SELECTIVE)
  ) {
    return undefined;
  }
  const columns = comparedColumns(filter, alias);
  if (
    !columns ||
    !columns.every(column => table.columns.includes(column)) ||
    // An index on an expression may be what would fit; one cannot tell.
    table.indexed.some(first => first === null || columns.includes(first))
  ) {
    return undefined;
  }
  const names = columns.map(column => `"${plainText(column, 63)}"`);
  return `sequential scan on "${plainText(
    table.name,
    63,
  )}" filtered by ${names.join(' and ')}: no index begins with ${
    names.length === 1 ? 'it' : 'any of them'
  }`;
}

const NAME = '[a-z_][a-z0-9_$]*|"(?:[^"]|"")+"';
const TYPE = '(?:::[a-z_ ]+(?:\\[\\])?)?';
const COMPARISON = new RegExp(
  `^\\(*(?:(${NAME})\\.)?(${NAME})\\)*${TYPE}\\)* (?:=|<|>|<=|>=) \\(*\\$\\d+\\)*${TYPE}\\)*$`,
);

/**
 * The columns of a filter that compares each of them with a parameter, joined by
 * AND; nothing of any other filter.
 */
export function comparedColumns(
  filter: string,
  alias: string,
): string[] | undefined {
  if (filter.length > 2_000) return undefined;
  const columns = new Set<string>();
  for (const condition of filter.split(' AND ')) {
    const [, owner, column] = COMPARISON.exec(condition) ?? [];
    if (!column || (owner && unquote(owner) !== alias)) return undefined;
    columns.add(unquote(column));
  }
  return [...columns];
}

function unquote(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
