export {
  startUptimeRobotStandIn,
  type UptimeRobotStandIn,
  type UptimeRobotStandInControl,
  type UptimeRobotStandInOptions,
} from './startUptimeRobotStandIn';
export type { AcceptedKeys as UptimeRobotAcceptedKeys } from './http';
export { UPTIMEROBOT_STAND_IN_KEYS } from './keys';
export type { UptimeRobotWebhook } from './webhooks';
export {
  UPTIMEROBOT_STAND_IN_SECRETS,
  visionCrmUptimeRobotWorld,
} from './world/visionCrm';
export {
  largeUptimeRobotMonitorId,
  largeUptimeRobotWorld,
} from './world/large';
export type * from './world/types';
