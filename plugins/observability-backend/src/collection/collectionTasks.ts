import { SchedulerService } from '@backstage/backend-plugin-api';
import { setTimeout } from 'node:timers/promises';
import { EntityIndexer } from '../catalog/EntityIndexer';
import { HealthEvaluator } from '../health/HealthEvaluator';
import { CollectionService } from './CollectionService';
import { Collector } from './Collector';
import { collectTaskId } from './collectTaskId';
import { ProviderRegistry } from './ProviderRegistry';

/** The catalog is followed, and stale data found, this often. */
const INDEX_SCHEDULE = {
  frequency: { minutes: 1 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 3 },
};
const SWEEP_SCHEDULE = {
  frequency: { minutes: 1 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 30 },
};

/** A portal that starts for the first time has an empty catalog for some seconds; its first page need not wait a minute. */
const EMPTY_CATALOG_TRIES = 10;
const EMPTY_CATALOG_PAUSE_MS = 3_000;

/** First cycles are spread over this time, so that a start is no stampede. */
const START_SPREAD_SECONDS = 20;

/**
 * Schedules what follows the catalog and reads the vendors. All tasks are
 * global: of several replicas one runs each.
 */
export async function scheduleCollectionTasks(options: {
  scheduler: SchedulerService;
  registry: ProviderRegistry;
  collector: Collector;
  collection: CollectionService;
  indexer: EntityIndexer;
  evaluator: HealthEvaluator;
}): Promise<void> {
  const { scheduler, registry, collector, collection, indexer, evaluator } =
    options;

  for (const [index, provider] of registry.providers.entries()) {
    const { frequencySeconds, timeoutSeconds } = registry.scheduleOf(provider);
    await scheduler.scheduleTask({
      id: collectTaskId(provider),
      frequency: { seconds: frequencySeconds },
      timeout: { seconds: timeoutSeconds },
      initialDelay: {
        seconds: 5 + (index * START_SPREAD_SECONDS) / registry.providers.length,
      },
      scope: 'global',
      fn: signal =>
        collector.run(provider, { intervalSeconds: frequencySeconds, signal }),
    });
  }

  await scheduler.scheduleTask({
    id: 'observability-index-entities',
    ...INDEX_SCHEDULE,
    scope: 'global',
    fn: async signal => {
      let change = await indexer.run({ now: new Date(), signal });
      for (let left = EMPTY_CATALOG_TRIES; change.isEmpty && left > 0; left--) {
        await setTimeout(EMPTY_CATALOG_PAUSE_MS, undefined, { signal });
        change = await indexer.run({ now: new Date(), signal });
      }
      await collection.trigger(change.instancesWithNewTargets);
    },
  });

  await scheduler.scheduleTask({
    id: 'observability-sweep-stale',
    ...SWEEP_SCHEDULE,
    scope: 'global',
    fn: signal => evaluator.sweep(new Date(), signal),
  });
}
