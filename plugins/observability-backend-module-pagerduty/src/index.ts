/**
 * PagerDuty for Watchkeeper: who is on call for a service, at every level.
 *
 * @packageDocumentation
 */

import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import {
  eventsModuleObservabilityPagerDuty,
  observabilityModulePagerDuty,
} from './module';

/**
 * Both parts: the readings, and the way in for webhooks.
 *
 * @public
 */
export default createBackendFeatureLoader({
  *loader() {
    yield observabilityModulePagerDuty;
    yield eventsModuleObservabilityPagerDuty;
  },
});

export { eventsModuleObservabilityPagerDuty, observabilityModulePagerDuty };
