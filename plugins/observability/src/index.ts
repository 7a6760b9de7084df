/**
 * The operations desk of the Backstage portal: the health of services on their
 * own pages, and all services in one list.
 *
 * @packageDocumentation
 */

export { observabilityApiRef } from './api';
export type {
  EntityHealthListRequest,
  ObservabilityApi,
  ObservabilityRequestOptions,
  SeriesRequest,
} from './api';
export { onCallApiRef } from './oncall/api/OnCallApi';
export type { OnCallApi } from './oncall/api/OnCallApi';
export { isHealthAvailable, isPublicStatusAvailable } from './healthKinds';
export {
  EntityHealthBadge,
  EntityHealthCard,
  EntityHealthContent,
  EntityOnCallCard,
  EntityPublicStatusCard,
  HomePageOnCall,
  ObservabilityPage,
  observabilityPlugin,
} from './plugin';
export { observabilityTranslationRef } from './translation';
