import { ApiRef, useApi, useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useEffect, useState } from 'react';
import { LiveResource, LiveSnapshot } from './LiveResource';

/** How to read and follow one document of the back end. */
export interface LiveResourceDefinition<T, Api extends object> {
  /** Which client reads it. */
  apiRef: ApiRef<Api>;
  /** Parts of a page that give the same key share one resource. */
  key: string;
  channel?: string;
  throttleMs: number;
  pollMs?: number;
  load(api: Api, signal: AbortSignal): Promise<T>;
}

/**
 * The resources that are watched, or were a moment ago. They hang on the API
 * instance, so that two apps, or two tests, in one window share nothing.
 */
const resourcesByApi = new WeakMap<
  object,
  Map<string, LiveResource<unknown>>
>();

/** The one resource of that key, and what is known of it; it stays current while this is mounted. */
export function useLiveResource<T, Api extends object>(
  definition: LiveResourceDefinition<T, Api>,
): {
  api: Api;
  resource: LiveResource<T>;
  snapshot: LiveSnapshot<T>;
} {
  const api = useApi(definition.apiRef);
  const signals = useApiHolder().get(signalApiRef);
  const { key, channel, throttleMs, pollMs, load } = definition;

  let resources = resourcesByApi.get(api);
  if (!resources) {
    resources = new Map();
    resourcesByApi.set(api, resources);
  }
  let resource = resources.get(key) as LiveResource<T> | undefined;
  if (!resource) {
    const owner = resources;
    resource = new LiveResource<T>({
      load: signal => load(api, signal),
      signals,
      channel,
      throttleMs,
      pollMs,
      onIdle: () => owner.delete(key),
    });
    resources.set(key, resource);
  }

  const [, setSnapshot] = useState(resource.snapshot);
  const watched = resource;
  useEffect(() => {
    const update = () => setSnapshot(watched.snapshot);
    const unsubscribe = watched.subscribe(update);
    update();
    return unsubscribe;
  }, [watched]);

  return { api, resource, snapshot: resource.snapshot };
}

/** Has a document read again by those who watch it, if there are any. */
export function reloadResource(api: object, key: string): void {
  resourcesByApi.get(api)?.get(key)?.reload();
}
