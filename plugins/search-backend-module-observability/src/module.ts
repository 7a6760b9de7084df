import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { ObservabilityReader } from './ObservabilityReader';
import { RunbookCollatorFactory } from './RunbookCollatorFactory';
import { ScheduleCollatorFactory } from './ScheduleCollatorFactory';

const SCHEDULE_KEY = 'search.collators.observability.schedule';
const DEFAULT_SCHEDULE = {
  frequency: { minutes: 10 },
  timeout: { minutes: 15 },
  // The plugin reads its sources first.
  initialDelay: { seconds: 30 },
};

/**
 * Adds runbooks and on-call schedules to the portal's search.
 *
 * @public
 */
export const searchModuleObservability = createBackendModule({
  pluginId: 'search',
  moduleId: 'observability-collators',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        indexRegistry: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, indexRegistry, scheduler }) {
        const schedule = config.has(SCHEDULE_KEY)
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
              config.getConfig(SCHEDULE_KEY),
            )
          : DEFAULT_SCHEDULE;
        const reader = new ObservabilityReader({ auth, discovery });
        for (const factory of [
          new RunbookCollatorFactory(reader),
          new ScheduleCollatorFactory(reader),
        ]) {
          indexRegistry.addCollator({
            schedule: scheduler.createScheduledTaskRunner(schedule),
            factory,
          });
        }
      },
    });
  },
});
