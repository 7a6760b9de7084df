import { LoggerService } from '@backstage/backend-plugin-api';
import { isProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { RequestBudget } from '../api/RequestBudget';
import { UptimeRobotApi } from '../api/UptimeRobotApi';
import {
  AccountIncident,
  AccountMonitor,
  MaintenanceWindow,
} from '../AccountMonitor';
import { toMaintenanceWindows } from '../map/maintenance';
import { inMaintenance } from '../map/monitors';
import { InstanceState } from '../state';
import { Account, KnownPast } from './Account';
import { IncidentsRead, readIncidents } from './readIncidents';
import { readMonitors } from './readMonitors';
import { readResponseTimes } from './readResponseTimes';

const WINDOWS_PAUSE_MS = 3600 * 1000;
/** After this long without a reading, what happened meanwhile is asked for. */
const HOLE_MS = 3 * 60 * 1000;

/** What the parts of a cycle share. */
export interface AccountReading {
  api: UptimeRobotApi;
  budget: RequestBudget;
  /** Kept up to date while it runs. */
  state: InstanceState;
  /** Whether a target shows a monitor whose past it does not know. */
  wantsPast(monitors: readonly AccountMonitor[]): boolean;
  logger: LoggerService;
  now: Date;
}

/**
 * Reads the whole account, the most important first: the state of every
 * monitor, then why some are paused, what happened, and how quick they were.
 *
 * Only the states must be read for a cycle to say something. What the limit
 * does not allow for waits for the next cycle, and what fails of the rest is
 * logged and read again then: no threshold hangs on it.
 *
 * Returns nothing when the limit cut the reading of the states short.
 */
export async function readAccount(
  reading: AccountReading,
): Promise<Account | undefined> {
  const { api, budget, state, now } = reading;
  const read = await readMonitors(reading);
  if (!read) return undefined;
  const afterHole = now.getTime() - state.readAt > HOLE_MS;
  state.readAt = now.getTime();

  if (read.older) {
    const { pasts, responseTimes } = read.older;
    const pastOf = (id: string) =>
      pasts[id] && toPast(pasts[id].from, pasts[id].incidents);
    return {
      observedAt: read.startedAt,
      monitors: read.monitors,
      responseTimes,
      wholePast: pastOf,
      newPast: id => (afterHole ? pastOf(id) : undefined),
    };
  }

  if (
    now.getTime() - state.windowsReadAt >= WINDOWS_PAUSE_MS &&
    budget.left('more') > 0
  ) {
    await attempt(reading, 'maintenance windows', async () => {
      const windows: MaintenanceWindow[] = [];
      let next: string | undefined;
      do {
        const { items, nextLink } = await api.maintenanceWindows(next);
        windows.push(...toMaintenanceWindows(items));
        // A list without an end, or that is too long for the limit, is not waited for.
        next = nextLink === next ? undefined : nextLink;
      } while (next && budget.left('more') > 0);
      state.windows = windows;
      state.windowsReadAt = now.getTime();
    });
  }
  const monitors = read.monitors.map(monitor =>
    inMaintenance(monitor, state.windows, now),
  );
  const incidents = await attempt(reading, 'incidents', () =>
    readIncidents({
      ...reading,
      monitors,
      afterHole,
      wantsPast: reading.wantsPast(monitors),
    }),
  );
  const responseTimes = await attempt(reading, 'response times', () =>
    readResponseTimes({ ...reading, monitors }),
  );
  const byMonitor = groupByMonitor(incidents);
  return {
    observedAt: read.startedAt,
    monitors,
    responseTimes: responseTimes ?? [],
    wholePast: id => {
      if (!incidents?.whole) return undefined;
      const created = monitors.find(one => one.id === id)?.createdAt;
      const createdAt = created ? Math.floor(Date.parse(created) / 1000) : 0;
      return toPast(
        Math.max(incidents.from, createdAt),
        byMonitor.get(id) ?? [],
      );
    },
    newPast: id => {
      const items = byMonitor.get(id) ?? [];
      return incidents && (incidents.all || items.length > 0)
        ? toPast(incidents.from, items)
        : undefined;
    },
  };
}

/** What fails is told in the log and tried again in the next cycle. */
async function attempt<T>(
  { logger }: Pick<AccountReading, 'logger'>,
  what: string,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isProviderError(error)) throw error;
    logger.warn(
      `The ${what} of UptimeRobot could not be read and are read again in the next cycle: ${error.message}`,
    );
    return undefined;
  }
}

function groupByMonitor(
  incidents: IncidentsRead | undefined,
): Map<string, AccountIncident[]> {
  const groups = new Map<string, AccountIncident[]>();
  for (const incident of incidents?.items ?? []) {
    const group = groups.get(incident.monitorId) ?? [];
    group.push(incident);
    groups.set(incident.monitorId, group);
  }
  return groups;
}

function toPast(from: number, incidents: AccountIncident[]): KnownPast {
  return {
    from: new Date(from * 1000),
    intervals: incidents.map(({ state, startedAt, endedAt, reason }) => ({
      state,
      startedAt: new Date(startedAt * 1000),
      ...(endedAt === undefined ? {} : { endedAt: new Date(endedAt * 1000) }),
      ...(reason ? { reason } : {}),
    })),
  };
}
