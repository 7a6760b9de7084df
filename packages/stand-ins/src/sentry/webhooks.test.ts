import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { START, startForTest } from '../__testUtils__/client';
import type { SentryWebhook } from '..';

interface Received {
  headers: IncomingHttpHeaders;
  rawBody: string;
}

describe('webhooks of the stand-in of Sentry', () => {
  const received: Received[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const rawBody = Buffer.concat(chunks).toString('utf8');
      received.push({ headers: request.headers, rawBody });
      response.writeHead(202).end('taken');
    });
  });
  let to: string;
  let started: Awaited<ReturnType<typeof startForTest>>;

  beforeAll(async () => {
    await new Promise<void>(resolve => {
      receiver.listen(0, '127.0.0.1', resolve);
    });
    const { port } = receiver.address() as AddressInfo;
    to = `http://127.0.0.1:${port}/hook`;
    started = await startForTest();
  });
  beforeEach(() => {
    received.length = 0;
  });
  afterAll(async () => {
    await started.standIn.close();
    receiver.closeAllConnections();
    await new Promise(resolve => {
      receiver.close(resolve);
    });
  });

  const send = (webhook: Partial<SentryWebhook>) =>
    started.standIn.control.sendWebhook({
      to,
      secret: 'shared secret',
      resource: 'issue',
      project: 'visioncrm-api',
      ...webhook,
    });
  const sign = (rawBody: string) =>
    createHmac('sha256', 'shared secret').update(rawBody).digest('hex');

  it('are signed over the raw body and carry the vendor’s headers', async () => {
    expect(await send({})).toEqual({ status: 202, body: 'taken' });
    const [{ headers, rawBody }] = received;
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'sentry-hook-resource': 'issue',
      'sentry-hook-timestamp': String(START.getTime() / 1000),
      'sentry-hook-signature': sign(rawBody),
      'request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(JSON.parse(rawBody)).toMatchObject({
      action: 'created',
      actor: { type: 'application', id: 'sentry', name: 'Sentry' },
      data: {
        issue: {
          shortId: 'VISIONCRM-API-4KQ',
          permalink: null,
          project: { slug: 'visioncrm-api' },
          count: expect.any(String),
        },
      },
      installation: { uuid: expect.any(String) },
    });
  });

  it('can carry a signature that does not fit, or any body and header', async () => {
    await send({ badSignature: true });
    expect(received[0].headers['sentry-hook-signature']).toMatch(
      /^[0-9a-f]{64}$/,
    );
    expect(received[0].headers['sentry-hook-signature']).not.toBe(
      sign(received[0].rawBody),
    );
    await send({
      body: { naïve: 'é' },
      headers: { 'Sentry-Hook-Timestamp': '1' },
    });
    expect(received[1].rawBody).toBe('{"naïve":"é"}');
    expect(received[1].headers['sentry-hook-signature']).toBe(
      sign(received[1].rawBody),
    );
    expect(received[1].headers['sentry-hook-timestamp']).toBe('1');
  });

  it.each([
    [
      'event_alert',
      'triggered',
      {
        event: {
          issue_id: '5620014401',
          project: 4507100000000002,
          level: 'error',
        },
        triggered_rule: expect.any(String),
      },
    ],
    [
      'metric_alert',
      'critical',
      {
        metric_alert: {
          projects: ['visioncrm-api'],
          alert_rule: { time_window: 5 },
        },
        description_title: 'Critical: Error spike',
      },
    ],
    ['error', 'created', { error: { issue_id: '5620014401' } }],
    ['installation', 'created', { installation: { uuid: expect.any(String) } }],
  ])('tell of a %s as the vendor does', async (resource, action, data) => {
    const answer = await started.control('POST', 'webhooks', {
      to,
      secret: 'shared secret',
      resource,
      project: 'visioncrm-api',
    });
    expect(await answer.json()).toEqual({ status: 202, body: 'taken' });
    expect(received[0].headers['sentry-hook-resource']).toBe(resource);
    expect(JSON.parse(received[0].rawBody)).toMatchObject({ action, data });
  });

  it('never leave the machine', async () => {
    await expect(
      send({ to: 'http://portal.example/api/events' }),
    ).rejects.toThrow(/this machine only/);
    expect(received).toEqual([]);
  });
});
