import { PerformanceData } from '@watchkeeper/backstage-plugin-observability-common';
import { askEither, REQUESTS } from '../api/generations';
import { PAGE_SIZE } from '../api/SentryApi';
import { SentryList } from '../api/SentryConnection';
import { SentryRow } from '../api/schemas';
import { toTransactions, Transaction } from '../map/performance';
import { lastHours, valueAt } from '../map/series';
import { Cycle, CycleTarget, inPieces, isAffordable, scopeOf } from './Cycle';
import { readSeries, SERIES_PROJECTS } from './series';
import { TargetState } from './state';

const HOUR_MS = 3_600_000;
/** The slowest transactions are those of the last hour. */
const TRANSACTION_MINUTES = 60;
const SHARED_PAGES = 3;
const MAX_TRANSACTIONS = 10;

type Scope = NonNullable<PerformanceData['transactionScope']>;
type Remembered = NonNullable<TargetState['performance']>;

/** What the performance of a project is made of, the present numbers aside. */
export interface PerformanceDetails
  extends Pick<Remembered, 'trend' | 'yesterday'> {
  /** Absent when the requests of the cycle did not suffice. */
  slowest?: { transactions: Transaction[]; scope: Scope };
}

/** What `readPerformanceDetails` asks of so many targets, when all goes as usual. */
export function performanceDetailsCost(targets: number): number {
  return 3 * Math.ceil(targets / SERIES_PROJECTS);
}

/** Details of the performance by target key. */
export async function readPerformanceDetails(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Map<string, PerformanceDetails>> {
  const { p95, ...data } = REQUESTS[cycle.generations.spans];
  const [series, slowest] = await Promise.all([
    readSeries(cycle, targets, {
      data,
      axes: ['count()', p95, 'failure_rate()'],
      statsPeriod: '48h',
    }),
    readSlowest(cycle, targets),
  ]);
  const details = new Map<string, PerformanceDetails>();
  for (const { key, project } of targets) {
    const axes = series.get(key);
    details.set(key, {
      trend: lastHours(cycle.now, 24).flatMap(at => {
        const p95Ms = valueAt(axes?.get(p95), at);
        // Sentry writes 0 for an hour without requests.
        return p95Ms ? [{ at: new Date(at).toISOString(), p95Ms }] : [];
      }),
      yesterday: lastHours(cycle.now, 25)
        .slice(0, 4)
        .map(at => ({
          at,
          count: valueAt(axes?.get('count()'), at),
          failureRate: valueAt(axes?.get('failure_rate()'), at),
        })),
      slowest: slowest.get(project.id),
    });
  }
  return details;
}

/** What the hour of the day before says, as far as it was kept. */
export function ofYesterday(
  yesterday: Remembered['yesterday'] | undefined,
  now: Date,
): { throughputPerMinute?: number; failureRate?: number } {
  const hour = (Math.floor(now.getTime() / HOUR_MS) - 24) * HOUR_MS;
  const found = yesterday?.find(({ at }) => at === hour);
  if (found?.count === undefined) return {};
  return {
    throughputPerMinute: found.count / 60,
    failureRate: found.count > 0 ? found.failureRate : undefined,
  };
}

/**
 * By project id: those that serve HTTP requests; where there are none such, all.
 */
async function readSlowest(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Map<string, { transactions: Transaction[]; scope: Scope }>> {
  const slowest = new Map<
    string,
    { transactions: Transaction[]; scope: Scope }
  >();
  let rest = targets;
  for (const scope of ['http.server', 'all'] as const) {
    const pieces = await Promise.all(
      inPieces(rest, SERIES_PROJECTS).map(piece =>
        readTransactions(cycle, piece, scope),
      ),
    );
    const found = new Map(pieces.flatMap(piece => [...piece]));
    for (const [id, transactions] of found) {
      if (transactions.length > 0 || scope === 'all') {
        slowest.set(id, { transactions, scope });
      }
    }
    rest = rest.filter(({ project }) => found.get(project.id)?.length === 0);
  }
  return slowest;
}

/**
 * The transactions of several projects are read as one list by p95. Where that
 * ends early, a project may lack its faster ones, and is read by itself as far
 * as requests suffice; without that it is left out.
 */
async function readTransactions(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  scope: Scope,
): Promise<Map<string, Transaction[]>> {
  const together = await listTransactions(cycle, targets, scope, {
    maxPages: SHARED_PAGES,
    pageSize: PAGE_SIZE,
  });
  const found = toProjects(cycle, together);
  const byProject = new Map<string, Transaction[]>();
  for (const target of targets) {
    const { id } = target.project;
    const own = found.get(id) ?? [];
    if (together.complete || own.length >= MAX_TRANSACTIONS) {
      byProject.set(id, own);
    } else if (target.requested || isAffordable(cycle, 1)) {
      const alone = await listTransactions(cycle, [target], scope, {
        maxPages: 1,
        pageSize: MAX_TRANSACTIONS,
      });
      byProject.set(id, toProjects(cycle, alone).get(id) ?? []);
    }
  }
  return byProject;
}

function listTransactions(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  scope: Scope,
  paging: { maxPages: number; pageSize: number },
): Promise<SentryList<SentryRow>> {
  return askEither(cycle.generations, 'spans', generation => {
    const { dataset, search, p95, httpServer } = REQUESTS[generation];
    return cycle.api.table({
      operation: 'list slow transactions',
      scope: scopeOf(targets),
      window: { statsPeriod: `${TRANSACTION_MINUTES}m` },
      dataset,
      search: scope === 'http.server' ? `${search} ${httpServer}` : search,
      fields: ['project.id', 'transaction', 'count()', p95, 'failure_rate()'],
      sort: `-${p95}`,
      ...paging,
    });
  });
}

function toProjects(cycle: Cycle, { rows }: SentryList<SentryRow>) {
  const { p95 } = REQUESTS[cycle.generations.spans];
  return toTransactions(rows, p95, TRANSACTION_MINUTES);
}
