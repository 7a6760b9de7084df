import { UptimeReport } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import { isForbidden, READ_PERMISSION } from './failures';
import { useLiveResource } from './liveResources';
import { observabilityApiRef } from './ObservabilityApi';

const POLL_MS = 5 * 60_000;

/** What the page of a month's uptime knows at this moment. */
export type UptimeReportState =
  | { state: 'loading' }
  | { state: 'forbidden'; permission: string }
  | { state: 'failed'; error: Error; nextTryAt: Date; retry(): void }
  | { state: 'loaded'; report: UptimeReport; download(): Promise<Blob> };

/** The uptime of an entity's monitors in a month. */
export function useUptimeReport(
  entityRef: string,
  month: string,
): UptimeReportState {
  const { api, resource, snapshot } = useLiveResource({
    apiRef: observabilityApiRef,
    key: `uptime-report ${month} ${entityRef}`,
    throttleMs: POLL_MS,
    pollMs: POLL_MS,
    load: (client, signal) =>
      client.getUptimeReport(entityRef, month, { signal }),
  });
  return useMemo((): UptimeReportState => {
    const { value, failure } = snapshot;
    if (value) {
      return {
        state: 'loaded',
        report: value,
        download: () => api.getUptimeReportFile(entityRef, month),
      };
    }
    if (!failure) {
      return { state: 'loading' };
    }
    return isForbidden(failure.error)
      ? { state: 'forbidden', permission: READ_PERMISSION }
      : { state: 'failed', ...failure, retry: () => resource.reload() };
  }, [snapshot, api, resource, entityRef, month]);
}
