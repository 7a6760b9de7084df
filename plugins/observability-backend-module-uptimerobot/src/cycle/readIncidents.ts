import { RequestBudget } from '../api/RequestBudget';
import { UptimeRobotApi } from '../api/UptimeRobotApi';
import { AccountIncident, AccountMonitor } from '../AccountMonitor';
import { toIncidents } from '../map/monitors';
import { InstanceState } from '../state';

const MINUTE_MS = 60_000;
/** Incidents are asked for this often, though nothing seems to have happened. */
const PAUSE_MS = 15 * MINUTE_MS;
/** A whole past is not read more often than this. */
const WHOLE_PAUSE_MS = 10 * MINUTE_MS;
/** What is read again, so that nothing falls between two readings. */
const OVERLAP_MS = 60 * MINUTE_MS;
/** How far back the vendor is asked: it keeps statistics for 90 days. */
const PAST_MS = 90 * 24 * 60 * MINUTE_MS;
const MAXIMUM_INCIDENTS = 5000;

/** The incidents of a span of time, of all monitors. */
export interface IncidentsRead {
  /** Nothing is missing since then. Seconds since 1970. */
  from: number;
  /** It reaches back as far as is ever asked for. */
  whole: boolean;
  /** It counts also for monitors to which nothing happened. */
  all: boolean;
  items: AccountIncident[];
}

/**
 * Reads what happened, as far as the limit allows: once everything of the last
 * 90 days, then only what is new, when a monitor changed or a quarter of an
 * hour has passed. What the limit cuts short goes on in the next cycle.
 */
export async function readIncidents(options: {
  api: UptimeRobotApi;
  budget: RequestBudget;
  state: InstanceState;
  monitors: AccountMonitor[];
  /** A target knows nothing of the past of its monitors yet. */
  wantsPast: boolean;
  /** Nobody looked for a while. */
  afterHole: boolean;
  now: Date;
}): Promise<IncidentsRead | undefined> {
  const { api, budget, state, now } = options;
  const reading = state.incidents ?? begin(options);
  if (!reading) return undefined;
  state.incidents = reading;
  const seen = new Set<string>();
  for (;;) {
    if (budget.left('more') < 1) return undefined;
    const { items, nextLink } = await api.incidents({
      startedAfter: new Date(reading.from * 1000),
      next: reading.next,
    });
    reading.items.push(...toIncidents(items));
    if (reading.items.length >= MAXIMUM_INCIDENTS) {
      // Older ones than were read are not known.
      reading.from = Math.min(...reading.items.map(item => item.startedAt));
      break;
    }
    if (!nextLink || seen.has(nextLink)) break;
    seen.add(nextLink);
    reading.next = nextLink;
  }
  const { from, whole, all, items, startedAt } = reading;
  state.incidents = undefined;
  state.incidentsThrough = startedAt;
  if (whole) state.wholePastReadAt = startedAt;
  state.openSince = items
    .filter(({ endedAt }) => endedAt === undefined)
    .map(item => item.startedAt)
    .sort((a, b) => a - b)[0];
  state.fingerprint = fingerprintOf(options.monitors);
  return {
    from: Math.min(from, Math.floor(now.getTime() / 1000)),
    whole,
    all,
    items,
  };
}

function begin(options: {
  state: InstanceState;
  monitors: AccountMonitor[];
  wantsPast: boolean;
  afterHole: boolean;
  now: Date;
}): InstanceState['incidents'] {
  const { state, monitors, wantsPast, afterHole, now } = options;
  const nowMs = now.getTime();
  const age = nowMs - state.incidentsThrough;
  if (wantsPast && nowMs - state.wholePastReadAt >= WHOLE_PAUSE_MS) {
    return {
      from: Math.floor((nowMs - PAST_MS) / 1000),
      startedAt: nowMs,
      whole: true,
      all: true,
      items: [],
    };
  }
  const isQuiet = state.fingerprint === fingerprintOf(monitors);
  if (age < PAUSE_MS && isQuiet && !afterHole) return undefined;
  const from = Math.max(
    Math.min(
      state.incidentsThrough - OVERLAP_MS,
      // Whether one that went on has ended is told with its beginning.
      ((state.openSince ?? Number.POSITIVE_INFINITY) - 1) * 1000,
    ),
    nowMs - PAST_MS,
  );
  return {
    from: Math.floor(from / 1000),
    startedAt: nowMs,
    whole: false,
    all: afterHole,
    items: [],
  };
}

function fingerprintOf(monitors: AccountMonitor[]): string {
  // Short, and told apart well enough: what it misses is read in a quarter of an hour.
  let hash = 0;
  for (const { id, state, incidentId = '' } of monitors) {
    for (const character of `${id} ${state} ${incidentId};`) {
      hash = (Math.imul(hash, 31) + character.charCodeAt(0)) % 0x1_0000_0000;
    }
  }
  return String(hash);
}
