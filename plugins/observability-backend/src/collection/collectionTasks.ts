import { SchedulerService } from '@backstage/backend-plugin-api';
import { HealthEvaluator } from '../health/HealthEvaluator';
import { CollectionStore } from './CollectionStore';
import { Collector } from './Collector';
import { collectTaskId } from './collectTaskId';
import { ProviderRegistry } from './ProviderRegistry';

/** Stale data is found this often. */
const SWEEP_SCHEDULE = {
  frequency: { minutes: 1 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 30 },
};

const PACK_SCHEDULE = {
  frequency: { hours: 1 },
  timeout: { minutes: 30 },
  initialDelay: { seconds: 90 },
};
/** Samples of a day that is over may still be on their way for so long. */
const PACK_AFTER_MS = 2 * 3_600_000;

/** First cycles are spread over this time, so that a start is no stampede. */
const START_SPREAD_SECONDS = 20;

/**
 * Schedules what reads the vendors, finds what went stale and packs samples. All tasks are
 * global: of several replicas one runs each.
 */
export async function scheduleCollectionTasks(options: {
  scheduler: SchedulerService;
  registry: ProviderRegistry;
  collector: Collector;
  evaluator: HealthEvaluator;
  store: Pick<CollectionStore, 'packSamples'>;
}): Promise<void> {
  const { scheduler, registry, collector, evaluator, store } = options;

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
    id: 'observability-sweep-stale',
    ...SWEEP_SCHEDULE,
    scope: 'global',
    fn: signal => evaluator.sweep(new Date(), signal),
  });

  await scheduler.scheduleTask({
    id: 'observability-pack-samples',
    ...PACK_SCHEDULE,
    scope: 'global',
    fn: signal =>
      store.packSamples({
        before: new Date(Date.now() - PACK_AFTER_MS),
        signal,
      }),
  });
}
