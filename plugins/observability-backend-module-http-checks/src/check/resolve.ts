import { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';

/** All addresses of a host. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/**
 * Resolves as the machine does. Each lookup that runs holds one of the few
 * threads of the process, so checks of one host share theirs: a name server
 * that hangs is not asked once a check.
 */
export function createResolve(
  resolveOnce: Resolve = hostname => lookup(hostname, { all: true }),
): Resolve {
  const running = new Map<string, Promise<LookupAddress[]>>();
  return hostname => {
    const known = running.get(hostname);
    if (known) return known;
    const started = resolveOnce(hostname).finally(() =>
      running.delete(hostname),
    );
    running.set(hostname, started);
    return started;
  };
}
