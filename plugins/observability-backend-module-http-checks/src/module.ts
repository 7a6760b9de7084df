import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { observabilityProvidersExtensionPoint } from '@watchkeeper/backstage-plugin-observability-node';
import { performCheck } from './check/performCheck';
import { createResolve } from './check/resolve';
import { readChecks } from './config/readChecks';
import { HttpChecksProvider } from './HttpChecksProvider';
import { CheckMetrics } from './schedule/CheckMetrics';
import { DatabaseCheckStore } from './schedule/DatabaseCheckStore';
import { Dispatcher } from './schedule/Dispatcher';

/**
 * HTTP checks for the observability plugin, made by the portal itself.
 *
 * @public
 */
export const observabilityModuleHttpChecks = createBackendModule({
  pluginId: 'observability',
  moduleId: 'http-checks',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        providers: observabilityProvidersExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { config, lifecycle, logger, providers, scheduler } = deps;
        const { checks, broken, problems, maxConcurrent, schedule } =
          readChecks(config);
        for (const problem of [...problems, ...broken.values()]) {
          logger.error(problem);
        }

        const store = await DatabaseCheckStore.create(deps.database);
        const provider = new HttpChecksProvider({
          store,
          checks,
          broken,
          schedule,
        });
        providers.addProvider(provider);

        const resolve = createResolve();
        const dispatcher = new Dispatcher({
          store,
          checks,
          maxConcurrent,
          perform: (check, signal) => performCheck(check, { resolve, signal }),
          onChanged: keys => provider.notify(keys),
          logger,
          metrics: new CheckMetrics(deps.metrics),
        });
        await scheduler.scheduleTask({
          id: 'observability-http-checks',
          frequency: { seconds: 1 },
          timeout: { seconds: 30 },
          // A portal that is still starting would find every service slow.
          initialDelay: { seconds: 10 },
          // Each process takes its part.
          scope: 'local',
          fn: () => dispatcher.turn(),
        });
        lifecycle.addShutdownHook(() => dispatcher.stop());
      },
    });
  },
});
