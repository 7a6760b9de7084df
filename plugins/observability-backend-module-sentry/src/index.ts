/**
 * Sentry for Watchkeeper: issues, performance and releases of a service.
 *
 * @packageDocumentation
 */

import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import {
  eventsModuleObservabilitySentry,
  observabilityModuleSentry,
} from './module';

/**
 * Both parts: the readings, and the way in for webhooks.
 *
 * @public
 */
export default createBackendFeatureLoader({
  *loader() {
    yield observabilityModuleSentry;
    yield eventsModuleObservabilitySentry;
  },
});

export { eventsModuleObservabilitySentry, observabilityModuleSentry };
