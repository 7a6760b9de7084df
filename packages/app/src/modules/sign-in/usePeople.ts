import { ResponseError } from '@backstage/errors';
import { discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { messageOf } from './messageOf';

const RETRY_MS = 2_000;

/** One person whom the back end offers. */
export interface Person {
  userEntityRef: string;
  displayName: string;
  role?: string;
}

export type PeopleState =
  | { status: 'loading' }
  /** The back end does not answer yet: it takes longer to start than the page. */
  | { status: 'starting' }
  | { status: 'loaded'; people: Person[] }
  | { status: 'refused'; message: string }
  | { status: 'failed'; message: string };

/** The people to choose from; asks again while the portal is still starting. */
export function usePeople(options: { retryMs?: number } = {}): PeopleState {
  const { retryMs = RETRY_MS } = options;
  const discoveryApi = useApi(discoveryApiRef);
  const [state, setState] = useState<PeopleState>({ status: 'loading' });

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function load() {
      const next = await fetchPeople(
        await discoveryApi.getBaseUrl('auth'),
        abort.signal,
      );
      if (abort.signal.aborted) {
        return;
      }
      setState(next);
      if (isPassing(next)) {
        timer = setTimeout(load, retryMs);
      }
    }
    load();

    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [discoveryApi, retryMs]);

  return state;
}

function isPassing(state: PeopleState): boolean {
  return (
    state.status === 'starting' ||
    (state.status === 'loaded' && state.people.length === 0)
  );
}

async function fetchPeople(
  authUrl: string,
  signal: AbortSignal,
): Promise<PeopleState> {
  let response: Response;
  try {
    response = await fetch(`${authUrl}/person-picker/people`, { signal });
  } catch {
    return { status: 'starting' };
  }
  if (response.ok) {
    const { people } = (await response.json()) as { people: Person[] };
    return { status: 'loaded', people };
  }
  // Before its plugins are up, the back end answers 503, or 404 for their paths.
  if (response.status === 503) {
    return { status: 'starting' };
  }
  return {
    status: response.status === 403 ? 'refused' : 'failed',
    message: messageOf(await ResponseError.fromResponse(response)),
  };
}
