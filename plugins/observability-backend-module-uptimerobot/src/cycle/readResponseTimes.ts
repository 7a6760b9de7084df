import { LoggerService } from '@backstage/backend-plugin-api';
import { isProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { AccountMonitor } from '../AccountMonitor';
import { RequestBudget } from '../api/RequestBudget';
import { MonitorV2 } from '../api/schemas';
import { PAGE_V2, UptimeRobotApi } from '../api/UptimeRobotApi';
import { InstanceState } from '../state';
import { ResponseTime } from './Account';

const DAY_MS = 24 * 3600 * 1000;
/** An hour of checks each five minutes. */
const RECENT = 12;
/** Response times need not be newer than this. */
const FRESH_MS = 5 * 60 * 1000;
/** What keeps response times worth asking for one by one. */
const FIRST_SPAN_MS = 3600 * 1000;

/**
 * Reads response times with what is left of the limit.
 *
 * The newer generation tells them of one monitor at a time, the older one of
 * fifty. So the older one is asked page by page, in turn; only where it refuses
 * the key, the monitors are asked for one by one, in turn too, and each
 * response time tells its age.
 */
export async function readResponseTimes(options: {
  api: UptimeRobotApi;
  budget: RequestBudget;
  state: InstanceState;
  monitors: AccountMonitor[];
  logger: LoggerService;
  now: Date;
}): Promise<ResponseTime[]> {
  const { api, budget, state, monitors, logger, now } = options;
  const times: ResponseTime[] = [];
  if (state.bulkRefusedUntil <= now.getTime()) {
    try {
      const pages = Math.ceil(monitors.length / PAGE_V2);
      for (let page = 0; page < pages && budget.left('more') > 0; page += 1) {
        const offset =
          state.responsesNext >= monitors.length ? 0 : state.responsesNext;
        if (isFresh(state, monitors.slice(offset, offset + PAGE_V2), now))
          break;
        const read = await api.getMonitors({
          offset,
          responseTimes: RECENT,
          logs: 0,
        });
        times.push(...responseTimesOf(read.monitors));
        remember(state, times);
        state.responsesNext = offset + PAGE_V2;
      }
      return times;
    } catch (error) {
      if (!isProviderError(error)) throw error;
      if (error.statusCode !== 401 && error.statusCode !== 403) throw error;
      logger.info(
        'UptimeRobot does not let the key read response times in bulk; they are read one by one, within its limit',
      );
      state.bulkRefusedUntil = now.getTime() + DAY_MS;
      state.responsesNext = 0;
    }
  }
  for (let count = 0; count < monitors.length; count += 1) {
    if (budget.left('more') < 1) break;
    const index =
      state.responsesNext >= monitors.length ? 0 : state.responsesNext;
    const monitor = monitors[index];
    if (isFresh(state, [monitor], now)) break;
    const last = state.responses[monitor.id]?.[1];
    const points = await api.responseTimes(
      monitor.id,
      new Date(Math.max(last ?? 0, now.getTime() - FIRST_SPAN_MS)),
      now,
    );
    times.push(
      ...points.flatMap(({ timestamp, value }) =>
        timestamp
          ? [{ monitorId: monitor.id, at: timestamp, responseMs: value }]
          : [],
      ),
    );
    remember(state, times);
    state.responsesNext = index + 1;
  }
  return times;
}

/** Those that came along with the monitors. */
export function responseTimesOf(monitors: MonitorV2[]): ResponseTime[] {
  return monitors.flatMap(({ id, response_times = [] }) =>
    response_times.map(({ datetime, value }) => ({
      monitorId: id,
      at: datetime,
      responseMs: value,
    })),
  );
}

/** Keeps the newest of each monitor. */
export function remember(state: InstanceState, times: ResponseTime[]): void {
  for (const { monitorId, at, responseMs } of times) {
    const known = state.responses[monitorId];
    if (!known || known[1] < at.getTime()) {
      state.responses[monitorId] = [responseMs, at.getTime()];
    }
  }
}

/** The newest that is known of each of them. */
export function newestOf(state: InstanceState, ids: string[]): ResponseTime[] {
  return ids.flatMap(monitorId => {
    const known = state.responses[monitorId];
    if (!known) return [];
    const [responseMs, at] = known;
    return [{ monitorId, at: new Date(at), responseMs }];
  });
}

/** Whether all of them, where they can have any, were told of a moment ago. */
function isFresh(
  state: InstanceState,
  monitors: AccountMonitor[],
  now: Date,
): boolean {
  return monitors.every(({ id, state: is, type, intervalSeconds = 0 }) => {
    if (is === 'paused' || is === 'pending' || type === 'heartbeat')
      return true;
    const at = state.responses[id]?.[1];
    const freshMs = Math.max(FRESH_MS, intervalSeconds * 1000);
    return at !== undefined && now.getTime() - at < freshMs;
  });
}
