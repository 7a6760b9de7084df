import {
  BackendFeature,
  coreServices,
  createBackendModule,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { ProviderWebhook } from '../Provider';

/**
 * The module of the events plugin that lets a vendor's webhooks in, at
 * `POST /api/events/http/<topic>`, and turns away what none of the configured
 * instances' secrets verifies.
 *
 * It is a module of another plugin because only the ingress has the raw body
 * that a signature is over; the observability plugin then hears verified events
 * only. Where the events plugin is not installed, nothing happens.
 *
 * @public
 */
export function createWebhookIngressModule(options: {
  /** The vendor: `sentry`. */
  provider: string;
  /** The topic, as in `ProviderWebhook.topic`. */
  topic: string;
  /** The webhooks of the configured instances that have a secret. Must not throw. */
  readWebhooks(config: RootConfigService): Pick<ProviderWebhook, 'verify'>[];
}): BackendFeature {
  const { provider, topic, readWebhooks } = options;
  return createBackendModule({
    pluginId: 'events',
    moduleId: `observability-${provider}`,
    register(env) {
      env.registerInit({
        deps: {
          config: coreServices.rootConfig,
          events: eventsExtensionPoint,
          logger: coreServices.logger,
        },
        async init({ config, events, logger }) {
          const webhooks = readWebhooks(config);
          events.addHttpPostIngress({
            topic,
            async validator(request, context) {
              const { headers, raw } = request;
              if (
                webhooks.some(webhook =>
                  webhook.verify({ headers, rawBody: raw.body }),
                )
              ) {
                return;
              }
              logger.warn(
                `Turned away a webhook for ${topic}: ${
                  webhooks.length === 0
                    ? 'no instance has a webhookSecret'
                    : 'its signature fits no webhookSecret'
                }`,
              );
              context.reject({
                status: 403,
                payload: {
                  message:
                    'The signature of this webhook could not be verified',
                },
              });
            },
          });
        },
      });
    },
  });
}
