import { EnvHttpProxyAgent, type Dispatcher } from 'undici';

const LOOPBACK = 'localhost,127.0.0.1,[::1]';

let shared: Dispatcher | undefined;

/**
 * The connections of all clients of the process. They go through the proxy that
 * HTTP_PROXY, HTTPS_PROXY and NO_PROXY name; this machine is never asked through
 * a proxy.
 */
export function sharedDispatcher(): Dispatcher {
  shared ??= createEnvironmentDispatcher();
  return shared;
}

export function createEnvironmentDispatcher(): Dispatcher {
  const noProxy = (process.env.no_proxy ?? process.env.NO_PROXY)?.trim();
  return new EnvHttpProxyAgent({
    // A lone "*" means everything, and means that only as long as it is alone.
    noProxy: noProxy === '*' ? noProxy : `${noProxy ?? ''},${LOOPBACK}`,
  });
}
