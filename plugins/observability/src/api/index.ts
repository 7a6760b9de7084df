export type { EntityReportState } from './types';
export { useEntityReport } from './useEntityReport';
