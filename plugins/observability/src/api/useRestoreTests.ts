import {
  NewRestoreTest,
  RestoreTest,
} from '@watchkeeper/backstage-plugin-observability-common';
import { reloadResource, useLiveResource } from './liveResources';
import { observabilityApiRef } from './ObservabilityApi';
import { reportKey } from './useEntityReport';

/** Somebody records one now and then. */
const POLL_MS = 5 * 60_000;

/** The restores on record for an entity, newest first, and how to add one. */
export function useRestoreTests(entityRef: string): {
  /** `undefined` while they are not known. */
  restoreTests: readonly RestoreTest[] | undefined;
  /** Resolves when it is on record; the checklist then follows by itself. */
  record(restoreTest: NewRestoreTest): Promise<void>;
} {
  const { api, resource, snapshot } = useLiveResource({
    apiRef: observabilityApiRef,
    key: `restore-tests ${entityRef}`,
    throttleMs: POLL_MS,
    pollMs: POLL_MS,
    load: (client, signal) => client.listRestoreTests(entityRef, { signal }),
  });
  return {
    restoreTests: snapshot.value,
    async record(restoreTest) {
      await api.recordRestoreTest(entityRef, restoreTest);
      resource.reload();
      reloadResource(api, reportKey(entityRef));
    },
  };
}
