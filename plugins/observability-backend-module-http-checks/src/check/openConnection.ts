import { LookupAddress } from 'node:dns';
import { connect, isIP, LookupFunction, Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { classifyAddress, Reach } from './addresses';
import { certificateExpiryOf, certificateFailure } from './certificates';
import { CheckFailure } from './CheckFailure';
import { Resolve } from './resolve';

/** @internal */
export interface ConnectionOptions {
  resolve: Resolve;
  allowPrivateNetworks: boolean;
  signal: AbortSignal;
  /** Told as soon as it is known, also of a certificate that cannot be trusted. */
  onCertificate: (expiresAt: Date) => void;
  /** Authorities in the place of the usual ones. */
  certificateAuthorities?: string[];
  classify?: (address: string) => Reach;
}

/**
 * Connects to where a URL leads, and nowhere that a check may not reach.
 *
 * The name is resolved once, the addresses that may be reached are picked, and
 * the connection is made to those: a name that resolves to something else a
 * moment later changes nothing. Before anything is sent, the address at the
 * other end is looked at again, and with TLS the certificate is verified.
 */
export async function openConnection(
  url: URL,
  options: ConnectionOptions,
): Promise<Socket> {
  const { signal } = options;
  signal.throwIfAborted();
  const host = hostOf(url);
  const addresses = await untilAborted(
    reachableAddresses(host, options),
    signal,
  );
  const socket = connect({
    host,
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    lookup: pinned(addresses),
    signal,
  });
  try {
    await untilEvent(socket, 'connect', signal);
    if (!isReachable(reachOf(socket.remoteAddress ?? '', options), options)) {
      throw refusal(host, 'private');
    }
    return url.protocol === 'https:'
      ? await secure(socket, host, options)
      : socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The host without what brackets an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

async function reachableAddresses(
  host: string,
  options: ConnectionOptions,
): Promise<LookupAddress[]> {
  const family = isIP(host);
  const found = family
    ? [{ address: host, family }]
    : await options.resolve(host);
  const reaches = found.map(({ address }) => reachOf(address, options));
  const reachable = found.filter((_, index) =>
    isReachable(reaches[index], options),
  );
  if (reachable.length === 0) {
    if (found.length === 0) throw new CheckFailure(`there is no host ${host}`);
    throw refusal(host, reaches.includes('private') ? 'private' : 'never');
  }
  return reachable;
}

function reachOf(address: string, options: ConnectionOptions): Reach {
  return (options.classify ?? classifyAddress)(address);
}

function isReachable(reach: Reach, options: ConnectionOptions): boolean {
  return (
    reach === 'public' || (reach === 'private' && options.allowPrivateNetworks)
  );
}

function refusal(host: string, reach: 'private' | 'never'): CheckFailure {
  return new CheckFailure(
    reach === 'private'
      ? `${host} is at a private address, which is not asked unless allowPrivateNetworks is set`
      : `${host} is at an address that no check may reach`,
    { verdict: 'refused' },
  );
}

function pinned(addresses: LookupAddress[]): LookupFunction {
  return (_hostname, { all }, done) => {
    if (all) done(null, addresses);
    else done(null, addresses[0].address, addresses[0].family);
  };
}

async function secure(
  socket: Socket,
  host: string,
  options: ConnectionOptions,
): Promise<TLSSocket> {
  const secured = connectTls({
    socket,
    host,
    servername: isIP(host) ? undefined : host,
    ALPNProtocols: ['http/1.1'],
    // A certificate that cannot be trusted is read all the same, and then refused here.
    rejectUnauthorized: false,
    ca: options.certificateAuthorities,
  });
  await untilEvent(secured, 'secureConnect', options.signal);
  const expiresAt = certificateExpiryOf(secured);
  if (expiresAt) options.onCertificate(expiresAt);
  if (!secured.authorized) {
    throw certificateFailure(String(secured.authorizationError), {
      host,
      expiresAt,
    });
  }
  return secured;
}

/** Waits for an event; the socket ending or time running out are failures. */
function untilEvent(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<void> {
  return untilAborted(
    new Promise((resolve, reject) => {
      socket.once(event, () => resolve());
      // Stays, since what nobody listens for ends the process.
      socket.on('error', reject);
      socket.once('close', () =>
        reject(Object.assign(new Error('Closed'), { code: 'ECONNRESET' })),
      );
    }),
    signal,
  );
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    promise
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
