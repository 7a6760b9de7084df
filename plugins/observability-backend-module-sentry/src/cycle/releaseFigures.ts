import { ProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import {
  askEither,
  DataSet,
  ERROR_EVENTS,
  ReplacedPart,
  REQUESTS,
} from '../api/generations';
import {
  ReleaseFigures,
  ReleaseSessions,
  toReleaseCounts,
  toReleaseSessions,
} from '../map/releases';
import { attempt, Cycle, CycleTarget, isRefusal, scopeOf } from './Cycle';

/** Releases are held against each other over so many days, the same for all. */
const COMPARED = '7d';
const SHARED_PAGES = 4;

/** What releases were exposed to, and what came of it. */
export interface FiguresByTarget {
  of(target: CycleTarget, version: string): ReleaseFigures;
  /** Why some are missing that may be there a moment later. */
  outage?: ProviderError;
}

/**
 * Reads the figures of all releases of the targets. One that the token may not
 * read, or that this Sentry does not have, is left out for good.
 */
export async function readReleaseFigures(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<FiguresByTarget> {
  let outage: ProviderError | undefined;
  const optional = async <T>(read: () => Promise<T>) => {
    const { value, error } = await attempt(read);
    if (error && !isRefusal(error)) outage = error;
    return value;
  };
  const withSessions = targets.filter(({ project }) => project.hasSessions);
  const [errors, sessions, lastHour] = await Promise.all([
    optional(() => countErrors(cycle, targets)),
    optional(() =>
      readSessions(cycle, withSessions, {
        statsPeriod: COMPARED,
        interval: '1d',
      }),
    ),
    optional(() =>
      readSessions(cycle, withSessions, { statsPeriod: '1h', interval: '1h' }),
    ),
  ]);
  const requests = await optional(() =>
    countRequests(
      cycle,
      targets.filter(
        ({ project }) => project.hasRequests && !sessions?.has(project.id),
      ),
    ),
  );

  const sessionsNow = new Map(
    [...(lastHour ?? [])].map(([id, ofRelease]) => {
      const counts = [...ofRelease.values()].map(release => release.sessions);
      return [id, counts.reduce((sum, count) => sum + count, 0)];
    }),
  );
  return {
    outage,
    of: ({ project: { id } }, version) => {
      const now = sessionsNow.get(id);
      return {
        errors: errors?.(id, version),
        requests: requests?.(id, version),
        sessions: sessions?.get(id)?.get(version)?.sessions,
        crashFreeSessions: sessions?.get(id)?.get(version)?.crashFree,
        adoption: now && (lastHour?.get(id)?.get(version)?.sessions ?? 0) / now,
      };
    },
  };
}

/** Of a project's release; nothing where the answer did not reach so far. */
type Counts = (projectId: string, version: string) => number | undefined;

function countErrors(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Counts> {
  return countByRelease(cycle, targets, {
    operation: 'count errors by release',
    part: 'errors',
    dataOf: generation => ({
      dataset: ERROR_EVENTS[generation].dataset,
      search: `${ERROR_EVENTS[generation].search} level:[error,fatal]`.trim(),
    }),
  });
}

async function countRequests(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Counts> {
  if (targets.length === 0) return () => undefined;
  return countByRelease(cycle, targets, {
    operation: 'count requests by release',
    part: 'spans',
    dataOf: generation => REQUESTS[generation],
  });
}

async function countByRelease(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  options: {
    operation: string;
    part: ReplacedPart;
    dataOf: (generation: 'newer' | 'older') => DataSet;
  },
): Promise<Counts> {
  const { operation, part, dataOf } = options;
  const { rows, complete } = await askEither(
    cycle.generations,
    part,
    generation => {
      const { dataset, search } = dataOf(generation);
      return cycle.api.table({
        operation,
        scope: scopeOf(targets),
        window: { statsPeriod: COMPARED },
        dataset,
        search,
        fields: ['project.id', 'release', 'count()'],
        sort: '-count()',
        maxPages: SHARED_PAGES,
      });
    },
  );
  const counts = toReleaseCounts(rows);
  return (projectId, version) =>
    counts.get(projectId)?.get(version) ?? (complete ? 0 : undefined);
}

async function readSessions(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  window: { statsPeriod: string; interval: '1h' | '1d' },
): Promise<ReleaseSessions> {
  if (targets.length === 0) return new Map();
  const groups = await cycle.api.sessions({
    scope: scopeOf(targets),
    ...window,
  });
  return toReleaseSessions(groups);
}
