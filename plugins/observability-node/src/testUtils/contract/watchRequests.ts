import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

/** The requests that this process sends while it is watched. */
export interface RequestWatch {
  /** The origin of each. */
  readonly origins: readonly string[];
  /** Resolves when the next one is sent. */
  next(): Promise<void>;
  stop(): void;
}

const FETCH_CHANNEL = 'undici:request:create';
const HTTP_CHANNEL = 'http.client.request.start';

/**
 * Watches all HTTP clients of the process, those of Node and those of libraries,
 * so that no request can go unseen to where it must not go.
 */
export function watchRequests(): RequestWatch {
  const origins: string[] = [];
  let waiting: (() => void)[] = [];
  const record = (origin: string) => {
    origins.push(origin);
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const onFetch = (message: unknown) => {
    record(String(read(message, 'request', 'origin')));
  };
  const onHttp = (message: unknown) => {
    const request = read(message, 'request');
    // Its own `host` is without the port.
    if (request instanceof ClientRequest) {
      record(`${request.protocol}//${request.getHeader('host')}`);
    }
  };
  subscribe(FETCH_CHANNEL, onFetch);
  subscribe(HTTP_CHANNEL, onHttp);
  return {
    origins,
    next: () =>
      new Promise(resolve => {
        waiting.push(resolve);
      }),
    stop: () => {
      unsubscribe(FETCH_CHANNEL, onFetch);
      unsubscribe(HTTP_CHANNEL, onHttp);
    },
  };
}

function read(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null
        ? Reflect.get(inner, name)
        : undefined,
    value,
  );
}
