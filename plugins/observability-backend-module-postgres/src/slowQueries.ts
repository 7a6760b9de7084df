import { SlowQuery } from '@watchkeeper/backstage-plugin-observability-common';
import {
  Measurement,
  plainText,
} from '@watchkeeper/backstage-plugin-observability-node';
import { normalizeSql } from './advice/sqlText';
import { SLOW_MS, Statement } from './parts/statements';
import { DatabaseState } from './state';

const MAX_QUERIES = 50;
const MAX_QUERY_LENGTH = 2_000;
const MAX_NAME_LENGTH = 80;
/** What was slow once and is not run any more is of no concern. */
const CURRENT_SECONDS = 86_400;

/** The statements that ran of late. */
export interface CurrentStatements {
  /** By total time. */
  statements: Statement[];
  seen: DatabaseState['statements'];
}

/**
 * The counters of the server reach back to when they were last reset, months
 * maybe. So it is remembered when each was seen to grow: those that did not for
 * a day are left out. One that is new to us counts as running.
 */
export function currentStatements(
  statements: Statement[],
  seen: DatabaseState['statements'],
  nowSeconds: number,
): CurrentStatements {
  const now: DatabaseState['statements'] = {};
  const current: Statement[] = [];
  for (const statement of statements) {
    const { id, calls } = statement;
    const before = seen[id];
    const movedAt = before && before[0] === calls ? before[1] : nowSeconds;
    now[id] = [calls, movedAt];
    if (nowSeconds - movedAt < CURRENT_SECONDS) current.push(statement);
  }
  return { statements: current, seen: now };
}

/** Those whose mean is over a second, the longest by total time first. */
export function slowStatements(statements: Statement[]): Statement[] {
  return statements
    .filter(({ meanMs }) => meanMs > SLOW_MS)
    .sort((a, b) => b.totalMs - a.totalMs)
    .slice(0, MAX_QUERIES);
}

/** A statement as it is shown. */
export function toSlowQuery(
  statement: Statement,
  advice: string | undefined,
): SlowQuery {
  return {
    query: plainText(normalizeSql(statement.text), MAX_QUERY_LENGTH),
    calls: statement.calls,
    meanMs: statement.meanMs,
    maxMs: statement.maxMs,
    totalMs: statement.totalMs,
    rows: statement.rows,
    ...(advice !== undefined && { advice }),
  };
}

/** The slowest on average, whatever the threshold is; 0 where nothing ran. */
export function slowestMeasurement(statements: Statement[]): Measurement {
  const [slowest] = [...statements].sort((a, b) => b.meanMs - a.meanMs);
  return slowest
    ? {
        metric: 'database.slowQueryMs',
        value: slowest.meanMs,
        subject: {
          id: slowest.id,
          name: plainText(normalizeSql(slowest.text), MAX_NAME_LENGTH),
        },
      }
    : { metric: 'database.slowQueryMs', value: 0 };
}
