import {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CollectionService } from '../collection/CollectionService';
import { EntityIndexer } from './EntityIndexer';

const INDEX_TASK_ID = 'observability-index-entities';

/** The catalog is followed this often. */
const INDEX_SCHEDULE = {
  frequency: { minutes: 1 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 3 },
};

/** The scheduler adds some seconds of its own before it looks for what was asked for. */
const EARLY_PAUSE_MS = 1_000;
const EARLY_RUNS = 20;
/** The catalog reads its sources one after the other, and may pause between two. */
const QUIET_RUNS = 2;

/**
 * Schedules what follows the catalog.
 *
 * A portal that starts for the first time fills its catalog over some seconds.
 * So that its services need not wait a minute, the first runs of a process come
 * one soon after the other, for as long as they find something: until two in a
 * row found nothing, and a limited number of times. A process whose first run
 * finds everything as it was follows the schedule from then on.
 */
export async function scheduleIndexing(options: {
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  indexer: Pick<EntityIndexer, 'run'>;
  collection: Pick<CollectionService, 'trigger'>;
  logger: LoggerService;
}): Promise<void> {
  const { scheduler, lifecycle, indexer, collection, logger } = options;
  let earlyRuns = EARLY_RUNS;
  let quietRuns = QUIET_RUNS - 1;
  let timer: NodeJS.Timeout | undefined;
  lifecycle.addShutdownHook(() => {
    earlyRuns = 0;
    clearTimeout(timer);
  });

  function afterRun(foundSomething: boolean): void {
    quietRuns = foundSomething ? 0 : quietRuns + 1;
    earlyRuns = quietRuns < QUIET_RUNS ? earlyRuns - 1 : 0;
    clearTimeout(timer);
    if (earlyRuns > 0) {
      timer = setTimeout(runAgain, EARLY_PAUSE_MS);
      timer.unref();
    }
  }

  async function runAgain(): Promise<void> {
    try {
      await scheduler.triggerTask(INDEX_TASK_ID);
    } catch (error) {
      logger.debug('The catalog is read again on schedule', error as Error);
    }
  }

  await scheduler.scheduleTask({
    id: INDEX_TASK_ID,
    ...INDEX_SCHEDULE,
    scope: 'global',
    fn: async signal => {
      // A catalog that cannot be read yet is starting too.
      let foundSomething = true;
      try {
        const change = await indexer.run({ now: new Date(), signal });
        foundSomething = change.isEmpty || change.changedEntityRefs.length > 0;
        await collection.trigger(change.instancesWithNewTargets);
      } finally {
        afterRun(foundSomething);
      }
    },
  });
}
