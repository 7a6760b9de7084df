import { JsonObject } from '@backstage/types';
import { RequestListener } from 'node:http';
import { AddressInfo, createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { checkOf } from '../__testUtils__/checks';
import { startServer, stopServers } from '../__testUtils__/servers';
import { performCheck, PerformOptions } from './performCheck';

function perform(written: JsonObject, options: Partial<PerformOptions> = {}) {
  return performCheck(checkOf(written), {
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    signal: new AbortController().signal,
    ...options,
  });
}

function clockOf(...times: number[]): () => number {
  return () => times.shift() ?? 0;
}

/** Answers each path of a table. */
function paths(table: Record<string, RequestListener>): RequestListener {
  return (request, response) => table[request.url ?? ''](request, response);
}

function redirectTo(location: string, status = 302): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { Location: location }).end();
  };
}

function text(body: string, status = 200): RequestListener {
  return (_request, response) => {
    response.writeHead(status).end(body);
  };
}

describe('an HTTP check', () => {
  afterEach(stopServers);

  it('is good when everything is as expected, and tells how long it took', async () => {
    const seen: unknown[] = [];
    const { url } = await startServer((request, response) => {
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        const { method, headers, url: path } = request;
        seen.push({ method, path, key: headers['x-key'], body });
        response.writeHead(201, {
          'Content-Type': 'application/json',
          'Content-Encoding': 'gzip',
        });
        response.end(gzipSync('\n{"status":"ok","parts":[{"n":1},{"n":1}]}\n'));
      });
    });
    const answer = await perform(
      {
        url: `${url}/health?deep=1`,
        method: 'POST',
        headers: { 'X-Key': 'secret' },
        body: 'ping',
        expect: {
          status: [200, 201],
          headers: { 'content-type': 'application/json' },
          body: '{"status":"ok","parts":[{"n":1},{"n":1}]}',
          bodyContains: '"ok"',
          json: [
            { path: '$.status', equals: 'ok' },
            { path: '$.parts[*]', equals: { n: 1 } },
          ],
        },
      },
      { clock: clockOf(1000, 1042.4) },
    );
    expect(answer).toEqual({ verdict: 'good', responseMs: 42 });
    expect(seen).toEqual([
      { method: 'POST', path: '/health?deep=1', key: 'secret', body: 'ping' },
    ]);
  });

  it.each<[string, JsonObject, RequestListener, string]>([
    ['a status', {}, text('', 500), 'HTTP 500; expects 2xx'],
    [
      'a status of a list',
      { status: [200, '300-302'] },
      text('', 404),
      'HTTP 404; expects 200 or 300-302',
    ],
    [
      'a body',
      { body: '{"status":"ok"}' },
      text('{"status":"error"}'),
      'body is {"status":"error"}; expects {"status":"ok"}',
    ],
    ['no body', { body: 'ok' }, text(''), 'body is empty; expects ok'],
    [
      'a part of the body',
      { bodyContains: 'Sign in' },
      text('Oops'),
      'body does not contain Sign in',
    ],
    [
      'a value in JSON',
      { json: [{ path: '$.parts[*].up', equals: true }] },
      text('{"parts":[{"up":true},{"up":false}]}'),
      '$.parts[*].up is false; expects true',
    ],
    [
      'a value that is not in JSON',
      { json: [{ path: '$.status', equals: 'ok' }] },
      text('{}'),
      'body has nothing at $.status',
    ],
    [
      'what is no JSON',
      { json: [{ path: '$.status', equals: 'ok' }] },
      text('<h1>Down\nfor maintenance</h1>'),
      'body is not JSON: <h1>Down for maintenance</h1>',
    ],
    [
      'a header',
      { headers: { 'X-Version': '2' } },
      (_request, response) => {
        response.setHeader('X-Version', '1').end();
      },
      'header x-version is 1; expects 2',
    ],
    [
      'a body that ends too soon',
      { body: 'complete' },
      (_request, response) => {
        response.writeHead(200, { 'Content-Length': '8' });
        response.write('compl', () => response.destroy());
      },
      'the body ends before it is complete',
    ],
    [
      'no answer',
      {},
      request => {
        request.socket.destroy();
      },
      '127.0.0.1 ended the connection without an answer',
    ],
  ])(
    'fails over %s, and says why',
    async (_what, expected, listener, reason) => {
      const { url } = await startServer(listener);
      const answer = await perform({ url, expect: expected });
      expect(answer).toMatchObject({ verdict: 'failed', reason });
    },
  );

  it('counts a good answer that takes too long as slow', async () => {
    const { url } = await startServer(text('fine'));
    const slow = { url, expect: { responseMs: 800 } };
    expect(await perform(slow, { clock: clockOf(0, 801) })).toEqual({
      verdict: 'slow',
      reason: 'answered in 801 ms; expects at most 800 ms',
      responseMs: 801,
    });
    expect(await perform(slow, { clock: clockOf(0, 800) })).toEqual({
      verdict: 'good',
      responseMs: 800,
    });
  });

  it('says what stands in the way of an answer', async () => {
    const reasonOf = async (
      written: JsonObject,
      options?: Partial<PerformOptions>,
    ) => (await perform(written, options)).reason;
    const failing = (code: string) => ({
      resolve: () => Promise.reject(Object.assign(new Error(code), { code })),
    });
    const url = 'http://app.acme.example';
    expect(await reasonOf({ url }, failing('ENOTFOUND'))).toBe(
      'there is no host app.acme.example',
    );
    expect(await reasonOf({ url }, failing('EAI_AGAIN'))).toBe(
      'the name app.acme.example cannot be resolved at present',
    );
    const { port, url: gone } = await startServer(text(''));
    await stopServers();
    expect(port).toBeGreaterThan(0);
    expect(await reasonOf({ url: gone })).toBe(
      '127.0.0.1 refused the connection',
    );
    const notHttp = createServer(socket =>
      socket.resume().end('220 smtp ready\r\n'),
    );
    await new Promise<void>(resolve => {
      notHttp.listen(0, '127.0.0.1', resolve);
    });
    const { port: smtp } = notHttp.address() as AddressInfo;
    expect(await reasonOf({ url: `http://127.0.0.1:${smtp}` })).toBe(
      'the answer is not HTTP',
    );
    await new Promise(resolve => {
      notHttp.close(resolve);
    });
  });

  it.each<[string, RequestListener]>([
    ['an answer', () => {}],
    [
      'the rest of a body',
      (_request, response) => {
        response.write('never ends');
      },
    ],
    // Each redirect in time, all of them not.
    ['a redirect', redirectTo('/hang')],
  ])('waits for %s no longer than its timeout', async (_what, listener) => {
    const { url } = await startServer((request, response) => {
      if (request.url !== '/hang') listener(request, response);
    });
    expect(
      await perform({ url, timeout: '0.2s', expect: { body: 'x' } }),
    ).toMatchObject({
      verdict: 'failed',
      reason: 'no answer within 200 ms',
    });
    expect(
      await perform(
        { url: 'http://app.acme.example', timeout: '0.1s' },
        { resolve: () => new Promise(() => {}) },
      ),
    ).toMatchObject({ reason: 'no answer within 100 ms' });
  });

  it('ends without an answer when the process stops', async () => {
    const stopping = new AbortController();
    const { url } = await startServer(() => stopping.abort());
    await expect(
      perform({ url }, { signal: stopping.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('reads no more of a body than a megabyte', async () => {
    const { url } = await startServer((request, response) => {
      const start = request.url === '/early' ? 'here' : '';
      const body = `${start}${' '.repeat(3 * 1024 * 1024)}here`;
      response.setHeader('Content-Encoding', 'gzip');
      response.end(gzipSync(body));
    });
    const expected = { bodyContains: 'here' };
    expect(
      await perform({ url: `${url}/early`, expect: expected }),
    ).toMatchObject({ verdict: 'good' });
    expect(await perform({ url, expect: expected })).toMatchObject({
      reason: 'body does not contain here',
    });
    expect(
      await perform({ url, expect: { json: [{ path: '$', equals: 1 }] } }),
    ).toMatchObject({ reason: 'body is too large to be read as JSON' });
  });

  it('tells a little of a body, and never what was sent to get it', async () => {
    const { url } = await startServer((request, response) => {
      const { authorization, 'x-key': key } = request.headers;
      response.end(
        `\u202e${authorization} hunter2 ${key} ${'and so on '.repeat(50)}`,
      );
    });
    const basic = Buffer.from('me:hunter2').toString('base64');
    const { reason } = await perform({
      url,
      headers: { Authorization: `Basic ${basic}`, 'X-Key': 'kkkkkkkk' },
      expect: { body: 'fine' },
    });
    expect(reason).toMatch(
      /^body is \[redacted\] \[redacted\] \[redacted\] and so on .*…; expects fine$/,
    );
    expect(reason!.length).toBeLessThan(140);
  });
});

describe('the redirects of an HTTP check', () => {
  afterEach(stopServers);

  it('are followed five times, with the headers for their own origin alone', async () => {
    const seen: unknown[] = [];
    const other = await startServer((request, response) => {
      seen.push(['other', request.url, request.headers['x-key']]);
      response.end('fine');
    });
    const { url } = await startServer((request, response) => {
      seen.push(['first', request.url, request.headers['x-key']]);
      const step = Number(request.url?.slice(1));
      redirectTo(step < 4 ? `/${step + 1}` : `${other.url}/end`)(
        request,
        response,
      );
    });
    const check = { headers: { 'X-Key': 'secret' }, expect: { body: 'fine' } };
    expect(await perform({ ...check, url: `${url}/0` })).toMatchObject({
      verdict: 'good',
    });
    expect(seen).toEqual([
      ...[0, 1, 2, 3, 4].map(step => ['first', `/${step}`, 'secret']),
      ['other', '/end', undefined],
    ]);
    const loop = await startServer(redirectTo('/'));
    expect(await perform({ url: loop.url })).toMatchObject({
      reason: 'more than 5 redirects',
    });
    expect(
      await perform({
        url,
        followRedirects: false,
        expect: { status: 302 },
      }),
    ).toMatchObject({ verdict: 'good' });
  });

  it('ask with GET after a form was sent, and send no body elsewhere', async () => {
    const seen: unknown[] = [];
    const elsewhere = await startServer(text('fine'));
    const { url } = await startServer((request, response) => {
      seen.push([request.method, request.url]);
      paths({
        '/form': redirectTo('/done', 303),
        '/again': redirectTo('/done', 307),
        '/away': redirectTo(elsewhere.url, 307),
        '/nowhere': redirectTo('mailto:ops@acme.example'),
        '/done': text('fine'),
      })(request, response);
    });
    const post = { method: 'POST', body: 'secret' };
    expect(await perform({ ...post, url: `${url}/form` })).toMatchObject({
      verdict: 'good',
    });
    expect(await perform({ ...post, url: `${url}/again` })).toMatchObject({
      verdict: 'good',
    });
    expect(seen).toEqual([
      ['POST', '/form'],
      ['GET', '/done'],
      ['POST', '/again'],
      ['POST', '/done'],
    ]);
    expect(await perform({ ...post, url: `${url}/away` })).toMatchObject({
      verdict: 'failed',
      reason: expect.stringMatching(
        /^redirects to 127.0.0.1:\d+, where the body/,
      ),
    });
    expect(await perform({ url: `${url}/nowhere` })).toMatchObject({
      reason: 'redirects to what is no web address',
    });
  });
});
