import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import {
  OnCallProvider,
  ProviderSchedule,
} from '@watchkeeper/backstage-plugin-observability-node';
import { collectTaskId } from '../../collection/collectTaskId';
import { ExternalCollector } from './ExternalCollector';
import { ExternalOnCallStore } from './ExternalOnCallStore';
import { OnCallProviders } from './OnCallProviders';

interface SourceId {
  provider: string;
  instance: string;
}

/** Apart from the task of a module of the same name that reads signals. */
function taskIdOf({ provider, instance }: SourceId): string {
  return collectTaskId({ provider: `on-call-${provider}`, instance });
}

/** Schedules the reading of each source: of several replicas one runs each. */
export async function scheduleExternalTasks(options: {
  scheduler: SchedulerService;
  providers: OnCallProviders;
  collector: ExternalCollector;
  store: Pick<ExternalOnCallStore, 'keepSources'>;
  defaultSchedule: ProviderSchedule;
}): Promise<void> {
  const { scheduler, providers, collector, store, defaultSchedule } = options;
  for (const provider of providers.all) {
    const { frequencySeconds, timeoutSeconds } =
      provider.schedule ?? defaultSchedule;
    await scheduler.scheduleTask({
      id: taskIdOf(provider),
      frequency: { seconds: frequencySeconds },
      timeout: { seconds: timeoutSeconds },
      initialDelay: { seconds: 10 },
      scope: 'global',
      fn: signal => collector.run(provider, signal),
    });
  }
  await scheduler.scheduleTask({
    id: 'observability-forget-on-call-sources',
    frequency: { days: 1 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    scope: 'global',
    fn: () => store.keepSources(providers.all, new Date().toISOString()),
  });
}

/** Has a source read as soon as possible; one that is being read is not asked twice. */
export async function readExternalNow(
  source: SourceId,
  options: { scheduler: SchedulerService; logger: LoggerService },
): Promise<void> {
  const { scheduler, logger } = options;
  try {
    await scheduler.triggerTask(taskIdOf(source));
  } catch (error) {
    if ((error as Error).name !== 'ConflictError') {
      logger.warn(
        `Could not read ${source.provider} (${source.instance}) early; its next reading is on schedule`,
        error as Error,
      );
    }
  }
}

/**
 * Has the instances of a source read when a webhook of it arrives. The events
 * plugin's ingress has verified the sender; a webhook is only a hint.
 */
export async function subscribeToExternalWebhooks(options: {
  events: EventsService;
  providers: OnCallProviders;
  readNow: (source: SourceId) => Promise<void>;
}): Promise<void> {
  const { events, providers, readNow } = options;
  const byTopic = new Map<string, OnCallProvider[]>();
  for (const provider of providers.all) {
    const topic = provider.webhook?.topic;
    if (topic) {
      byTopic.set(topic, [...(byTopic.get(topic) ?? []), provider]);
    }
  }
  for (const [topic, sources] of byTopic) {
    await events.subscribe({
      id: `observability-on-call-${topic}`,
      topics: [topic],
      onEvent: async () => {
        for (const source of sources) {
          await readNow(source);
        }
      },
    });
  }
}
