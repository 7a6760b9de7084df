import {
  ProviderWebhook,
  verifyHmac,
} from '@watchkeeper/backstage-plugin-observability-node';

/** The topic of the events service, and the end of the address that PagerDuty sends to. */
export const PAGERDUTY_WEBHOOK_TOPIC = 'observability-pagerduty';

const HEADER = 'x-pagerduty-signature';
const VERSION = 'v1=';

/** Webhooks of one subscription: signed over the raw body, with several signatures while the secret changes. */
export function createPagerDutyWebhook(
  secret: string,
): Pick<ProviderWebhook, 'topic' | 'verify'> {
  return {
    topic: PAGERDUTY_WEBHOOK_TOPIC,
    verify: ({ headers, rawBody }) => {
      const [, header] =
        Object.entries(headers).find(
          ([name]) => name.toLowerCase() === HEADER,
        ) ?? [];
      return [header]
        .flat()
        .flatMap(value => value?.split(',') ?? [])
        .map(signature => signature.trim())
        .filter(signature => signature.startsWith(VERSION))
        .some(signature =>
          verifyHmac({
            algorithm: 'sha256',
            secret,
            rawBody,
            signature: signature.slice(VERSION.length),
          }),
        );
    },
  };
}
