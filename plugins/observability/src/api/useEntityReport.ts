import { entityChannel } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import { isForbidden, READ_PERMISSION } from './failures';
import { useLiveResource } from './liveResources';
import { observabilityApiRef } from './ObservabilityApi';
import { EntityReportState } from './types';

const THROTTLE_MS = 2_000;
/** A source that was asked to answer now has usually done so by then; where signals are, they are sooner or tell later. */
const REFRESHED_WITHIN_MS = 3_000;

/** The key of the one reading that all parts of a page share. */
export function reportKey(entityRef: string): string {
  return `report ${entityRef}`;
}

/**
 * The report of an entity. However many parts of a page ask for the same
 * entity, it is read once; it stays live while any of them is shown.
 */
export function useEntityReport(entityRef: string): EntityReportState {
  const { api, resource, snapshot } = useLiveResource({
    apiRef: observabilityApiRef,
    key: reportKey(entityRef),
    channel: entityChannel(entityRef),
    throttleMs: THROTTLE_MS,
    load: (client, signal) => client.getEntityReport(entityRef, { signal }),
  });

  return useMemo((): EntityReportState => {
    const { value, loadedAt, loading, failure } = snapshot;
    if (value && loadedAt) {
      return {
        state: 'loaded',
        report: value,
        refreshing: loading,
        loadedAt,
        failure,
        async refresh() {
          await api.refreshEntity(entityRef);
          resource.reloadWithin(REFRESHED_WITHIN_MS);
        },
      };
    }
    if (!failure) {
      return { state: 'loading' };
    }
    if (isForbidden(failure.error)) {
      return { state: 'forbidden', permission: READ_PERMISSION };
    }
    return {
      state: 'failed',
      error: failure.error,
      nextTryAt: failure.nextTryAt,
      retry: () => resource.reload(),
    };
  }, [snapshot, api, resource, entityRef]);
}
