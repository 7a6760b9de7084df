import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { z } from 'zod/v4';
import { isProviderError, type ProviderError } from '../ProviderError';
import { createRecordingLogger } from '../testUtils/collect';
import { createTestClock, type TestClock } from '../testUtils/clock';
import {
  startLoopbackServer,
  type LoopbackServer,
  type ReceivedRequest,
} from '../testUtils/loopbackServer';
import {
  createVendorClient,
  type VendorClientOptions,
} from './createVendorClient';
import { createRateLimiter } from './RateLimiter';
import { rateLimitFromHeaders } from './rateLimits';
import type { VendorRequest } from './VendorClient';

const TOKEN = 'sntrys_very+secret/token';
const LIST: VendorRequest<unknown> = {
  operation: 'list things',
  path: '/things/',
  schema: z.array(z.object({ count: z.number() })),
};

type Handler = (request: ReceivedRequest, response: ServerResponse) => void;

describe('createVendorClient', () => {
  let server: LoopbackServer;
  let handler: Handler;
  let clock: TestClock;
  let logged: ReturnType<typeof createRecordingLogger>;

  beforeEach(async () => {
    handler = answerWith(200, [{ count: 1 }]);
    clock = createTestClock();
    logged = createRecordingLogger();
    server = await startLoopbackServer((request, response) =>
      handler(request, response),
    );
  });

  afterEach(async () => {
    await server.close();
  });

  function createClient(options: Partial<VendorClientOptions> = {}) {
    const { now, sleep } = clock;
    return createVendorClient({
      provider: 'fake',
      instance: 'default',
      baseUrl: server.url,
      headers: () => ({ Authorization: `Bearer ${TOKEN}` }),
      limiter: createRateLimiter({ concurrency: 2, now, sleep }),
      logger: logged.logger,
      now,
      sleep,
      ...options,
    });
  }

  async function fail(
    request: Partial<VendorRequest<unknown>> = {},
    options: Partial<VendorClientOptions> = {},
  ): Promise<ProviderError> {
    const error = await createClient(options)
      .request({ ...LIST, ...request })
      .then(
        () => 'an answer',
        reason => reason,
      );
    if (!isProviderError(error)) throw error;
    return error;
  }

  describe('asks', () => {
    it('below the base URL, with the secret, and answers with what the schema made of it', async () => {
      handler = answerWith(201, { at: '2026-09-01' }, { 'X-Hits': '7' });
      const metrics = metricsServiceMock.mock();
      const add = jest.fn();
      const record = jest.fn();
      metrics.createCounter.mockReturnValue({ add });
      metrics.createHistogram.mockReturnValue({ record });
      const client = createClient({
        baseUrl: `${server.url}/sub/path/`,
        metrics,
      });

      const response = await client.request({
        operation: 'make thing',
        method: 'POST',
        path: 'api/0/things/?cursor=0:100:0',
        query: { project: [1, 'b c'], all: true, none: undefined },
        headers: { 'If-Match': 'x' },
        body: { name: 'é' },
        schema: z.object({ at: z.string().transform(at => new Date(at)) }),
      });

      expect(response.body).toEqual({ at: new Date('2026-09-01') });
      expect(response.status).toBe(201);
      expect(response.headers.get('x-hits')).toBe('7');
      expect(server.requests).toEqual([
        {
          method: 'POST',
          path: '/sub/path/api/0/things/?cursor=0%3A100%3A0&project=1&project=b+c&all=true',
          headers: expect.objectContaining({
            authorization: `Bearer ${TOKEN}`,
            'if-match': 'x',
            accept: 'application/json',
            'content-type': 'application/json',
          }),
          body: '{"name":"é"}',
        },
      ]);
      const attributes = {
        provider: 'fake',
        instance: 'default',
        operation: 'make thing',
        outcome: 'ok',
      };
      expect(metrics.createCounter).toHaveBeenCalledWith(
        'observability.provider.requests',
        expect.anything(),
      );
      expect(add.mock.calls).toEqual([[1, attributes]]);
      expect(record.mock.calls).toEqual([[expect.any(Number), attributes]]);
      expect(logged.lines).toEqual([
        expect.stringMatching(
          /^fake\/default make thing: POST http:\/\/127\.0\.0\.1:\d+\/sub\/path\/api\/0\/things\/ ok in \d+ ms/,
        ),
      ]);
    });

    it('for a text as it is', async () => {
      handler = answerWith(200, 'up 1\n', { 'Content-Type': 'text/plain' });
      const { body } = await createClient().request({
        operation: 'read metrics',
        path: '/metrics',
        responseType: 'text',
        schema: z.string(),
      });
      expect(body).toBe('up 1\n');
    });

    it('nowhere but at the base URL', async () => {
      for (const path of [
        'https://elsewhere.example.com/things/',
        `${server.url.replace('127.0.0.1', '127.0.0.2')}/things/`,
        `${server.url.replace('//', '//me:too@')}/things/`,
        '/things/../secrets/',
        '/things/%2E%2e/secrets/',
        '/things/./',
        'things\\..\\secrets',
        'http://[',
      ]) {
        await expect(fail({ path })).resolves.toMatchObject({
          code: 'misconfigured',
          message: expect.stringContaining('was not asked for "list things"'),
        });
      }
      expect(server.requests).toEqual([]);

      await createClient().request({
        ...LIST,
        path: `${server.url}/next?a=/../b`,
      });
      await createClient().request({ ...LIST, path: '//evil.example.com/x' });
      await createClient().request({ ...LIST, path: '@evil.example.com/x' });
      expect(server.requests.map(({ path }) => path)).toEqual([
        '/next?a=/../b',
        '/evil.example.com/x',
        '/@evil.example.com/x',
      ]);
      expect(() => createClient({ baseUrl: 'sentry.io' })).toThrow(
        'baseUrl is not a URL',
      );
    });
  });

  describe('tells what a status means', () => {
    it.each([
      [400, 'misconfigured', 1],
      [401, 'unauthorized', 1],
      [402, 'forbidden', 1],
      [403, 'forbidden', 1],
      [404, 'not-found', 1],
      [408, 'timeout', 3],
      [410, 'not-found', 1],
      [418, 'misconfigured', 1],
      [429, 'rate-limited', 3],
      [500, 'unavailable', 3],
      [501, 'unavailable', 1],
      [503, 'unavailable', 3],
      [304, 'malformed', 1],
    ])('%i is %s, after %i attempts', async (status, code, attempts) => {
      handler = answerWith(status, { detail: 'It is said.' });
      const error = await fail();
      expect(error).toMatchObject({ code, statusCode: status });
      const said = status === 304 ? '. ' : ': "It is said". ';
      expect(error.message).toContain(
        `${
          new URL(server.url).host
        } answered ${status} to "list things"${said}`,
      );
      expect(server.requests).toHaveLength(attempts);
    });

    it('with one sentence of the vendor, whatever form it has', async () => {
      const sentenceOf = async (body: unknown, contentType?: string) => {
        handler = answerWith(403, body, {
          'Content-Type': contentType ?? 'application/json',
        });
        return /"list things"(?:: "(.*)")?\./.exec((await fail()).message)?.[1];
      };
      await expect(sentenceOf({ message: ['a', 'b'] })).resolves.toBe('a; b');
      await expect(sentenceOf('"bare"')).resolves.toBe('bare');
      await expect(
        sentenceOf({ error: { message: 'deep' } }, 'text/html'),
      ).resolves.toBe('deep');
      await expect(
        sentenceOf({ detail: { code: 'sso-required', message: 'sso' } }),
      ).resolves.toBe('sso');
      await expect(
        sentenceOf({ detail: 'a\n\u0007 \u202eb'.padEnd(500, 'x') }),
      ).resolves.toMatch(/^a bx{150,198}…$/);
      await expect(sentenceOf('<html>no</html>')).resolves.toBeUndefined();
      await expect(sentenceOf({ other: 1 })).resolves.toBeUndefined();
      handler = answerWith(403, { detail: 'a', reason: 'b' });
      await expect(
        fail(
          {},
          { errorMessage: (status, text) => `${status} ${text.length}` },
        ),
      ).resolves.toMatchObject({
        message: expect.stringContaining('"403 27"'),
      });
    });
  });

  describe('sends again', () => {
    it('what changes nothing, after growing waits, until it succeeds', async () => {
      let left = 2;
      handler = (request, response) => {
        left -= 1;
        return left < 0
          ? answerWith(200, [])(request, response)
          : answerWith(502, {})(request, response);
      };
      jest.spyOn(Math, 'random').mockReturnValue(0.5);
      await createClient().request(LIST);
      jest.restoreAllMocks();
      expect(server.requests).toHaveLength(3);
      expect(clock.waits).toEqual([250, 500]);
    });

    it('no change, unless it is marked as safe or was refused by a limit', async () => {
      handler = answerWith(500, {});
      await fail({ method: 'POST' });
      expect(server.requests).toHaveLength(1);
      await fail({ method: 'POST', idempotent: true });
      expect(server.requests).toHaveLength(4);
      await fail({ idempotent: false });
      expect(server.requests).toHaveLength(5);
      handler = answerWith(429, {});
      await fail({ method: 'POST' });
      expect(server.requests).toHaveLength(8);
    });
  });

  describe('heeds limits', () => {
    const epoch = (offsetSeconds: number) =>
      String(clock.now().getTime() / 1000 + offsetSeconds);
    const date = () => ({ Date: clock.now().toUTCString() });

    it.each([
      ['Retry-After in seconds', () => ({ 'Retry-After': '60' })],
      [
        'Retry-After as a date',
        () => ({
          'Retry-After': new Date(clock.now().getTime() + 60_000).toUTCString(),
        }),
      ],
      ['an instant', () => ({ 'X-Reset': epoch(60) })],
      [
        'an instant by a clock that is an hour ahead',
        () => ({
          'X-Reset': epoch(3660),
          Date: new Date(clock.now().getTime() + 3_600_000).toUTCString(),
        }),
      ],
    ])('of a 429 that says when with %s', async (_name, headers) => {
      const limiter = createRateLimiter({ concurrency: 2, ...clock });
      const options: Partial<VendorClientOptions> = {
        limiter,
        rateLimit: rateLimitFromHeaders({
          remaining: 'X-Remaining',
          reset: 'X-Reset',
          resetIs: 'epoch-seconds',
        }),
      };
      // As one vendor does it: JSON that calls itself a page.
      handler = answerWith(
        429,
        { detail: 'Too often' },
        {
          'Content-Type': 'text/html',
          ...date(),
          ...headers(),
        },
      );
      const retryAt = new Date(clock.now().getTime() + 60_000);

      const refused = await fail({}, options);
      expect(refused).toMatchObject({
        code: 'rate-limited',
        statusCode: 429,
        retryAt,
        message: expect.stringMatching(/"Too often".*2026-09-01T12:01:00/),
      });
      expect(clock.waits).toEqual([]);

      // Nobody who shares the limiter asks meanwhile.
      const spared = await fail({}, options);
      expect(spared).toMatchObject({ code: 'rate-limited', retryAt });
      expect(spared.statusCode).toBeUndefined();
      expect(server.requests).toHaveLength(1);

      clock.advance(60_000);
      handler = answerWith(200, []);
      await createClient(options).request(LIST);
      expect(server.requests).toHaveLength(2);
    });

    it('of seconds that are left, before the first 429', async () => {
      handler = answerWith(200, [], {
        'X-Remaining': '0',
        'X-Reset': '4',
      });
      const client = createClient({
        rateLimit: rateLimitFromHeaders({
          remaining: 'x-remaining',
          reset: 'x-reset',
          resetIs: 'seconds-left',
        }),
      });
      await client.request(LIST);
      expect(clock.waits).toEqual([]);
      await client.request(LIST);
      expect(clock.waits).toEqual([4000]);
    });

    it('of a 429 that comes back soon, by waiting for it', async () => {
      let refuse = true;
      handler = (request, response) => {
        const answer = refuse
          ? answerWith(429, {}, { 'Retry-After': '3' })
          : answerWith(200, []);
        refuse = false;
        return answer(request, response);
      };
      const before = clock.now().getTime();
      await createClient().request(LIST);
      expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(3000);
      expect(clock.now().getTime() - before).toBeLessThan(3500);
    });

    it('of a 429 that says nothing, for a second', async () => {
      handler = answerWith(429, {});
      const before = clock.now().getTime();
      const error = await fail({}, { retries: 1 });
      expect(error.retryAt).toBeUndefined();
      expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(1000);
    });
  });

  describe('copes with connections', () => {
    const cutOff: Handler = (_request, response) => {
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': '100',
      });
      response.write('[{"count"', () => response.socket?.destroy());
    };

    it('that are cut off, reset or refused', async () => {
      handler = cutOff;
      await expect(fail()).resolves.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('was cut off'),
      });
      expect(server.requests).toHaveLength(3);

      handler = (_request, response) => response.socket?.resetAndDestroy();
      await expect(fail()).resolves.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('cannot be reached'),
      });
      expect(server.requests).toHaveLength(6);

      await server.close();
      await expect(fail()).resolves.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('ECONNREFUSED'),
      });
    });

    it('that answer too late, whole or in part', async () => {
      handler = () => {};
      const options = { timeoutMs: 40, retries: 1 };
      await expect(fail({}, options)).resolves.toMatchObject({
        code: 'timeout',
        message: expect.stringContaining(
          'gave no whole answer to "list things" within 0.04 s',
        ),
      });
      expect(server.requests).toHaveLength(2);

      handler = (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.write('[');
      };
      await expect(fail({}, options)).resolves.toMatchObject({
        code: 'timeout',
      });
    });

    it('that never end, compressed or not', async () => {
      const options = { maximumResponseBytes: 1000 };
      handler = (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        const write = () => {
          while (!response.destroyed && response.write(' '.repeat(500)));
        };
        response.on('drain', write);
        write();
      };
      await expect(fail({}, options)).resolves.toMatchObject({
        code: 'malformed',
        message: expect.stringContaining('more than 1000 bytes'),
      });

      handler = (_request, response) => {
        response.writeHead(200, {
          'Content-Type': 'application/json',
          'Content-Encoding': 'gzip',
        });
        response.end(gzipSync(Buffer.alloc(100_000, ' ')));
      };
      await expect(fail({}, options)).resolves.toMatchObject({
        code: 'malformed',
      });
      expect(server.requests).toHaveLength(2);
    });
  });

  describe('refuses as malformed, without quoting it,', () => {
    it.each<[string, Handler, RegExp]>([
      [
        'a page',
        answerWith(200, '<html>hidden</html>', { 'Content-Type': 'text/html' }),
        /an HTML page instead of data; check baseUrl/,
      ],
      [
        'another type',
        answerWith(200, '[]', { 'Content-Type': 'text/csv; charset=utf-8' }),
        /text\/csv instead of JSON/,
      ],
      ['broken JSON', answerWith(200, '[{"hidden":'), /not valid JSON/],
      ['nothing', answerWith(200, ''), /nothing where data was expected/],
      [
        'another shape',
        answerWith(200, [{ count: 1 }, { count: 'hidden' }]),
        /something else than expected at 1\.count \(.*expected number/,
      ],
    ])('%s', async (_name, answer, message) => {
      handler = answer;
      const error = await fail();
      expect(error.code).toBe('malformed');
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain('hidden');
      expect(server.requests).toHaveLength(1);
    });

    it('what a schema stumbles over', async () => {
      const schema = z.unknown().transform(() => {
        throw new Error('hidden');
      });
      const error = await fail({ schema });
      expect(error.code).toBe('malformed');
      expect(error.message).not.toContain('hidden');
    });
  });

  describe('follows redirects', () => {
    const redirect =
      (status: number, location: string | undefined): Handler =>
      (request, response) => {
        if (request.path !== '/things/') {
          answerWith(200, [])(request, response);
          return;
        }
        response.writeHead(status, location ? { Location: location } : {});
        response.end();
      };

    it('of a GET, within the base URL', async () => {
      for (const status of [301, 302, 303, 307, 308]) {
        handler = redirect(status, '/moved/?a=1');
        await createClient().request(LIST);
        expect(server.requests.at(-1)).toMatchObject({
          method: 'GET',
          path: '/moved/?a=1',
          headers: expect.objectContaining({
            authorization: `Bearer ${TOKEN}`,
          }),
        });
      }
    });

    it('to no other place, whose name it tells', async () => {
      const elsewhere = await startLoopbackServer((request, response) =>
        answerWith(200, [])(request, response),
      );
      handler = redirect(301, `${elsewhere.url}/eu/things/?token=${TOKEN}`);
      const error = await fail();
      expect(error).toMatchObject({ code: 'misconfigured', statusCode: 301 });
      expect(error.message).toContain(
        `set baseUrl to ${elsewhere.url}/eu if that is right`,
      );
      expect(error.message).not.toContain(TOKEN);
      expect(elsewhere.requests).toEqual([]);
      await elsewhere.close();
    });

    it.each<[string, Handler, string, RegExp, string]>([
      [
        'to a sign-in page',
        redirect(302, '/auth/login/acme/'),
        'unauthorized',
        /to the sign-in page of 127\.0\.0\.1:\d+: check the token/,
        'GET',
      ],
      [
        'to the sign-in page of a proxy',
        redirect(302, 'https://acme.cloudflareaccess.example/cdn/login'),
        'unauthorized',
        /to the sign-in page of acme\.cloudflareaccess\.example/,
        'GET',
      ],
      [
        'of anything but a GET',
        redirect(307, '/moved/'),
        'misconfigured',
        /a POST does not follow one/,
        'POST',
      ],
      [
        'for ever',
        redirect(302, '/things/'),
        'misconfigured',
        /after 3 others/,
        'GET',
      ],
      ['to nowhere', redirect(302, undefined), 'malformed', /nowhere/, 'GET'],
    ])('never %s', async (_name, answer, code, message, method) => {
      handler = answer;
      const error = await fail({ method: method as 'GET' });
      expect(error.code).toBe(code);
      expect(error.message).toMatch(message);
    });
  });

  describe('ends at once when its caller does,', () => {
    const reason = new Error('the cycle is over');

    it('while it is asked, with the reason of the caller', async () => {
      const controller = new AbortController();
      handler = () => controller.abort(reason);
      await expect(
        createClient().request({ ...LIST, signal: controller.signal }),
      ).rejects.toBe(reason);
      expect(server.requests).toHaveLength(1);
      expect(logged.lines).toEqual([expect.stringContaining('aborted in')]);
    });

    it('before it is asked', async () => {
      await expect(
        createClient().request({ ...LIST, signal: AbortSignal.abort(reason) }),
      ).rejects.toBe(reason);
      expect(server.requests).toEqual([]);
    });

    it('while it waits to ask again', async () => {
      const controller = new AbortController();
      handler = answerWith(500, {});
      await expect(
        createClient({
          sleep: async (_millis, signal) => {
            controller.abort(reason);
            signal?.throwIfAborted();
          },
        }).request({ ...LIST, signal: controller.signal }),
      ).rejects.toBe(reason);
      expect(server.requests).toHaveLength(1);
    });

    it('while others are before it', async () => {
      const controller = new AbortController();
      handler = () => {};
      const client = createClient({
        limiter: createRateLimiter({ concurrency: 1 }),
        timeoutMs: 200,
        retries: 0,
      });
      const first = client.request(LIST).catch(error => error);
      const second = client
        .request({ ...LIST, signal: controller.signal })
        .catch(error => error);
      controller.abort(reason);
      await expect(second).resolves.toBe(reason);
      await expect(first).resolves.toMatchObject({ code: 'timeout' });
      expect(server.requests).toHaveLength(1);
    });
  });

  it('tells no secret, however a vendor repeats it', async () => {
    const other = 'client&secret';
    const forms = [TOKEN, other].flatMap(secret => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
    ]);
    for (const form of forms) {
      for (const detail of [form, `${'x'.repeat(190)} ${form}`]) {
        handler = answerWith(403, { detail });
        const error = await fail({ path: `/${form}/` }, { redact: [other] });
        expect(error.message).not.toContain(form.slice(0, 9));
        expect(error.cause).toBeUndefined();
      }
    }
    expect(logged.lines).toHaveLength(forms.length * 2);
    const text = logged.lines.join('\n');
    for (const form of forms) expect(text).not.toContain(form);

    // The library's own error would quote it.
    const error = await fail(
      {},
      { headers: () => ({ Authorization: 'Bearer two\nlines' }) },
    );
    expect(error).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('a line break'),
    });
    expect(`${error.stack}`).not.toContain('two\nlines');
  });
});

function answerWith(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Handler {
  return (_request, response) => {
    response.writeHead(status, {
      'Content-Type': 'application/json',
      ...headers,
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
