import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { EventsService } from '@backstage/plugin-events-node';
import { ProviderSchedule } from '@watchkeeper/backstage-plugin-observability-node';
import { CollectionMetrics } from '../../collection/CollectionMetrics';
import { CatalogDirectory } from '../CatalogDirectory';
import { OnCallSignals } from '../OnCallSignals';
import { OnCallStore, ScheduleReader } from '../OnCallStore';
import { AllSchedules } from './AllSchedules';
import { ExternalCollector } from './ExternalCollector';
import { ExternalFinder } from './ExternalFinder';
import { ExternalOnCallStore } from './ExternalOnCallStore';
import { ExternalOverrides } from './ExternalOverrides';
import {
  readExternalNow,
  scheduleExternalTasks,
  subscribeToExternalWebhooks,
} from './externalTasks';
import { OnCallProviders } from './OnCallProviders';

/** What the rest of on-call needs to answer from other masters too. */
export interface ExternalOnCall {
  /** The portal's own schedules and those of other masters. */
  schedules: ScheduleReader;
  finder: ExternalFinder;
  overrides: ExternalOverrides;
}

/** Makes what reads other masters of on-call, and schedules it. */
export async function createExternalOnCall(options: {
  own: OnCallStore;
  store: ExternalOnCallStore;
  providers: OnCallProviders;
  directory: CatalogDirectory;
  signals: OnCallSignals;
  scheduler: SchedulerService;
  events: EventsService;
  metrics: MetricsService;
  logger: LoggerService;
  /** The pace of sources that have none of their own. */
  defaultSchedule: ProviderSchedule;
}): Promise<ExternalOnCall> {
  const { own, store, providers, directory, scheduler, logger } = options;
  const readNow = (source: { provider: string; instance: string }) =>
    readExternalNow(source, { scheduler, logger });
  await scheduleExternalTasks({
    ...options,
    collector: new ExternalCollector({
      ...options,
      metrics: new CollectionMetrics(options.metrics),
    }),
  });
  await subscribeToExternalWebhooks({ ...options, readNow });
  return {
    schedules: new AllSchedules({
      own,
      external: store,
      acceptsOverrides: source =>
        providers.find(source)?.override !== undefined,
    }),
    finder: new ExternalFinder({ store, providers }),
    overrides: new ExternalOverrides({ providers, directory, readNow, logger }),
  };
}
