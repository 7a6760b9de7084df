import { askEither, ERROR_EVENTS, REQUESTS } from '../api/generations';
import { SentryWindow } from '../api/questions';
import {
  RecentEvents,
  RecentRequests,
  toRecentEvents,
  toRecentRequests,
} from '../map/current';
import { REQUEST_WINDOW_MINUTES } from '../map/performance';
import { KnownRelease, toKnownReleases } from '../map/releases';
import { instant } from '../map/text';
import {
  attempt,
  Cycle,
  CycleTarget,
  inPieces,
  Outcome,
  scopeOf,
} from './Cycle';

const WINDOW: SentryWindow = { statsPeriod: `${REQUEST_WINDOW_MINUTES}m` };
const WINDOW_MS = REQUEST_WINDOW_MINUTES * 60_000;
/** Events take a moment from when they happen until they can be found. */
const DELAY_MS = 60_000;
/** What lies further back is read with the details of all. */
const DAY_MS = 24 * 3_600_000;
/** Ten thousand rows: no organisation that is known of needs more. */
const MOST_PAGES = 100;

/** What the organisation says of all of its projects at once, by project id. */
export interface Current {
  events: Outcome<Totals<RecentEvents>>;
  requests: Outcome<Totals<RecentRequests>>;
  /** The newest, at least those since the last cycle. */
  releases: Outcome<Map<string, KnownRelease[]>>;
  /** When a project's last event was seen, since the last cycle. */
  lastSeen: Map<string, string>;
}

interface Totals<T> {
  byProject: Map<string, T>;
  /** Whether a project that is not there had none. */
  complete: boolean;
}

/**
 * Reads what has to be known of every target in every cycle, in as few requests
 * as the organisation has hundreds of projects with something to say: only
 * those come back.
 */
export async function readCurrent(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  lastRunAt: string | undefined,
): Promise<Current> {
  const [events, requests, releases, earlier] = await Promise.all([
    attempt(() => readEvents(cycle, targets, WINDOW)),
    attempt(() => readRequests(cycle, targets)),
    attempt(() => readNewReleases(cycle, targets, lastRunAt)),
    attempt(() => readMissedEvents(cycle, targets, lastRunAt)),
  ]);
  const lastSeen = new Map<string, string>();
  for (const found of [earlier.value, events.value]) {
    for (const [id, recent] of found?.byProject ?? []) {
      if (recent.lastSeen) lastSeen.set(id, recent.lastSeen);
    }
  }
  return { events, requests, releases, lastSeen };
}

async function readEvents(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  window: SentryWindow,
): Promise<Totals<RecentEvents>> {
  const { rows, complete } = await askEither(
    cycle.generations,
    'errors',
    generation =>
      cycle.api.table({
        operation: 'count recent events',
        scope: scopeOf(targets),
        window,
        dataset: ERROR_EVENTS[generation].dataset,
        search: ERROR_EVENTS[generation].search,
        fields: ['project.id', 'level', 'count()', 'last_seen()'],
        sort: '-count()',
        maxPages: MOST_PAGES,
      }),
  );
  return { byProject: toRecentEvents(rows), complete };
}

/** After a pause the usual window would not reach back to the last cycle. */
async function readMissedEvents(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  lastRunAt: string | undefined,
): Promise<Totals<RecentEvents> | undefined> {
  if (!lastRunAt) return undefined;
  const { now } = cycle;
  const start = new Date(
    Math.max(Date.parse(lastRunAt) - DELAY_MS, now.getTime() - DAY_MS),
  );
  if (now.getTime() - start.getTime() <= WINDOW_MS) return undefined;
  return readEvents(cycle, targets, { start, end: now });
}

async function readRequests(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Totals<RecentRequests>> {
  return askEither(cycle.generations, 'spans', async generation => {
    const { dataset, search, p95 } = REQUESTS[generation];
    const { rows, complete } = await cycle.api.table({
      operation: 'read recent requests',
      scope: scopeOf(targets),
      window: WINDOW,
      dataset,
      search,
      fields: ['project.id', 'count()', p95, 'failure_rate()'],
      sort: '-count()',
      maxPages: MOST_PAGES,
    });
    return { byProject: toRecentRequests(rows, p95), complete };
  });
}

/** The first page, and those after it until one reaches back to the last cycle. */
async function readNewReleases(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  lastRunAt: string | undefined,
): Promise<Map<string, KnownRelease[]>> {
  const since = lastRunAt
    ? new Date(Date.parse(lastRunAt) - WINDOW_MS).toISOString()
    : undefined;
  const { rows } = await cycle.api.releases({
    scope: scopeOf(targets),
    maxPages: since ? 5 : 1,
    until: page => {
      const oldest = page.at(-1);
      const createdAt = instant(oldest?.dateReleased ?? oldest?.dateCreated);
      return (
        since !== undefined && createdAt !== undefined && createdAt < since
      );
    },
  });
  return toKnownReleases(rows);
}

/**
 * What outcomes say about the requests of these projects. Sentry does not keep
 * them by environment.
 */
export async function readOutcomes(
  cycle: Cycle,
  targets: readonly CycleTarget[],
) {
  const pieces = await Promise.all(
    inPieces(targets, 100).map(piece =>
      cycle.api.transactionOutcomes({ scope: scopeOf(piece) }),
    ),
  );
  return {
    intervals: pieces[0]?.intervals,
    groups: pieces.flatMap(({ groups }) => groups),
  };
}
