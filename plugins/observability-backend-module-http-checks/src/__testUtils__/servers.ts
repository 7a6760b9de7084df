import { createServer, RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

const running: Server[] = [];

/** A server on the loopback interface; `stopServers` ends it. */
export async function startServer(
  listener: RequestListener,
  certificate?: TestCertificate,
): Promise<{ url: string; port: number }> {
  const server = certificate
    ? createTlsServer(certificate, listener)
    : createServer(listener);
  running.push(server);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const scheme = certificate ? 'https' : 'http';
  return { url: `${scheme}://127.0.0.1:${port}`, port };
}

/** Ends them all, with what hangs on them. */
export async function stopServers(): Promise<void> {
  await Promise.all(
    running.splice(0).map(
      server =>
        new Promise(resolve => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    ),
  );
}

/** A certificate that signs itself, for a name. */
export interface TestCertificate {
  key: string;
  cert: string;
}

export async function createCertificate(options: {
  name: string;
  from?: Date;
  until: Date;
}): Promise<TestCertificate> {
  const { name, from, until } = options;
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: name }],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      notBeforeDate: from,
      notAfterDate: until,
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
      ],
    },
  );
  return { key, cert };
}
