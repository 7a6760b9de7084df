import {
  isProviderError,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';
import { AccountMonitor } from '../AccountMonitor';
import { RequestBudget } from '../api/RequestBudget';
import { PAGE_V2, UptimeRobotApi } from '../api/UptimeRobotApi';
import { fromMonitorV2, fromMonitorV3, historyOfLogs } from '../map/monitors';
import { InstanceState } from '../state';
import { ResponseTime } from './Account';
import { newestOf, remember, responseTimesOf } from './readResponseTimes';

const DAY_MS = 24 * 3600 * 1000;
/** More monitors than any plan has, and a bound for a vendor that never ends. */
const MAXIMUM_MONITORS = 20_000;
/** Of the older generation: how many of its log and its response times come along. */
const LOGS_V2 = 50;
const RESPONSES_V2 = 12;

/** All monitors, or nothing while the limit does not let us read all of them. */
export interface MonitorsRead {
  startedAt: Date;
  monitors: AccountMonitor[];
  /** What the older generation told along with them. */
  older?: { pasts: Sweep['pasts']; responseTimes: ResponseTime[] };
}

type Sweep = NonNullable<InstanceState['sweep']>;

/**
 * Reads every monitor of the account, a page after the other, whatever the
 * number of services that show them. Where the limit cuts it short, what was
 * read is kept and the next cycle goes on from there.
 *
 * The newer generation of the API is asked first; a key that it refuses is
 * tried on the older one, and whichever works is kept for a day.
 */
export async function readMonitors(options: {
  api: UptimeRobotApi;
  budget: RequestBudget;
  state: InstanceState;
  now: Date;
}): Promise<MonitorsRead | undefined> {
  const { state, now } = options;
  const isOld =
    state.generationSince !== undefined &&
    now.getTime() - state.generationSince > DAY_MS;
  if (state.generation === 'v2' && !isOld) return readOlder(options);
  try {
    const read = await readNewer(options);
    if (state.generation !== 'v3' || isOld) settle(state, 'v3', now);
    return read;
  } catch (error) {
    if (!isRefusedKey(error)) throw error;
    state.sweep = undefined;
    const read = await readOlder(options);
    settle(state, 'v2', now);
    return read;
  }
}

async function readNewer(options: {
  api: UptimeRobotApi;
  budget: RequestBudget;
  state: InstanceState;
  now: Date;
}): Promise<MonitorsRead | undefined> {
  const { api, budget, state, now } = options;
  const sweep = sweepOf('v3', options);
  const seen = new Set<string>();
  do {
    if (budget.left('state') < 1) {
      state.sweep = sweep;
      return undefined;
    }
    if (seen.has(sweep.next) || sweep.monitors.length > MAXIMUM_MONITORS) {
      throw endless();
    }
    seen.add(sweep.next);
    const { items, nextLink } = await api.monitors(sweep.next || undefined);
    sweep.monitors.push(...items.map(item => fromMonitorV3(item, now)));
    sweep.next = nextLink ?? '';
  } while (sweep.next);
  state.sweep = undefined;
  return {
    startedAt: new Date(sweep.startedAt),
    monitors: sweep.monitors,
  };
}

/** Its pages are long, so that only what their logs and response times tell is kept of them. */
async function readOlder(options: {
  api: UptimeRobotApi;
  budget: RequestBudget;
  state: InstanceState;
  now: Date;
}): Promise<MonitorsRead | undefined> {
  const { api, budget, state } = options;
  const sweep = sweepOf('v2', options);
  const before = sweep.monitors.map(({ id }) => id);
  const responseTimes: ResponseTime[] = [];
  for (;;) {
    if (budget.left('state') < 1) {
      state.sweep = sweep;
      return undefined;
    }
    const offset = Number(sweep.next) || 0;
    const { monitors, pagination } = await api.getMonitors({
      offset,
      responseTimes: RESPONSES_V2,
      logs: LOGS_V2,
    });
    responseTimes.push(...responseTimesOf(monitors));
    remember(state, responseTimes);
    for (const monitor of monitors) {
      const past = historyOfLogs(monitor, LOGS_V2);
      if (past) sweep.pasts[monitor.id] = past;
    }
    sweep.monitors.push(...monitors.map(fromMonitorV2));
    const next = offset + PAGE_V2;
    if (next >= pagination.total) break;
    if (sweep.monitors.length > MAXIMUM_MONITORS) throw endless();
    sweep.next = String(next);
  }
  state.sweep = undefined;
  return {
    startedAt: new Date(sweep.startedAt),
    monitors: sweep.monitors,
    older: {
      pasts: sweep.pasts,
      responseTimes: [...newestOf(state, before), ...responseTimes],
    },
  };
}

/** The reading that was cut short, unless it is of the other generation; else a new one. */
function sweepOf(
  generation: Sweep['generation'],
  { state, now }: { state: InstanceState; now: Date },
): Sweep {
  if (state.sweep?.generation === generation) return state.sweep;
  return {
    generation,
    startedAt: now.getTime(),
    next: '',
    monitors: [],
    pasts: {},
  };
}

function settle(
  state: InstanceState,
  generation: 'v2' | 'v3',
  now: Date,
): void {
  state.generation = generation;
  state.generationSince = now.getTime();
}

function isRefusedKey(error: unknown): boolean {
  return (
    isProviderError(error) &&
    (error.statusCode === 401 || error.statusCode === 403)
  );
}

function endless(): ProviderError {
  return new ProviderError({
    code: 'malformed',
    message:
      'UptimeRobot gives the same page of monitors again and again; nothing of it can be trusted',
  });
}
