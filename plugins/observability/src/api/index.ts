export { observabilityApiRef } from './ObservabilityApi';
export type {
  EntityHealthListRequest,
  ObservabilityApi,
  ObservabilityRequestOptions,
  SeriesRequest,
} from './ObservabilityApi';
export type { EntityReportState } from './types';
export { useEntityReport } from './useEntityReport';
export { useRestoreTests } from './useRestoreTests';
export { useSeries } from './useSeries';
export type { SeriesState, SeriesWindow } from './useSeries';
export { useUptimeReport } from './useUptimeReport';
