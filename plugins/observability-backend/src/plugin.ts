import {
  coreServices,
  createBackendPlugin,
  ExtensionPointFactoryContext,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { observabilityPermissions } from '@watchkeeper/backstage-plugin-observability-common';
import {
  observabilityOnCallExtensionPoint,
  ObservabilityProvidersExtensionPoint,
  observabilityProvidersExtensionPoint,
} from '@watchkeeper/backstage-plugin-observability-node';
import { EntityAccess } from './access/EntityAccess';
import { DatabaseEntityIndexStore } from './catalog/DatabaseEntityIndexStore';
import { EntityIndexer } from './catalog/EntityIndexer';
import { scheduleIndexing } from './catalog/indexTask';
import { CollectionMetrics } from './collection/CollectionMetrics';
import { CollectionService } from './collection/CollectionService';
import { scheduleCollectionTasks } from './collection/collectionTasks';
import { Collector } from './collection/Collector';
import { DatabaseCollectionStore } from './collection/DatabaseCollectionStore';
import { ProviderRegistry } from './collection/ProviderRegistry';
import { watchProviders } from './collection/watchProviders';
import { subscribeToWebhooks } from './collection/webhooks';
import { openDatabase } from './database/database';
import { registerHealthActions } from './health/actions';
import { DatabaseHealthReadStore } from './health/DatabaseHealthReadStore';
import { DatabaseHealthStore } from './health/DatabaseHealthStore';
import { HealthEvaluator } from './health/HealthEvaluator';
import { createHealthRouter } from './health/healthRouter';
import { HealthService } from './health/HealthService';
import { HealthSignals } from './health/HealthSignals';
import { IdempotentRequests } from './http/IdempotentRequests';
import { createWriteHandlers } from './http/writeHandlers';
import { createOnCall } from './oncall/createOnCall';
import { OnCallProviders } from './oncall/external/OnCallProviders';
import { createCalendarFeeds } from './oncall/feeds/createCalendarFeeds';
import { createOpenApiRouter } from './openapi/openApiRouter';
import { DatabaseOutbox } from './notifications/DatabaseOutbox';
import { OutboxSender } from './notifications/OutboxSender';
import { scheduleOutbox } from './notifications/outboxTask';
import { DatabaseRestoreTestStore } from './restoreTests/DatabaseRestoreTestStore';
import { createRestoreTestRouter } from './restoreTests/restoreTestRouter';
import { RestoreTestService } from './restoreTests/RestoreTestService';
import { readRetention, scheduleRetention } from './retention/retention';
import { createRunbooks } from './runbooks/createRunbooks';
import { readDefaultSchedule, readThresholds } from './settings';
import { createIncidents } from './incidents/createIncidents';
import { registerUptimeActions } from './uptime/actions';
import { DatabaseUptimeStore } from './uptime/DatabaseUptimeStore';
import { createUptimeRouter } from './uptime/uptimeRouter';
import { UptimeService } from './uptime/UptimeService';
import { scheduleUptimeSums } from './uptime/uptimeTask';

/**
 * The operations desk of the portal, back end. Vendors are added by modules
 * through `observabilityProvidersExtensionPoint`, other masters of on-call through
 * `observabilityOnCallExtensionPoint`.
 *
 * @public
 */
export const observabilityPlugin = createBackendPlugin({
  pluginId: 'observability',
  register(env) {
    const additions: {
      context: ExtensionPointFactoryContext;
      add: (extensionPoint: ObservabilityProvidersExtensionPoint) => void;
    }[] = [];
    env.registerExtensionPoint({
      extensionPoint: observabilityProvidersExtensionPoint,
      // Modules come before the plugin has read its configuration, so what they add waits.
      factory: context => ({
        addProvider: (...providers) =>
          additions.push({ context, add: to => to.addProvider(...providers) }),
        addMisconfiguredInstance: misconfigured =>
          additions.push({
            context,
            add: to => to.addMisconfiguredInstance(misconfigured),
          }),
      }),
    });

    const onCallProviders = new OnCallProviders();
    env.registerExtensionPoint({
      extensionPoint: observabilityOnCallExtensionPoint,
      factory: context => onCallProviders.extensionPointFor(context),
    });

    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { auth, catalog, config, logger, permissions, scheduler } = deps;
        const knex = await openDatabase(deps.database);
        // What cannot be used in the configuration never stops the portal.
        const onProblem = (problem: string) => logger.error(problem);
        const defaultSchedule = readDefaultSchedule(config, onProblem);
        const registry = new ProviderRegistry({ defaultSchedule });
        for (const { context, add } of additions) {
          add(registry.extensionPointFor(context));
        }
        const { overrides: thresholds, problems } = readThresholds(config);
        for (const problem of problems) {
          onProblem(`observability.thresholds: ${problem}`);
        }

        const retention = readRetention(config, onProblem);
        const outbox = new DatabaseOutbox(knex);
        const collectionStore = new DatabaseCollectionStore({
          knex,
          rawSamples: retention.rawSamples,
        });
        const healthStore = new DatabaseHealthStore({ knex, outbox });
        const collection = new CollectionService({
          store: collectionStore,
          registry,
          scheduler,
          logger,
        });
        const evaluator = new HealthEvaluator({
          store: healthStore,
          thresholds,
          sources: registry,
          signals: new HealthSignals({ signals: deps.signals, logger }),
        });
        const access = new EntityAccess({ permissions, catalog });
        const uptimeStore = new DatabaseUptimeStore(knex);
        const uptime = new UptimeService({ store: uptimeStore, access });
        const idempotentRequests = new IdempotentRequests(knex);
        const writeHandlers = createWriteHandlers({
          requests: idempotentRequests,
          httpAuth: deps.httpAuth,
          logger,
        });
        const healthReadStore = new DatabaseHealthReadStore(knex);
        const { onCall, directory, externalStore, records } =
          await createOnCall({
            ...deps,
            knex,
            access,
            outbox,
            health: healthReadStore,
            providers: onCallProviders,
            defaultSchedule,
            writeHandlers,
          });
        const runbooks = await createRunbooks({
          ...deps,
          knex,
          access,
          outbox,
          thresholds,
          writeHandlers,
        });
        const incidents = await createIncidents({
          ...deps,
          knex,
          access,
          outbox,
          onCall,
          directory,
          runbooks: runbooks.reports,
          writeHandlers,
        });
        const health = new HealthService({
          store: healthReadStore,
          collection,
          uptime,
          onCall,
          runbooks: runbooks.reports,
          incidents: incidents.service,
          access,
          thresholds,
        });

        const restoreTestStore = new DatabaseRestoreTestStore(knex);

        deps.permissionsRegistry.addPermissions(observabilityPermissions);
        deps.httpRouter.use(
          await createHealthRouter({
            health,
            httpAuth: deps.httpAuth,
            auditor: deps.auditor,
            writeHandlers,
          }),
        );
        deps.httpRouter.use(
          await createRestoreTestRouter({
            restoreTests: new RestoreTestService({
              store: restoreTestStore,
              health,
              evaluator,
              access,
            }),
            httpAuth: deps.httpAuth,
            auditor: deps.auditor,
            writeHandlers,
          }),
        );
        deps.httpRouter.use(
          await createUptimeRouter({ uptime, httpAuth: deps.httpAuth }),
        );
        const calendarFeeds = await createCalendarFeeds({
          ...deps,
          knex,
          onCall,
          directory,
          access,
        });
        deps.httpRouter.use(
          await createOpenApiRouter({ httpAuth: deps.httpAuth }),
        );
        registerHealthActions({
          actionsRegistry: deps.actionsRegistry,
          health,
        });
        registerUptimeActions({
          actionsRegistry: deps.actionsRegistry,
          health,
        });

        await subscribeToWebhooks({
          events: deps.events,
          registry,
          collection,
          logger,
        });
        await scheduleCollectionTasks({
          scheduler,
          registry,
          collector: new Collector({
            store: collectionStore,
            listener: evaluator,
            monitors: uptime,
            metrics: new CollectionMetrics(deps.metrics),
            logger,
          }),
          evaluator,
          store: collectionStore,
        });
        await scheduleIndexing({
          scheduler,
          lifecycle: deps.lifecycle,
          indexer: new EntityIndexer({
            auth,
            catalog,
            store: new DatabaseEntityIndexStore(knex),
            listener: evaluator,
            providers: () => registry.providers,
            logger,
          }),
          collection,
          logger,
        });
        watchProviders({ registry, collection, logger });
        await scheduleOutbox({
          scheduler,
          sender: new OutboxSender({
            outbox,
            notifications: deps.notifications,
            logger,
          }),
        });
        await scheduleUptimeSums({
          scheduler,
          uptime,
          outages: retention.outages,
        });
        await scheduleRetention({
          scheduler,
          retention,
          collection: collectionStore,
          health: healthStore,
          uptime: uptimeStore,
          restoreTests: restoreTestStore,
          idempotentRequests,
          outbox,
          externalOnCall: externalStore,
          calendarFeeds,
          onCallRecords: records,
          runbooks,
          incidents,
        });
      },
    });
  },
});
