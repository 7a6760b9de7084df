import { SchedulerService } from '@backstage/backend-plugin-api';
import { HealthEvaluator } from '../health/HealthEvaluator';
import { Collector } from './Collector';
import { collectTaskId } from './collectTaskId';
import { ProviderRegistry } from './ProviderRegistry';

/** Stale data is found this often. */
const SWEEP_SCHEDULE = {
  frequency: { minutes: 1 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 30 },
};

/** First cycles are spread over this time, so that a start is no stampede. */
const START_SPREAD_SECONDS = 20;

/**
 * Schedules what reads the vendors and finds what went stale. All tasks are
 * global: of several replicas one runs each.
 */
export async function scheduleCollectionTasks(options: {
  scheduler: SchedulerService;
  registry: ProviderRegistry;
  collector: Collector;
  evaluator: HealthEvaluator;
}): Promise<void> {
  const { scheduler, registry, collector, evaluator } = options;

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
}
