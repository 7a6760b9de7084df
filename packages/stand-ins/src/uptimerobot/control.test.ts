import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { API, DATABASE, HOMEPAGE, startForTest } from './__testUtils__/client';

let started: Awaited<ReturnType<typeof startForTest>>;
beforeEach(async () => {
  started = await startForTest();
});
afterEach(() => started.standIn.close());

describe('control over HTTP', () => {
  const control = async (path: string, body: unknown) => {
    const response = await fetch(`${started.standIn.url}/__control/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };

  it('changes the scenario, and refuses what it does not know', async () => {
    const change = { monitor: ['Homepage', API], state: 'paused' };
    expect(await control('scenario', change)).toEqual({
      status: 200,
      body: { monitors: [HOMEPAGE, API] },
    });
    const maintenance = { monitors: [DATABASE], minutes: 5 };
    expect((await control('maintenance', maintenance)).status).toBe(200);
    const { body } = await started.v3('/monitors?status=PAUSED');
    expect(body.data).toHaveLength(3);
    const odd = { monitor: API, state: 'burning' };
    expect((await control('scenario', odd)).status).toBe(400);
    const unknown = { monitor: 'Nothing', state: 'up' };
    expect((await control('scenario', unknown)).body.error).toContain(
      'Nothing',
    );
  });

  it('sends webhooks with the secret in a header or in the body, names of durations left over while it is down', async () => {
    const received: { token: unknown; body: Record<string, string> }[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', chunk => {
        text += chunk;
      });
      request.on('end', () => {
        received.push({
          token: request.headers['x-watchkeeper-token'],
          body: JSON.parse(text),
        });
        response.writeHead(202).end('taken');
      });
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const secret = 'of-the-webhook';
    expect(
      await started.standIn.control.sendWebhook({ to, secret, monitor: API }),
    ).toEqual({ status: 202, body: 'taken' });
    started.standIn.control.changeScenario({ monitor: API, state: 'up' });
    await control('webhooks', { to, secret, monitor: API, inBody: true });
    server.closeAllConnections();
    server.close();

    expect(received).toEqual([
      {
        token: secret,
        body: expect.objectContaining({
          monitorID: String(API),
          alertType: '1',
          alertDuration: '*alertDuration*',
          alertFriendlyDuration: '*alertFriendlyDuration*',
        }),
      },
      {
        token: undefined,
        body: expect.objectContaining({
          token: secret,
          alertType: '2',
          alertDuration: '420',
          alertFriendlyDuration: '7 minutes and 0 seconds',
        }),
      },
    ]);
    await expect(
      started.standIn.control.sendWebhook({
        to: 'https://elsewhere.example/',
        secret,
        monitor: API,
      }),
    ).rejects.toThrow('this machine only');
  });
});
