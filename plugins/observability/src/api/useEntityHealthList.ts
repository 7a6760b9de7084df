import {
  ENTITIES_CHANNEL,
  EntityHealthList,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo, useRef } from 'react';
import { isForbidden, isPassing, READ_PERMISSION } from './failures';
import { useLiveResource } from './liveResources';
import {
  EntityHealthListRequest,
  observabilityApiRef,
} from './ObservabilityApi';

/** Among ten thousand services something changes all the time. */
const THROTTLE_MS = 10_000;

/** What the page of all services knows at this moment. */
export type EntityHealthListState =
  | { state: 'loading' }
  | { state: 'forbidden'; permission: string }
  | {
      state: 'failed';
      error: Error;
      nextTryAt: Date;
      trying: boolean;
      retry(): void;
    }
  | {
      state: 'loaded';
      list: EntityHealthList;
      /** The list answers an earlier request; the one for this request is not here yet. */
      outdated: boolean;
      loadedAt: Date;
      failure?: { error: Error; nextTryAt: Date; retry(): void };
    };

/** A page of services; it stays live. Until another one is read, the last one stays. */
export function useEntityHealthList(
  request: EntityHealthListRequest,
): EntityHealthListState {
  const { resource, snapshot } = useLiveResource({
    apiRef: observabilityApiRef,
    key: `list ${JSON.stringify(request)}`,
    channel: ENTITIES_CHANNEL,
    throttleMs: THROTTLE_MS,
    load: (client, signal) => client.listEntityHealth(request, { signal }),
  });
  const last = useRef<{ list: EntityHealthList; loadedAt: Date }>();
  if (snapshot.value && snapshot.loadedAt) {
    last.current = { list: snapshot.value, loadedAt: snapshot.loadedAt };
  } else if (snapshot.failure && isForbidden(snapshot.failure.error)) {
    last.current = undefined;
  }
  const shown = last.current;

  return useMemo((): EntityHealthListState => {
    const { value, loading, failure } = snapshot;
    const retry = () => resource.reload();
    if (shown && (value || !failure || isPassing(failure.error))) {
      return {
        state: 'loaded',
        ...shown,
        outdated: !value,
        failure: failure && { ...failure, retry },
      };
    }
    if (!failure) {
      return { state: 'loading' };
    }
    if (isForbidden(failure.error)) {
      return { state: 'forbidden', permission: READ_PERMISSION };
    }
    return { state: 'failed', ...failure, trying: loading, retry };
  }, [snapshot, resource, shown]);
}
