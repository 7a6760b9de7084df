import { hashText } from '../../shared/random';
import { SupabaseHttpError } from '../errors';
import type { ProjectModel } from './ProjectModel';

/**
 * Answers the little SQL that the stand-in knows: a constant, and slow
 * statements. As the read-only role does, it knows the statistics of statements
 * by their qualified name only.
 */
export function answerSql(
  project: ProjectModel,
  sql: string,
  nowMs: number,
): Record<string, unknown>[] {
  if (project.state.status !== 'ACTIVE_HEALTHY') {
    throw new SupabaseHttpError(
      400,
      'Failed to run sql query: Connection terminated due to connection timeout',
    );
  }
  if (/^\s*select\s+1\s*;?\s*$/i.test(sql)) return [{ '?column?': 1 }];
  const from = /\bfrom\s+([\w."]*pg_stat_statements)\b/i.exec(sql);
  if (!from) {
    throw SupabaseHttpError.sql('42601', 'syntax error at or near "statement"');
  }
  if (
    from[1].replace(/"/g, '') !== 'extensions.pg_stat_statements' ||
    !project.state.hasStatements
  ) {
    throw SupabaseHttpError.sql(
      '42P01',
      `relation "${from[1]}" does not exist`,
    );
  }
  return statementRows(project, sql, nowMs);
}

/** The slow ones and so many with the highest means, by total time. */
function statementRows(project: ProjectModel, sql: string, nowMs: number) {
  const over = Number(/\bmean_ms\s*>\s*(\d+)/i.exec(sql)?.[1] ?? 0);
  const byMean = Number(/\bmean_rank\s*<=\s*(\d+)/i.exec(sql)?.[1] ?? 0);
  const limit = Number(/\blimit\s+(\d+)\s*$/i.exec(sql)?.[1] ?? 1000);
  const hours = project.hoursCounted(nowMs);
  const ranked = [...project.state.statements]
    .sort((a, b) => b.meanMs - a.meanMs)
    .map((statement, index) => {
      const calls = Math.max(1, Math.floor(statement.callsPerHour * hours));
      return {
        id: String(hashText(statement.query ?? '')),
        query: statement.query,
        // Whole numbers of 64 bits arrive as text.
        calls: String(calls),
        rows: String(calls * statement.rows),
        mean_ms: statement.meanMs,
        max_ms: statement.maxMs,
        total_ms: calls * statement.meanMs,
        rank: index + 1,
      };
    });
  return ranked
    .filter(row => row.mean_ms > over || row.rank <= byMean)
    .sort((a, b) => b.total_ms - a.total_ms)
    .slice(0, limit)
    .map(({ rank: _rank, ...row }) => row);
}
