import {
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { CollectionStore } from '../collection/CollectionStore';
import { HealthStore } from '../health/HealthStore';
import { IdempotentRequests } from '../http/IdempotentRequests';
import { Outbox } from '../notifications/Outbox';
import { CalendarFeeds } from '../oncall/feeds/createCalendarFeeds';
import { ExternalOnCallStore } from '../oncall/external/ExternalOnCallStore';
import { OnCallRecords } from '../oncall/OnCallRecords';
import { RESTORE_TESTS_DAYS } from '../restoreTests/RestoreTestService';
import { RestoreTestStore } from '../restoreTests/RestoreTestStore';
import { Runbooks } from '../runbooks/createRunbooks';
import { readDuration } from '../settings';
import { UptimeStore } from '../uptime/UptimeStore';

/** How long things are kept. */
export interface Retention {
  rawSamples: HumanDuration;
  hourly: HumanDuration;
  daily: HumanDuration;
  outages: HumanDuration;
  transitions: HumanDuration;
}

const DEFAULT_RETENTION: Retention = {
  rawSamples: { hours: 48 },
  hourly: { days: 90 },
  daily: { days: 400 },
  outages: { days: 400 },
  transitions: { days: 400 },
};

/** Hours are summed up from samples as they were read, so those of the last ones must be there. */
const LEAST_RAW_SAMPLES: HumanDuration = { hours: 3 };

/** Pages show 90 days of each monitor from what it did. */
const LEAST_OUTAGES: HumanDuration = { days: 92 };

/** As long ago as pages ask who had the watch. */
const EXTERNAL_SHIFTS_DAYS = 400;

/** What was sent stays as long as a person may wonder about it. */
const SENT_NOTIFICATIONS: HumanDuration = { days: 30 };

/** `observability.retention`. A duration that cannot be read is told to `onProblem`, and the default counts. */
export function readRetention(
  config: RootConfigService,
  onProblem: (problem: string) => void,
): Retention {
  const read = (key: keyof Retention) =>
    readDuration(config, {
      key: `observability.retention.${key}`,
      fallback: DEFAULT_RETENTION[key],
      onProblem,
    });
  return {
    rawSamples: atLeast(LEAST_RAW_SAMPLES, read('rawSamples')),
    hourly: read('hourly'),
    daily: read('daily'),
    outages: atLeast(LEAST_OUTAGES, read('outages')),
    transitions: read('transitions'),
  };
}

function atLeast(least: HumanDuration, duration: HumanDuration): HumanDuration {
  return durationToMilliseconds(duration) < durationToMilliseconds(least)
    ? least
    : duration;
}

/** Schedules the task that deletes what is past its retention. */
export async function scheduleRetention(options: {
  scheduler: SchedulerService;
  retention: Retention;
  collection: Pick<CollectionStore, 'deleteExpired'>;
  health: Pick<HealthStore, 'deleteTransitionsBefore'>;
  uptime: Pick<UptimeStore, 'deleteExpired'>;
  restoreTests: Pick<RestoreTestStore, 'deleteBefore'>;
  idempotentRequests: Pick<IdempotentRequests, 'deleteExpired'>;
  outbox: Pick<Outbox, 'deleteBefore'>;
  externalOnCall: Pick<ExternalOnCallStore, 'deleteBefore'>;
  calendarFeeds: Pick<CalendarFeeds, 'deleteExpired'>;
  onCallRecords: Pick<OnCallRecords, 'deleteExpired'>;
  runbooks: Pick<Runbooks, 'deleteExpired'>;
  incidents: { deleteExpired(now: Date): Promise<void> };
}): Promise<void> {
  const { scheduler, retention, collection, health, uptime, outbox } = options;
  const { restoreTests, idempotentRequests, calendarFeeds, runbooks } = options;
  const { externalOnCall } = options;
  await scheduler.scheduleTask({
    id: 'observability-delete-expired',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 2 },
    scope: 'global',
    fn: async signal => {
      const ago = (duration: HumanDuration) =>
        new Date(Date.now() - durationToMilliseconds(duration));
      await collection.deleteExpired({
        rawSamples: ago(retention.rawSamples),
        hourlySamples: ago(retention.hourly),
        dailySamples: ago(retention.daily),
        signal,
      });
      await uptime.deleteExpired({
        outages: ago(retention.outages),
        daily: ago(retention.daily),
        signal,
      });
      await health.deleteTransitionsBefore(ago(retention.transitions));
      await restoreTests.deleteBefore(ago({ days: RESTORE_TESTS_DAYS }));
      await idempotentRequests.deleteExpired(new Date());
      await outbox.deleteBefore(ago(SENT_NOTIFICATIONS));
      await externalOnCall.deleteBefore(
        ago({ days: EXTERNAL_SHIFTS_DAYS }).toISOString(),
      );
      await calendarFeeds.deleteExpired(new Date());
      await options.onCallRecords.deleteExpired(new Date());
      await runbooks.deleteExpired(new Date());
      await options.incidents.deleteExpired(new Date());
    },
  });
}
