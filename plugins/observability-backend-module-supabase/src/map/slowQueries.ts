import { SlowQuery } from '@watchkeeper/backstage-plugin-observability-common';
import {
  Measurement,
  plainText,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { StatementRow } from '../api/schemas';
import { SLOW_MS } from '../api/sql';
import { UnindexedForeignKey } from './advisories';

const MAX_QUERIES = 50;
const MAX_QUERY = 1000;
const MAX_NAME = 80;
/** What was slow once and is not run any more is of no concern. */
const CURRENT_SECONDS = 86_400;
const HIDDEN = 'A statement whose text the read-only role may not see';

export const statementSchema = z.object({
  id: z.string(),
  query: z.string(),
  calls: z.number(),
  rows: z.number().optional(),
  meanMs: z.number(),
  maxMs: z.number(),
  totalMs: z.number(),
  /** When its calls were seen to grow last. */
  movedAt: z.string(),
});
/** A statement as it is remembered until statements are read again. */
export type KnownStatement = z.infer<typeof statementSchema>;

/**
 * The rows that can be read, with when each was seen to grow: the database
 * counts since its statistics were reset, months maybe. One that is new to us
 * counts as running.
 */
export function toStatements(
  rows: readonly StatementRow[],
  before: readonly KnownStatement[],
  now: Date,
): KnownStatement[] {
  const known = new Map(before.map(statement => [statement.id, statement]));
  return rows.flatMap(row => {
    const { id, calls, mean_ms: meanMs } = row;
    if (calls === undefined || meanMs === undefined) return [];
    const last = known.get(id);
    const hidden = isHidden(row);
    const moved = hidden || last?.calls !== calls;
    return [
      {
        id,
        query: hidden
          ? HIDDEN
          : plainText(row.query?.replace(/\s+/g, ' '), MAX_QUERY),
        calls,
        ...(row.rows === undefined ? {} : { rows: row.rows }),
        meanMs,
        maxMs: row.max_ms ?? meanMs,
        totalMs: row.total_ms ?? calls * meanMs,
        movedAt: moved ? now.toISOString() : last.movedAt,
      },
    ];
  });
}

/** Those that ran within the last day. */
export function currentStatements(
  statements: readonly KnownStatement[],
  now: Date,
): KnownStatement[] {
  return statements.filter(
    ({ movedAt }) =>
      now.getTime() - Date.parse(movedAt) < CURRENT_SECONDS * 1000,
  );
}

/** Those whose mean is over a second, by total time. */
export function toSlowQueries(
  statements: readonly KnownStatement[],
  foreignKeys: readonly UnindexedForeignKey[],
): SlowQuery[] {
  return statements
    .filter(({ meanMs }) => meanMs > SLOW_MS)
    .sort((a, b) => b.totalMs - a.totalMs)
    .slice(0, MAX_QUERIES)
    .map(({ id: _id, movedAt: _movedAt, ...statement }) => {
      const advice = adviceOn(statement.query, foreignKeys);
      return advice === undefined ? statement : { ...statement, advice };
    });
}

/** The slowest on average, whatever the threshold is; 0 where nothing ran. */
export function slowestMeasurement(
  statements: readonly KnownStatement[],
): Measurement {
  const [slowest] = [...statements].sort((a, b) => b.meanMs - a.meanMs);
  return slowest
    ? {
        metric: 'database.slowQueryMs',
        value: slowest.meanMs,
        subject: {
          id: slowest.query === HIDDEN ? 'hidden' : slowest.id,
          name: plainText(slowest.query, MAX_NAME),
        },
      }
    : { metric: 'database.slowQueryMs', value: 0 };
}

/** Whether the texts of some are kept from us. */
export function hiddenCount(statements: readonly KnownStatement[]): number {
  return statements.filter(({ query }) => query === HIDDEN).length;
}

/**
 * Only what the advisor has found to be so, of a table that the statement names:
 * that a foreign key there has no index. Which columns a condition would need
 * takes a plan, and nobody runs one here, so nothing else is advised.
 */
export function adviceOn(
  query: string,
  foreignKeys: readonly UnindexedForeignKey[],
): string | undefined {
  const found = foreignKeys.filter(({ schema, table }) =>
    namesTable(query, schema, table),
  );
  if (found.length === 0) return undefined;
  const sentences = found.slice(0, 3).map(({ schema, table, name }) => {
    const key = name ? `The foreign key ${name}` : 'A foreign key';
    return `${key} of ${schema}.${table} has no covering index, says Supabase's advisor: create one on its columns`;
  });
  return plainText(sentences.join('. '), 500);
}

/** Whether a statement reads or changes that table: after FROM, JOIN, UPDATE or INTO. */
function namesTable(query: string, schema: string, table: string): boolean {
  const name = `(?:${identifier(schema)}\\s*\\.\\s*)?${identifier(table)}`;
  return new RegExp(
    `\\b(?:from|join|update|into)\\s+(?:only\\s+)?${name}(?![\\w$".])`,
    'i',
  ).test(query);
}

/** Quoted, or as it is where that means the same. */
function identifier(name: string): string {
  const quoted = `"${escape(name.replace(/"/g, '""'))}"`;
  return /^[a-z_][a-z0-9_$]*$/.test(name)
    ? `(?:${quoted}|${escape(name)})`
    : quoted;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isHidden({ id, query }: StatementRow): boolean {
  return (
    id.startsWith('hidden-') ||
    query === undefined ||
    query === '<insufficient privilege>'
  );
}
