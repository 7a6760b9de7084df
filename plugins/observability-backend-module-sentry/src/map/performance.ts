import {
  Issue,
  PerformanceData,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  finiteNumber,
  plainText,
} from '@watchkeeper/backstage-plugin-observability-node';
import { SentryRow } from '../api/schemas';
import { asText, projectIdOf, RecentRequests } from './current';

/** The span that the headline numbers and the measurement cover. */
export const REQUEST_WINDOW_MINUTES = 5;
const MAX_TRANSACTIONS = 10;

export type Transaction = PerformanceData['transactions'][number];

/** By project id, the slowest first: rows of a table by project and transaction over so many minutes. */
export function toTransactions(
  rows: SentryRow[],
  p95: string,
  minutes: number,
): Map<string, Transaction[]> {
  const byProject = new Map<string, Transaction[]>();
  for (const row of rows) {
    const id = projectIdOf(row);
    const p95Ms = finiteNumber(row[p95]);
    if (!id || p95Ms === undefined) continue;
    const transactions = byProject.get(id) ?? [];
    transactions.push({
      name: plainText(asText(row.transaction)) || '(unnamed)',
      p95Ms,
      throughputPerMinute: (finiteNumber(row['count()']) ?? 0) / minutes,
      failureRate: finiteNumber(row['failure_rate()']),
    });
    byProject.set(id, transactions);
  }
  for (const transactions of byProject.values()) {
    transactions.sort((one, other) => other.p95Ms - one.p95Ms);
    transactions.splice(MAX_TRANSACTIONS);
  }
  return byProject;
}

/** The data of the `performance` signal. */
export function toPerformanceData(options: {
  recent: RecentRequests | undefined;
  /** The same hour of the day before. */
  previous: { throughputPerMinute?: number; failureRate?: number };
  trend: PerformanceData['trend'];
  transactions: Transaction[];
  transactionScope: PerformanceData['transactionScope'];
  slowQueries: Issue[];
}): PerformanceData {
  const { recent, previous } = options;
  return {
    window: `${REQUEST_WINDOW_MINUTES}m`,
    p95Ms: recent?.p95Ms ?? null,
    throughputPerMinute: (recent?.count ?? 0) / REQUEST_WINDOW_MINUTES,
    previousThroughputPerMinute: previous.throughputPerMinute,
    failureRate: recent?.failureRate,
    previousFailureRate: previous.failureRate,
    trend: options.trend,
    transactions: options.transactions,
    transactionScope: options.transactionScope,
    slowQueries: options.slowQueries,
  };
}
