import {
  coreServices,
  createBackendModule,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  MetricsService,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import {
  createVendorClient,
  createWebhookIngressModule,
  observabilityProvidersExtensionPoint,
  rateLimitFromHeaders,
  sharedLimiter,
  VendorClient,
} from '@watchkeeper/backstage-plugin-observability-node';
import { readUptimeRobotConfig, UptimeRobotInstance } from './config';
import { UptimeRobotProvider } from './UptimeRobotProvider';
import { createUptimeRobotWebhook, UPTIMEROBOT_WEBHOOK_TOPIC } from './webhook';

/** How UptimeRobot tells its limits, in both generations of its API. */
export const UPTIMEROBOT_RATE_LIMIT = rateLimitFromHeaders({
  remaining: 'x-ratelimit-remaining',
  reset: 'x-ratelimit-reset',
  resetIs: 'epoch-seconds',
});

/**
 * Reads UptimeRobot for the observability plugin.
 *
 * @public
 */
export const observabilityModuleUptimeRobot = createBackendModule({
  pluginId: 'observability',
  moduleId: 'uptimerobot',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        providers: observabilityProvidersExtensionPoint,
      },
      async init({ config, logger, metrics, providers }) {
        const { instances, misconfigured, names } =
          readUptimeRobotConfig(config);
        for (const instance of misconfigured) {
          providers.addMisconfiguredInstance(instance);
        }
        for (const instance of instances) {
          const client = createClient(instance, { logger, metrics });
          providers.addProvider(
            new UptimeRobotProvider({ ...instance, instances: names, client }),
          );
        }
      },
    });
  },
});

/**
 * Lets UptimeRobot's webhooks in: `POST /api/events/http/observability-uptimerobot`.
 *
 * @public
 */
export const eventsModuleObservabilityUptimeRobot = createWebhookIngressModule({
  provider: 'uptimerobot',
  topic: UPTIMEROBOT_WEBHOOK_TOPIC,
  readWebhooks: config =>
    readUptimeRobotConfig(config).instances.flatMap(({ webhookSecret }) =>
      webhookSecret ? createUptimeRobotWebhook({ secret: webhookSecret }) : [],
    ),
});

function createClient(
  { name, baseUrl, apiKey, webhookSecret, schedule }: UptimeRobotInstance,
  services: { logger: LoggerService; metrics: MetricsService },
): VendorClient {
  return createVendorClient({
    ...services,
    provider: 'uptimerobot',
    instance: name,
    baseUrl,
    timeoutMs: Math.min(15_000, (schedule?.timeoutSeconds ?? 50) * 300),
    // Each attempt counts against ten a minute.
    retries: 1,
    redact: [apiKey, ...(webhookSecret ? [webhookSecret] : [])],
    limiter: sharedLimiter({ host: baseUrl, token: apiKey, concurrency: 1 }),
    rateLimit: UPTIMEROBOT_RATE_LIMIT,
  });
}
