/**
 * UptimeRobot for Watchkeeper: whether a service is up, and since when.
 *
 * @packageDocumentation
 */

import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import {
  eventsModuleObservabilityUptimeRobot,
  observabilityModuleUptimeRobot,
} from './module';

/**
 * Both parts: the readings, and the way in for webhooks.
 *
 * @public
 */
export default createBackendFeatureLoader({
  *loader() {
    yield observabilityModuleUptimeRobot;
    yield eventsModuleObservabilityUptimeRobot;
  },
});

export { eventsModuleObservabilityUptimeRobot, observabilityModuleUptimeRobot };
