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
import { readSentryConfig, SentryInstance } from './config';
import { SentryProvider } from './SentryProvider';
import { createSentryWebhook, SENTRY_WEBHOOK_TOPIC } from './webhook';

/** Sentry allows forty a second and twenty-five at once of each endpoint, and less of some. */
export const SENTRY_LIMITS = { requestsPerSecond: 30, concurrency: 8 };

/** How Sentry tells its limits; installations of one's own have none. */
export const SENTRY_RATE_LIMIT = rateLimitFromHeaders({
  remaining: 'x-sentry-rate-limit-remaining',
  reset: 'x-sentry-rate-limit-reset',
  resetIs: 'epoch-seconds',
});

/**
 * Reads Sentry for the observability plugin.
 *
 * @public
 */
export const observabilityModuleSentry = createBackendModule({
  pluginId: 'observability',
  moduleId: 'sentry',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        providers: observabilityProvidersExtensionPoint,
      },
      async init({ config, logger, metrics, providers }) {
        const { instances, misconfigured, organizations } =
          readSentryConfig(config);
        for (const instance of misconfigured) {
          providers.addMisconfiguredInstance(instance);
        }
        for (const instance of instances) {
          const client = createClient(instance, { logger, metrics });
          providers.addProvider(
            new SentryProvider({ ...instance, organizations, client }),
          );
        }
      },
    });
  },
});

/**
 * Lets Sentry's webhooks in: `POST /api/events/http/observability-sentry`.
 *
 * @public
 */
export const eventsModuleObservabilitySentry = createWebhookIngressModule({
  provider: 'sentry',
  topic: SENTRY_WEBHOOK_TOPIC,
  readWebhooks: config => {
    const { instances, organizations } = readSentryConfig(config);
    return instances.flatMap(({ webhookSecret }) =>
      webhookSecret
        ? createSentryWebhook({ organizations, secret: webhookSecret })
        : [],
    );
  },
});

function createClient(
  { name, baseUrl, token, webhookSecret, schedule }: SentryInstance,
  services: { logger: LoggerService; metrics: MetricsService },
): VendorClient {
  return createVendorClient({
    ...services,
    provider: 'sentry',
    instance: name,
    baseUrl,
    headers: () => ({ Authorization: `Bearer ${token}` }),
    // Failing thrice in a row has to be told before the cycle is over.
    timeoutMs: Math.min(15_000, (schedule?.timeoutSeconds ?? 50) * 300),
    retries: 1,
    redact: webhookSecret ? [webhookSecret] : [],
    limiter: sharedLimiter({
      host: baseUrl,
      token,
      ...SENTRY_LIMITS,
    }),
    rateLimit: SENTRY_RATE_LIMIT,
  });
}
