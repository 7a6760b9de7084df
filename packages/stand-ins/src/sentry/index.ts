export {
  startSentryStandIn,
  STAND_IN_SENTRY_TOKEN,
  type SentryStandIn,
  type SentryStandInControl,
  type SentryStandInOptions,
} from './startSentryStandIn';
export type { SentryMode, SentryRateLimits, SentryToken } from './http';
export { visionCrmSentryWorld } from './world/visionCrm';
export type * from './world/types';
export { largeSentryWorld } from './world/large';
export { signWebhook, type SentryWebhook } from './webhooks';
