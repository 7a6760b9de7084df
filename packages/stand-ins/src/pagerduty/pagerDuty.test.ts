import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  PAGERDUTY_STAND_IN_TOKENS,
  startPagerDutyStandIn,
  visionCrmPagerDutyWorld,
  type PagerDutyStandIn,
} from '.';
import { createStandInClock } from '../shared/clock';

const NOW = new Date('2026-10-24T12:00:00Z');

describe('the stand-in of PagerDuty', () => {
  let standIn: PagerDutyStandIn;

  beforeEach(async () => {
    const world = visionCrmPagerDutyWorld();
    world.schedules[0].firstDay = '2026-10-05';
    world.schedules.push({
      ...world.schedules[0],
      id: 'PSHIFT1',
      family: 'shifts',
    });
    standIn = await startPagerDutyStandIn({
      clock: createStandInClock({ now: NOW }),
      world,
    });
  });
  afterEach(() => standIn.close());

  async function ask(
    path: string,
    options: { token?: string; method?: string; body?: object } = {},
  ) {
    const response = await fetch(`${standIn.url}${path}`, {
      method: options.method,
      headers: {
        Authorization: `Token token=${
          options.token ?? PAGERDUTY_STAND_IN_TOKENS.token
        }`,
        'Content-Type': 'application/json',
      },
      body: options.body && JSON.stringify(options.body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text ? JSON.parse(text) : undefined,
    };
  }

  it('refuses unknown tokens, and tells its limits in seconds', async () => {
    await expect(ask('/oncalls', { token: 'no' })).resolves.toMatchObject({
      status: 401,
      body: { error: { code: 2006 } },
    });
    const { headers } = await ask('/oncalls');
    expect(headers.get('ratelimit-limit')).toBe('960');
    expect(Number(headers.get('ratelimit-reset'))).toBeLessThanOrEqual(60);
  });

  it('says who is on call, by default now, and hands over by the clocks of the zone', async () => {
    const { body } = await ask('/oncalls?include[]=users&time_zone=UTC');
    expect(body).toMatchObject({ limit: 25, offset: 0, more: false });
    expect(body.oncalls).toEqual([
      expect.objectContaining({
        escalation_level: 2,
        schedule: null,
        start: null,
        end: null,
        user: expect.objectContaining({ email: 'cto@visioncrm.example' }),
      }),
      expect.objectContaining({
        escalation_level: 1,
        start: '2026-10-19T08:00:00Z',
        // The clocks were set back on Sunday: a week of 169 hours.
        end: '2026-10-26T09:00:00Z',
      }),
    ]);
    const zoned = await ask('/oncalls?schedule_ids[]=PJOBS01');
    expect(zoned.body.oncalls[0]).toMatchObject({
      start: '2026-10-19T10:00:00+02:00',
      end: '2026-10-26T10:00:00+01:00',
    });
  });

  it('gives the coming turns in pages, and no more than 10000 rows', async () => {
    const query = 'since=2026-10-24T12:00:00Z&until=2026-11-20T12:00:00Z';
    const { body } = await ask(`/oncalls?${query}&limit=2&total=true`);
    expect(body).toMatchObject({ more: true, total: 6 });
    expect(body.oncalls).toHaveLength(2);
    await expect(ask('/oncalls?offset=9990&limit=100')).resolves.toMatchObject({
      status: 400,
      body: { error: { code: 2002 } },
    });
    await expect(
      ask(`/oncalls?until=2027-03-01T00:00:00Z`),
    ).resolves.toMatchObject({ status: 400 });
    const earliest = await ask(`/oncalls?${query}&earliest=true`);
    expect(earliest.body.oncalls).toHaveLength(4);
  });

  it('finds services by id and by integration key', async () => {
    const key = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
    const { body } = await ask(`/services?query=${key}&include[]=integrations`);
    expect(body.services).toEqual([
      expect.objectContaining({
        id: 'PSWORK1',
        integrations: [expect.objectContaining({ integration_key: key })],
      }),
    ]);
    await expect(ask('/services/PSWORK1')).resolves.toMatchObject({
      body: { service: { escalation_policy: { id: 'PPJOBS1' } } },
    });
    await expect(ask('/services/PNONE')).resolves.toMatchObject({
      status: 404,
    });
  });

  it('takes each override by itself, which then replaces whoever is on call', async () => {
    const path = '/schedules/PJOBS01/overrides';
    const user = { id: 'PENGB01', type: 'user_reference' };
    const overrides = [
      { start: '2026-10-24T14:00:00Z', end: '2026-10-24T16:00:00Z', user },
      { start: '2026-10-24T16:00:00Z', end: '2026-10-24T16:00:00Z', user },
    ];
    const { status, body } = await ask(path, {
      method: 'POST',
      body: { overrides },
    });
    expect(status).toBe(201);
    expect(body).toEqual([
      {
        status: 201,
        override: expect.objectContaining({ start: '2026-10-24T14:00:00Z' }),
      },
      {
        status: 400,
        errors: ['Override must end after its start'],
        override: overrides[1],
      },
    ]);
    const during = '2026-10-24T15:00:00Z';
    const onCall = await ask(
      `/oncalls?since=${during}&until=${during}&schedule_ids[]=PJOBS01`,
    );
    expect(onCall.body.oncalls).toEqual([
      expect.objectContaining({
        user: expect.objectContaining({ id: 'PENGB01' }),
      }),
    ]);
    const listed = `${path}?since=2026-10-24T00:00:00Z&until=2026-10-25T00:00:00Z`;
    await expect(ask(listed)).resolves.toMatchObject({
      status: 201,
      body: { overrides: [{ id: body[0].override.id }] },
    });
    const one = `${path}/${body[0].override.id}`;
    await expect(ask(one, { method: 'DELETE' })).resolves.toMatchObject({
      status: 204,
    });
    await expect(ask(one, { method: 'DELETE' })).resolves.toMatchObject({
      status: 404,
    });
    await expect(
      ask(path, {
        method: 'POST',
        body: { overrides },
        token: PAGERDUTY_STAND_IN_TOKENS.readOnly,
      }),
    ).resolves.toMatchObject({ status: 403 });
  });

  it('keeps the two families of schedules apart', async () => {
    await expect(ask('/v3/schedules/PJOBS01')).resolves.toMatchObject({
      status: 400,
    });
    await expect(ask('/v3/schedules/PSHIFT1')).resolves.toMatchObject({
      body: { schedule: { type: 'schedule_v3' } },
    });
    await expect(
      ask('/schedules/PSHIFT1/overrides', { method: 'POST', body: {} }),
    ).resolves.toMatchObject({ status: 404 });
  });

  it('signs its webhooks, and sends one again that was not taken', async () => {
    const received: { signature?: string; id?: string; body: string }[] = [];
    const receiver = createServer((incoming, outgoing) => {
      let body = '';
      incoming.on('data', chunk => (body += chunk));
      incoming.on('end', () => {
        received.push({
          signature: `${incoming.headers['x-pagerduty-signature']}`,
          id: `${incoming.headers['x-webhook-id']}`,
          body,
        });
        outgoing.statusCode = received.length === 1 ? 503 : 202;
        outgoing.end();
      });
    });
    await new Promise<void>(resolve => {
      receiver.listen(0, '127.0.0.1', resolve);
    });
    try {
      const { port } = receiver.address() as AddressInfo;
      await expect(
        standIn.control.sendWebhook({
          to: `http://127.0.0.1:${port}/`,
          secret: 'shh',
        }),
      ).resolves.toMatchObject({ status: 202 });
    } finally {
      receiver.close();
      receiver.closeAllConnections();
    }
    expect(received).toHaveLength(2);
    const [first, second] = received;
    expect(second).toEqual(first);
    expect(first.signature).toBe(
      `v1=${createHmac('sha256', 'shh').update(first.body).digest('hex')}`,
    );
    await expect(
      standIn.control.sendWebhook({ to: 'https://example.com', secret: 's' }),
    ).rejects.toThrow('this machine only');
  });
});
