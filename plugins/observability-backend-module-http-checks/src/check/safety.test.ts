import { LookupAddress } from 'node:dns';
import { checkOf } from '../__testUtils__/checks';
import {
  createCertificate,
  startServer,
  stopServers,
  TestCertificate,
} from '../__testUtils__/servers';
import { classifyAddress } from './addresses';
import { performCheck, PerformOptions } from './performCheck';
import { createResolve } from './resolve';

const signal = new AbortController().signal;
const LOCAL: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];
const PRIVATE: LookupAddress[] = [{ address: '10.0.0.1', family: 4 }];

function performOutside(
  url: string,
  options: Partial<PerformOptions> & Pick<PerformOptions, 'resolve'>,
) {
  return performCheck(checkOf({ url, allowPrivateNetworks: false }), {
    signal,
    ...options,
  });
}

/** Something on the inside that must not be asked. */
async function startInner() {
  const hits: string[] = [];
  const { port } = await startServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('inner secrets');
  });
  return { hits, port };
}

describe('where an HTTP check may go', () => {
  afterEach(stopServers);

  it.each<[string, LookupAddress[]]>([
    ['this machine', LOCAL],
    ['IPv4 in IPv6', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ['a private network', PRIVATE],
    ['where clouds keep metadata', [{ address: '169.254.1.2', family: 4 }]],
  ])('is not %s, whatever name leads there', async (_what, addresses) => {
    const { hits, port } = await startInner();
    const answer = await performOutside(`http://app.acme.example:${port}`, {
      resolve: async () => addresses,
    });
    expect(answer).toMatchObject({
      verdict: 'refused',
      reason: expect.stringMatching(/^app\.acme\.example is at a/),
    });
    expect(answer.reason).not.toContain(addresses[0].address);
    expect(hits).toEqual([]);
  });

  it('is not where clouds keep metadata even when private networks are allowed', async () => {
    expect(
      await performCheck(
        checkOf({ url: 'http://app.acme.example', allowPrivateNetworks: true }),
        {
          resolve: async () => [{ address: '169.254.169.254', family: 4 }],
          signal,
        },
      ),
    ).toMatchObject({
      verdict: 'refused',
      reason: 'app.acme.example is at an address that no check may reach',
    });
  });

  it('is the address that was looked at, though the name leads inside a moment later', async () => {
    const { url, port } = await startServer((request, response) => {
      if (request.url === '/') response.end('fine');
      else response.writeHead(302, { Location: '/' }).end();
    });
    expect(url).toContain('127.0.0.1');
    // Stands for a public address, at its first answer.
    const classify = (address: string) =>
      address === '127.0.0.1' ? 'public' : classifyAddress(address);
    const rebinding = () => {
      const answers = [LOCAL];
      return jest.fn(async () => answers.shift() ?? PRIVATE);
    };
    const once = rebinding();
    const host = `http://rebind.acme.example:${port}`;
    expect(
      await performOutside(`${host}/`, { resolve: once, classify }),
    ).toMatchObject({ verdict: 'good' });
    expect(once).toHaveBeenCalledTimes(1);
    // Each redirect is a connection of its own, and is looked at anew.
    const twice = rebinding();
    expect(
      await performOutside(`${host}/moved`, { resolve: twice, classify }),
    ).toMatchObject({
      verdict: 'failed',
      reason: expect.stringMatching(
        /^redirects to where rebind\.acme\.example is at a private address/,
      ),
    });
    expect(twice).toHaveBeenCalledTimes(2);
  });

  it('is looked at again when the connection is there', async () => {
    const { hits, port } = await startInner();
    const reaches = ['public', 'private'] as const;
    let looks = 0;
    const answer = await performOutside(`http://app.acme.example:${port}`, {
      resolve: async () => LOCAL,
      classify: () => reaches[looks++],
    });
    expect(answer.verdict).toBe('refused');
    expect(hits).toEqual([]);
  });

  it.each([
    ['a name', 'inside.acme.example'],
    ['an address', '127.0.0.1'],
    ['IPv4 in IPv6', '[::ffff:127.0.0.1]'],
    ['a decimal number', '2130706433'],
    ['an octal number', '0177.0.0.1'],
    ['the address that stands for this machine', '0.0.0.0'],
  ])('is not where a redirect leads by %s', async (_what, host) => {
    const { hits, port } = await startInner();
    let isOutside = true;
    const outer = await startServer((_request, response) => {
      isOutside = false;
      response.writeHead(302, { Location: `http://${host}:${port}/` }).end();
    });
    const answer = await performOutside(
      `http://outer.acme.example:${outer.port}`,
      {
        resolve: async () => LOCAL,
        classify: address => (isOutside ? 'public' : classifyAddress(address)),
      },
    );
    expect(answer).toMatchObject({
      verdict: 'failed',
      reason: expect.stringMatching(/^redirects to where .* is at a/),
    });
    expect(isOutside).toBe(false);
    expect(hits).toEqual([]);
  });

  it('is asked of a name server once for all checks of a host', async () => {
    let answerAll: (addresses: LookupAddress[]) => void = () => {};
    const resolveOnce = jest.fn(
      () =>
        new Promise<LookupAddress[]>(resolve => {
          answerAll = resolve;
        }),
    );
    const resolve = createResolve(resolveOnce);
    const both = [resolve('app.acme.example'), resolve('app.acme.example')];
    answerAll(LOCAL);
    expect(await Promise.all(both)).toEqual([LOCAL, LOCAL]);
    void resolve('app.acme.example');
    expect(resolveOnce).toHaveBeenCalledTimes(2);
  });
});

describe('the certificate', () => {
  afterEach(stopServers);

  const name = 'app.acme.example';
  const until = new Date('2999-12-31T00:00:00Z');
  const expired = new Date('2024-02-01T00:00:00Z');

  async function performTls(
    certificate: TestCertificate,
    options: { trusted?: string; status?: number } = {},
  ) {
    const { trusted = certificate.cert, status = 200 } = options;
    const seen: unknown[] = [];
    const { port } = await startServer((request, response) => {
      seen.push(request.headers['x-key']);
      response.writeHead(status).end();
    }, certificate);
    const { verdict, reason, certificateExpiresAt } = await performCheck(
      checkOf({
        url: `https://${name}:${port}`,
        headers: { 'X-Key': 'secret' },
      }),
      {
        resolve: async () => LOCAL,
        signal,
        certificateAuthorities: [trusted],
      },
    );
    return { verdict, reason, certificateExpiresAt, seen };
  }

  it('is told with every answer, also with one that failed', async () => {
    const certificate = await createCertificate({ name, until });
    expect(await performTls(certificate)).toEqual({
      verdict: 'good',
      reason: undefined,
      certificateExpiresAt: until,
      seen: ['secret'],
    });
    expect(await performTls(certificate, { status: 500 })).toEqual({
      verdict: 'failed',
      reason: 'HTTP 500; expects 2xx',
      certificateExpiresAt: until,
      seen: ['secret'],
    });
  });

  it('is a reason of its own when it cannot be trusted, and nothing is sent then', async () => {
    const failed = { verdict: 'failed', certificateExpiresAt: until, seen: [] };
    const old = await createCertificate({
      name,
      from: new Date('2024-01-01T00:00:00Z'),
      until: expired,
    });
    expect(await performTls(old)).toEqual({
      ...failed,
      reason: 'certificate expired on 2024-02-01',
      certificateExpiresAt: expired,
    });
    const other = await createCertificate({
      name: 'other.acme.example',
      until,
    });
    expect(await performTls(other)).toEqual({
      ...failed,
      reason: 'certificate is not for app.acme.example',
    });
    const unknown = await createCertificate({ name, until });
    expect(await performTls(unknown, { trusted: other.cert })).toEqual({
      ...failed,
      reason: 'certificate is self-signed',
    });
  });
});
