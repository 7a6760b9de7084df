import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  createVendorClient,
  createWebhookIngressModule,
  observabilityOnCallExtensionPoint,
  rateLimitFromHeaders,
  sharedLimiter,
} from '@watchkeeper/backstage-plugin-observability-node';
import { readErrors } from './api/readErrors';
import { readPagerDutyConfig } from './config';
import { PagerDutyProvider } from './PagerDutyProvider';
import { selectServices } from './select';
import { createPagerDutyWebhook, PAGERDUTY_WEBHOOK_TOPIC } from './webhook';

/** PagerDuty allows 960 a minute, and asks for one at a time. */
export const PAGERDUTY_LIMITS = { requestsPerSecond: 10, concurrency: 1 };

/** How PagerDuty tells its limits: in seconds that are left. */
export const PAGERDUTY_RATE_LIMIT = rateLimitFromHeaders({
  remaining: 'ratelimit-remaining',
  reset: 'ratelimit-reset',
  resetIs: 'seconds-left',
});

/** What every request says. */
export function pagerDutyHeaders(apiToken: string): Record<string, string> {
  return {
    Authorization: `Token token=${apiToken}`,
    Accept: 'application/vnd.pagerduty+json;version=2',
  };
}

/**
 * Reads who is on call from PagerDuty, for the observability plugin.
 *
 * @public
 */
export const observabilityModulePagerDuty = createBackendModule({
  pluginId: 'observability',
  moduleId: 'pagerduty',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        onCall: observabilityOnCallExtensionPoint,
      },
      async init({ config, logger, metrics, onCall }) {
        const { accounts, misconfigured, names } = readPagerDutyConfig(config);
        for (const account of misconfigured) {
          onCall.addMisconfiguredInstance({
            ...account,
            select: entity =>
              selectServices(entity, {
                account: account.instance,
                accounts: names,
              }),
          });
        }
        for (const account of accounts) {
          const { name, apiToken, baseUrl, webhookSecret, schedule } = account;
          const client = createVendorClient({
            provider: 'pagerduty',
            instance: name,
            logger,
            metrics,
            baseUrl,
            headers: () => pagerDutyHeaders(apiToken),
            timeoutMs: Math.min(15_000, (schedule?.timeoutSeconds ?? 50) * 300),
            retries: 1,
            redact: webhookSecret ? [apiToken, webhookSecret] : [apiToken],
            limiter: sharedLimiter({
              host: baseUrl,
              token: apiToken,
              ...PAGERDUTY_LIMITS,
            }),
            rateLimit: PAGERDUTY_RATE_LIMIT,
            errorMessage: readErrors,
          });
          onCall.addProvider(
            new PagerDutyProvider({ ...account, names, client }),
          );
        }
      },
    });
  },
});

/**
 * Lets PagerDuty's webhooks in: `POST /api/events/http/observability-pagerduty`.
 *
 * @public
 */
export const eventsModuleObservabilityPagerDuty = createWebhookIngressModule({
  provider: 'pagerduty',
  topic: PAGERDUTY_WEBHOOK_TOPIC,
  readWebhooks: config =>
    readPagerDutyConfig(config).accounts.flatMap(({ webhookSecret }) =>
      webhookSecret ? createPagerDutyWebhook(webhookSecret) : [],
    ),
});
