import { Issue } from '@watchkeeper/backstage-plugin-observability-common';
import { askEither, ERROR_EVENTS } from '../api/generations';
import { SentryWindow, toQueryTime } from '../api/questions';
import { SentryIssue } from '../api/schemas';
import { EventTotals, toEventTotals } from '../map/errors';
import { isSlowQuery, toIssue } from '../map/issues';
import { HourlyValue } from '../map/series';
import { Cycle, CycleTarget, isAffordable, scopeOf } from './Cycle';
import { readSeries, SERIES_PROJECTS } from './series';

const DAY_MS = 24 * 3_600_000;
/** Pages of issues that are read of many projects together. */
const SHARED_PAGES = 5;
/** What is remembered of slow queries, for the performance signal. */
const MAX_SLOW_QUERIES = 20;

/** The issues of a project, the most frequent first. */
interface ProjectIssues {
  issues: Issue[];
  slowQueries: Issue[];
  /** Whether those are all. */
  complete: boolean;
}

/** What the errors of a project are made of, the present rate aside. */
export interface ErrorDetails extends ProjectIssues {
  totals: EventTotals | undefined;
  previousTotals: EventTotals | undefined;
  hourly: HourlyValue[] | undefined;
}

/** What `readErrorDetails` asks of so many targets, when all goes as usual. */
export function errorDetailsCost(targets: number): number {
  return 2 + Math.ceil(targets / SERIES_PROJECTS) + Math.ceil(targets / 8);
}

/**
 * Details of the errors by target key. A target is left out when the requests
 * of the cycle did not suffice; it is read another time.
 */
export async function readErrorDetails(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Map<string, ErrorDetails>> {
  const now = cycle.now.getTime();
  const yesterday = {
    start: new Date(now - 2 * DAY_MS),
    end: new Date(now - DAY_MS),
  };
  const [totals, previousTotals, hourly, issues] = await Promise.all([
    readTotals(cycle, targets, { statsPeriod: '24h' }),
    readTotals(cycle, targets, yesterday),
    readSeries(cycle, targets, {
      data: ERROR_EVENTS[cycle.generations.errors],
      axes: ['count()'],
      statsPeriod: '24h',
    }),
    readIssues(cycle, targets),
  ]);
  const details = new Map<string, ErrorDetails>();
  for (const { key, project } of targets) {
    const found = issues.get(project.id);
    if (!found) continue;
    details.set(key, {
      ...found,
      totals: totals.get(project.id),
      previousTotals: previousTotals.get(project.id),
      hourly: hourly.get(key)?.get('count()'),
    });
  }
  return details;
}

async function readTotals(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  window: SentryWindow,
): Promise<Map<string, EventTotals>> {
  const { rows } = await askEither(cycle.generations, 'errors', generation =>
    cycle.api.table({
      operation: 'count events of a day',
      scope: scopeOf(targets),
      window,
      dataset: ERROR_EVENTS[generation].dataset,
      search: ERROR_EVENTS[generation].search,
      fields: ['project.id', 'count()', 'count_unique(user)'],
      sort: '-count()',
      maxPages: 2,
    }),
  );
  return toEventTotals(rows);
}

/**
 * The issues of many projects are read as one list by frequency. Where that
 * ends early, every project has at least its most frequent ones; those that have
 * fewer than a page of their own are read by themselves, as far as requests
 * suffice.
 */
async function readIssues(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Map<string, ProjectIssues>> {
  const together = await listIssues(cycle, targets, SHARED_PAGES);
  const byProject = new Map<string, ProjectIssues>();
  for (const target of targets) {
    const { id } = target.project;
    const own = together.rows.filter(({ project }) => project.id === id);
    if (together.complete || own.length >= 100) {
      byProject.set(id, toProjectIssues(cycle, own, together.complete));
    } else if (target.requested || isAffordable(cycle, 1)) {
      const alone = await listIssues(cycle, [target], 1);
      byProject.set(id, toProjectIssues(cycle, alone.rows, alone.complete));
    }
  }
  return byProject;
}

function listIssues(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  maxPages: number,
) {
  return cycle.api.issues({
    scope: scopeOf(targets),
    search: 'is:unresolved',
    sort: 'freq',
    statsPeriod: '24h',
    groupStatsPeriod: '24h',
    maxPages,
  });
}

function toProjectIssues(
  { pages }: Cycle,
  rows: SentryIssue[],
  complete: boolean,
): ProjectIssues {
  return {
    issues: rows.map(row => toIssue(row, pages)),
    slowQueries: rows
      .filter(isSlowQuery)
      .slice(0, MAX_SLOW_QUERIES)
      .map(row => toIssue(row, pages)),
    complete,
  };
}

/**
 * New issues of a release in its first hour, whatever became of them since. Of
 * more than a hundred a hundred are counted.
 */
export async function countFirstHourIssues(
  cycle: Cycle,
  target: CycleTarget,
  release: { version: string; createdAt: string },
): Promise<number> {
  const end = new Date(Date.parse(release.createdAt) + DAY_MS / 24);
  const version = release.version.replace(/[\\"*]/g, '\\$&');
  const { rows } = await cycle.api.issues({
    scope: scopeOf([target]),
    search: `firstRelease:"${version}" firstSeen:<=${toQueryTime(end)}`,
    sort: 'date',
    statsPeriod: '14d',
    groupStatsPeriod: '',
    maxPages: 1,
  });
  return rows.length;
}
