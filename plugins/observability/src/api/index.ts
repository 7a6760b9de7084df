export { observabilityApiRef } from './ObservabilityApi';
export type {
  EntityHealthListRequest,
  ObservabilityApi,
  ObservabilityRequestOptions,
  SeriesRequest,
} from './ObservabilityApi';
export type { EntityReportState } from './types';
export { useEntityReport } from './useEntityReport';
