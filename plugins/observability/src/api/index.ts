export { observabilityApiRef } from './ObservabilityApi';
export type {
  EntityHealthListRequest,
  ObservabilityApi,
  SeriesRequest,
} from './ObservabilityApi';
export type { ObservabilityRequestOptions } from './requestOptions';
export type { EntityReportState } from './types';
export { useEntityReport } from './useEntityReport';
export { useRestoreTests } from './useRestoreTests';
export { useSeries } from './useSeries';
export type { SeriesState, SeriesWindow } from './useSeries';
export { useUptimeReport } from './useUptimeReport';
