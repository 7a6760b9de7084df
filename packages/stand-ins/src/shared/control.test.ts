import express from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startForTest } from '../__testUtils__/client';
import { createControlRouter } from './controlRouter';
import { createStandInParts } from './StandInServer';

type Started = Awaited<ReturnType<typeof startForTest>>;
const PROJECTS = '/api/0/organizations/visioncrm/projects/';
const ISSUES = '/api/0/organizations/visioncrm/issues/';

describe('the control of a stand-in', () => {
  let started: Started;
  beforeAll(async () => {
    started = await startForTest();
  });
  afterEach(() => {
    started.standIn.control.clearFaults();
    started.standIn.control.clearRequests();
  });
  afterAll(() => started.standIn.close());

  describe('faults', () => {
    it.each([
      [401, 'application/json', '{"detail":"Invalid token"}'],
      [
        403,
        'application/json',
        '{"detail":"You do not have permission to perform this action."}',
      ],
      [
        404,
        'application/json',
        '{"detail":"The requested resource does not exist"}',
      ],
      [
        429,
        'text/html; charset=utf-8',
        '{"detail":"You are attempting to use this endpoint too frequently. Limit is 40 requests in 1 seconds"}',
      ],
    ])(
      'answer a status %i with the body the vendor has for it',
      async (status, contentType, text) => {
        started.standIn.control.addFault({ fault: { kind: 'status', status } });
        const response = await started.fetchPath(PROJECTS);
        expect(response.status).toBe(status);
        expect(response.headers.get('content-type')).toContain(contentType);
        expect(await response.text()).toBe(text);
      },
    );

    it('answer a 500 with an error id, and a body and headers of one’s own', async () => {
      const { control } = started.standIn;
      control.addFault({ fault: { kind: 'status', status: 500 } });
      const plain = await started.fetchPath(PROJECTS);
      expect(await plain.json()).toEqual({
        detail: 'Internal Error',
        errorId: expect.stringMatching(/^[0-9a-f]{32}$/),
      });

      control.addFault({
        fault: {
          kind: 'status',
          status: 503,
          body: 'down for maintenance',
          headers: { 'Retry-After': '7' },
        },
      });
      const own = await started.fetchPath(PROJECTS);
      expect(own.status).toBe(503);
      expect(own.headers.get('retry-after')).toBe('7');
      expect(await own.text()).toBe('down for maintenance');
    });

    it('cut off or break the true answer', async () => {
      const { control } = started.standIn;
      const whole = await (await started.fetchPath(PROJECTS)).text();

      control.addFault({ fault: { kind: 'cut-off' } });
      const cut = await started.fetchPath(PROJECTS);
      expect(cut.status).toBe(200);
      await expect(cut.text()).rejects.toThrow();

      control.addFault({ fault: { kind: 'malformed' } });
      const broken = await (await started.fetchPath(PROJECTS)).text();
      expect(whole.startsWith(broken)).toBe(true);
      expect(() => JSON.parse(broken)).toThrow(SyntaxError);
    });

    it('send a page, a redirect or a reset instead of an answer', async () => {
      const { control } = started.standIn;
      control.addFault({ fault: { kind: 'html' } });
      const page = await started.fetchPath(PROJECTS);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(await page.text()).toContain('<html>');

      control.addFault({
        fault: { kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' },
      });
      const redirect = await started.fetchPath(PROJECTS);
      expect(redirect.status).toBe(302);
      expect(redirect.headers.get('location')).toBe(
        'http://127.0.0.1:9/elsewhere',
      );

      control.addFault({ fault: { kind: 'reset' } });
      await expect(started.fetchPath(PROJECTS)).rejects.toThrow();
    });

    it('hold an answer back, or never give it', async () => {
      const { control } = started.standIn;
      control.addFault({ fault: { kind: 'delay', delayMs: 60 } });
      const before = performance.now();
      const delayed = await started.fetchPath(PROJECTS);
      expect(performance.now() - before).toBeGreaterThanOrEqual(55);
      expect(await delayed.json()).toHaveLength(3);

      control.addFault({ fault: { kind: 'hang' } });
      await expect(
        fetch(`${started.standIn.url}${PROJECTS}`, {
          signal: AbortSignal.timeout(80),
        }),
      ).rejects.toThrow(/timeout/i);
    });

    it('hit only what they match, so many times, the newest rule first', async () => {
      const { control } = started.standIn;
      const statusOf = async (path: string) =>
        (await started.fetchPath(path)).status;
      control.addFault({
        match: { path: '/visioncrm/issues/', times: 2 },
        fault: { kind: 'status', status: 503 },
      });
      control.addFault({
        match: { path: /statsPeriod=\d+h/, method: 'get', times: 1 },
        fault: { kind: 'status', status: 502 },
      });
      control.addFault({
        match: { method: 'POST' },
        fault: { kind: 'status', status: 500 },
      });

      expect(await statusOf(PROJECTS)).toBe(200);
      expect(await statusOf(`${ISSUES}?statsPeriod=24h`)).toBe(502);
      expect(await statusOf(`${ISSUES}?statsPeriod=24h`)).toBe(503);
      expect(await statusOf(ISSUES)).toBe(503);
      expect(await statusOf(ISSUES)).toBe(200);
      expect(control.faults()).toHaveLength(1);
    });
  });

  describe('over HTTP', () => {
    it('sets, lists and clears faults', async () => {
      const added = await started.control('POST', 'faults', {
        match: { path: '/proj\\w+/', times: 1 },
        fault: { kind: 'status', status: 418 },
      });
      expect(added.status).toBe(201);
      expect((await started.fetchPath(PROJECTS)).status).toBe(418);
      expect((await started.fetchPath(PROJECTS)).status).toBe(200);

      await started.control('POST', 'faults', { fault: { kind: 'hang' } });
      const listed = await started.control('GET', 'faults');
      expect(await listed.json()).toEqual({
        faults: [{ fault: { kind: 'hang' } }],
      });
      expect((await started.control('DELETE', 'faults')).status).toBe(204);
      expect((await started.fetchPath(PROJECTS)).status).toBe(200);
    });

    it('moves the clock', async () => {
      const moved = await started.control('POST', 'clock', {
        advanceMs: 60_000,
      });
      expect(await moved.json()).toEqual({ now: '2026-11-22T13:42:00.000Z' });
      const set = await started.control('POST', 'clock', {
        now: '2026-11-22T13:41:00Z',
      });
      expect(await set.json()).toEqual({ now: '2026-11-22T13:41:00.000Z' });
    });

    it('shows what was asked, with counts, and forgets it on request', async () => {
      await started.fetchPath(`${ISSUES}?project=1&project=visioncrm-web`);
      await started.fetchPath(`${PROJECTS}?per_page=2`);
      await started.fetchPath(PROJECTS);

      const shown = await (await started.control('GET', 'requests')).json();
      expect(shown.requests[0]).toEqual({
        method: 'GET',
        path: ISSUES,
        query: { project: ['1', 'visioncrm-web'] },
        status: 403,
        at: '2026-11-22T13:41:00.000Z',
      });
      expect(shown.counts).toEqual({
        total: 3,
        byStatus: { 200: 2, 403: 1 },
        byPath: { [`GET ${ISSUES}`]: 1, [`GET ${PROJECTS}`]: 2 },
      });

      await started.control('DELETE', 'requests');
      expect(started.standIn.control.requestCounts().total).toBe(0);
    });

    it('says what is wrong with a request to it', async () => {
      const answers = await Promise.all([
        started.control('POST', 'faults', { fault: { kind: 'earthquake' } }),
        started.control('POST', 'clock', { now: 'yesterday' }),
        started.control('POST', 'scenario', {
          project: 'no-such',
          state: 'healthy',
        }),
        started.control('POST', 'scenario', {
          project: 'visioncrm-api',
          state: 'on fire',
        }),
        started.control('POST', 'scenario', { projects: 1, events: 0 }),
        started.control('GET', 'nothing'),
        fetch(`${started.standIn.url}/__control/faults`, {
          method: 'POST',
          body: '{"fault":{"kind":"hang"}}',
        }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([
        400, 400, 400, 400, 400, 404, 415,
      ]);
      expect(await answers[0].json()).toEqual({
        error: expect.stringContaining('cut-off'),
      });
      expect(started.standIn.control.faults()).toEqual([]);
    });
  });

  it('refuses a peer that is not on this machine', async () => {
    const parts = createStandInParts({
      vendorFailure: () => ({ body: undefined }),
    });
    const app = express();
    app.use((request, _response, next) => {
      Object.defineProperty(request.socket, 'remoteAddress', {
        value: '192.0.2.7',
      });
      next();
    });
    app.use(createControlRouter(parts));
    const server = createServer(app);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/requests`);
    expect(response.status).toBe(403);
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  it('closes although a request hangs, and says when a port is taken', async () => {
    const other = await startForTest();
    other.standIn.control.addFault({ fault: { kind: 'hang' } });
    const hanging = other.fetchPath(PROJECTS).catch(error => error);
    const port = Number(new URL(other.standIn.url).port);
    await expect(startForTest({ port })).rejects.toThrow(
      `Port ${port} is in use, so the stand-in of Sentry cannot start`,
    );
    await other.standIn.close();
    expect(await hanging).toMatchObject({ name: 'TypeError' });
  });
});
