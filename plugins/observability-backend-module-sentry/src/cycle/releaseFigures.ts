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

/** By target key: what a release of it was exposed to, and what came of it. */
export async function readReleaseFigures(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Map<string, (version: string) => ReleaseFigures>> {
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

  return new Map(
    targets.map(({ key, project: { id } }) => {
      let sessionsNow = 0;
      for (const release of lastHour?.get(id)?.values() ?? []) {
        sessionsNow += release.sessions;
      }
      const figuresOf = (version: string): ReleaseFigures => ({
        errors: errors?.(id, version),
        requests: requests?.(id, version),
        sessions: sessions?.get(id)?.get(version)?.sessions,
        crashFreeSessions: sessions?.get(id)?.get(version)?.crashFree,
        adoption:
          sessionsNow > 0
            ? (lastHour?.get(id)?.get(version)?.sessions ?? 0) / sessionsNow
            : undefined,
      });
      return [key, figuresOf];
    }),
  );
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

/** Numbers that the token may not read, or that this Sentry does not have, are left out. */
async function optional<T>(read: () => Promise<T>): Promise<T | undefined> {
  const { value, error } = await attempt(read);
  if (!error) return value;
  if (isRefusal(error)) return undefined;
  throw error;
}
