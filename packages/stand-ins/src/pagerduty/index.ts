export * from './startPagerDutyStandIn';
export type { PagerDutyWebhook } from './webhooks';
export * from './world/types';
export { visionCrmPagerDutyWorld } from './world/visionCrm';
