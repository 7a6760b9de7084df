import dns from 'node:dns';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { z } from 'zod/v4';
import { createRecordingLogger } from '../testUtils/collect';
import { createVendorClient } from './createVendorClient';
import { createEnvironmentDispatcher } from './dispatcher';
import { createRateLimiter } from './RateLimiter';
import {
  startLoopbackServer,
  type LoopbackServer,
} from '../testUtils/loopbackServer';

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap(
  name => [name, name.toLowerCase()],
);

const lookUpLoopback = ((
  _name: string,
  _options: unknown,
  callback: (error: null, addresses: dns.LookupAddress[]) => void,
) =>
  callback(null, [{ address: '127.0.0.1', family: 4 }])) as typeof dns.lookup;

describe('the connections of all clients', () => {
  let vendor: LoopbackServer;
  let proxy: Server;
  let tunnels: string[];
  let proxyStatus: string;
  let environment: NodeJS.ProcessEnv;

  beforeEach(async () => {
    environment = { ...process.env };
    for (const name of PROXY_VARIABLES) delete process.env[name];
    tunnels = [];
    proxyStatus = '200 Connection established';
    vendor = await startLoopbackServer((_request, response) => {
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
    proxy = createServer();
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      socket.write(`HTTP/1.1 ${proxyStatus}\r\n\r\n`);
      if (!proxyStatus.startsWith('200')) {
        socket.end();
        return;
      }
      const target = connect(Number(new URL(vendor.url).port), '127.0.0.1');
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy());
      socket.pipe(target).pipe(socket);
    });
    await new Promise<void>(resolve => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
    const { port } = proxy.address() as AddressInfo;
    process.env.HTTP_PROXY = `http://127.0.0.1:${port}`;
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    process.env = environment;
    await vendor.close();
    await new Promise<void>(resolve => {
      proxy.close(() => resolve());
      proxy.closeAllConnections();
    });
  });

  async function ask(baseUrl: string): Promise<unknown> {
    const dispatcher = createEnvironmentDispatcher();
    try {
      return await createVendorClient({
        provider: 'fake',
        instance: 'default',
        baseUrl,
        limiter: createRateLimiter({ concurrency: 1 }),
        logger: createRecordingLogger().logger,
        retries: 0,
        dispatcher,
      }).request({ operation: 'ask', path: '/', schema: z.unknown() });
    } finally {
      await dispatcher.destroy();
    }
  }

  it('go through the proxy of the environment', async () => {
    await ask('http://vendor.invalid:8080');
    expect(tunnels).toEqual(['vendor.invalid:8080']);
    expect(vendor.requests).toHaveLength(1);
  });

  it('go past the proxy to this machine and to what NO_PROXY names', async () => {
    await ask(vendor.url);
    jest.spyOn(dns, 'lookup').mockImplementation(lookUpLoopback);
    const named = vendor.url.replace('127.0.0.1', 'vendor.invalid');
    for (const noProxy of ['vendor.invalid', 'a, .invalid', '*']) {
      process.env.NO_PROXY = noProxy;
      await ask(vendor.url);
      await ask(named);
    }
    expect(vendor.requests).toHaveLength(7);
    expect(tunnels).toEqual([]);
  });

  it('tell of a proxy that refuses', async () => {
    proxyStatus = '407 Proxy Authentication Required';
    await expect(ask('http://vendor.invalid')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('The proxy answered 407'),
    });
  });
});
