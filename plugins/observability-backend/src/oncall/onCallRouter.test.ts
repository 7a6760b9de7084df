import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  Schedule,
  scheduleDetailsSchema,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';
import request from 'supertest';
import { fakeClock } from '../__testUtils__/fakeClock';
import { startPlugin, TestPolicy } from '../__testUtils__/startPlugin';
import { testEntity } from '../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const root = '/api/observability/v1/on-call';
const schedules = `${root}/schedules`;
const crm = `${schedules}/crm`;

const HOUR_MS = 3_600_000;
/** A Wednesday. */
const NOW = Date.parse('2026-11-25T12:00:00Z');

beforeEach(() => fakeClock(NOW));
afterEach(() => jest.useRealTimers());

/** Hours after the beginning of the test. */
const setClock = (hours: number) => jest.setSystemTime(NOW + hours * HOUR_MS);
const inHours = (hours: number) =>
  new Date(NOW + hours * HOUR_MS).toISOString();

function schedule(
  members: (string | null)[] = [ann, bob],
  overrides: Partial<Schedule> = {},
): Schedule {
  return {
    name: 'crm',
    title: 'CRM production',
    owner: 'group:default/crm',
    timeZone: 'Europe/Paris',
    levels: [
      {
        name: 'primary',
        layers: [
          {
            members,
            rotation: { unit: 'week', length: 1, start: '2020-01-06T09:00' },
          },
        ],
      },
    ],
    ...overrides,
  };
}

function user(name: string, annotations = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, annotations },
    spec: {
      profile: { displayName: name.toUpperCase(), email: `${name}@x.example` },
    },
  };
}

function group(name: string, parent?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    relations: parent ? [{ type: 'childOf', targetRef: parent }] : [],
  };
}

const service = (name: string, owner: string, annotation?: string) =>
  testEntity(`component:default/${name}`, {
    relations: [['ownedBy', owner]],
    ...(annotation
      ? { annotations: { 'watchkeeper.io/on-call': annotation } }
      : {}),
  });

async function start(
  options: { policy?: TestPolicy; config?: object; entities?: Entity[] } = {},
) {
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockResolvedValue({
    success: jest.fn(),
    fail: jest.fn(),
  });
  const started = await startPlugin({
    entities: [
      user('ann', { 'watchkeeper.io/time-zone': 'Asia/Kathmandu' }),
      user('bob'),
      group('crm', 'group:default/sales'),
      group('sales'),
      ...(options.entities ?? []),
    ],
    policy: options.policy,
    config: options.config,
    features: [auditor.factory],
  });
  const as = (sent: request.Test, caller = ann) =>
    sent.set('authorization', mockCredentials.user.header(caller));
  return {
    ...started,
    auditor,
    get: (path: string, caller?: string) =>
      as(request(started.server).get(path), caller),
    post: (path: string, body: object = {}, caller?: string) =>
      as(request(started.server).post(path), caller).send(body),
    put: (path: string, body: object, caller?: string) =>
      as(request(started.server).put(path), caller).send(body),
    remove: (path: string, caller?: string) =>
      as(request(started.server).delete(path), caller),
  };
}

const own = { denied: ['observability.oncall.manage'] };

describe('on-call schedules', () => {
  it('are created, answer at once, and name people as the catalog does', async () => {
    const { get, post, auditor } = await start();
    const created = await post(schedules, schedule()).expect(201);
    expect(scheduleDetailsSchema.parse(created.body)).toMatchObject({
      schedule: schedule(),
      version: 1,
      readOnly: false,
      origin: { type: 'api' },
      warnings: [],
      people: [
        { entityRef: ann, displayName: 'ANN', timeZone: 'Asia/Kathmandu' },
        { entityRef: bob, displayName: 'BOB' },
      ],
    });
    const { body } = await get(`${crm}/now`).expect(200);
    expect(body.items).toHaveLength(1);
    const [now] = body.items;
    expect(now).toMatchObject({
      schedule: 'crm',
      title: 'CRM production',
      level: 'primary',
      source: { provider: 'watchkeeper' },
    });
    const names = [now.people[0].displayName, now.next.people[0].displayName];
    expect(names.sort()).toEqual(['ANN', 'BOB']);
    expect((await get(root)).body.items).toEqual(body.items);
    expect((await get(schedules)).body).toMatchObject({
      items: [{ name: 'crm', levels: ['primary'], readOnly: false }],
      problems: [],
    });
    expect(auditor.createEvent.mock.calls[0][0]).toMatchObject({
      eventId: 'on-call-schedule-create',
      meta: { schedule: 'crm' },
    });
  });

  it('hand over at the same time on the wall through a change of the clocks', async () => {
    const { get, post } = await start();
    await post(schedules, schedule()).expect(201);
    const { body } = await get(
      `${crm}/shifts?from=2027-03-20T00:00:00Z&to=2027-04-06T00:00:00Z`,
    ).expect(200);
    expect(body.shifts.map((shift: Shift) => shift.start)).toEqual([
      '2027-03-15T08:00:00.000Z',
      '2027-03-22T08:00:00.000Z',
      '2027-03-29T07:00:00.000Z',
      '2027-04-05T07:00:00.000Z',
    ]);
    const { body: none } = await get(
      `${crm}/shifts?from=2027-03-20T00:00:00Z&to=2027-03-27T00:00:00Z&level=backup`,
    );
    expect(none).toMatchObject({ shifts: [], gaps: [] });
  });

  it('refuse an edit that began with an older version, and take one from the next handoff on', async () => {
    const { get, post, put } = await start();
    await post(schedules, schedule()).expect(201);
    const [now] = (await get(`${crm}/now`)).body.items;
    const edit = { schedule: schedule([bob]), version: 1 };
    const { body } = await put(crm, edit).expect(200);
    expect(body).toMatchObject({
      schedule: schedule(),
      version: 2,
      upcoming: { definition: schedule([bob]), effectiveFrom: now.until },
    });
    await put(crm, edit).expect(409);
    const past = await put(crm, {
      ...edit,
      version: 2,
      effectiveFrom: inHours(-1),
    }).expect(400);
    expect(past.body.error.message).toContain(
      '"effectiveFrom": is in the past',
    );
    await put(crm, {
      schedule: schedule([bob], { name: 'x' }),
      version: 2,
    }).expect(400);
    await put(crm, {
      ...edit,
      version: 2,
      effectiveFrom: inHours(1),
    }).expect(200);
    expect((await get(`${crm}/now`)).body.items[0].people[0].entityRef).toBe(
      now.people[0].entityRef,
    );
  });

  it('never use a name twice, and keep their past when they end', async () => {
    const { get, post, remove } = await start();
    await post(schedules, schedule()).expect(201);
    await post(schedules, schedule()).expect(409);
    const from = inHours(-1);
    setClock(2);
    await remove(crm).expect(204);
    await get(crm).expect(404);
    await remove(crm).expect(404);
    await post(schedules, schedule()).expect(409);
    const { body } = await get(
      `${crm}/shifts?from=${from}&to=${inHours(24)}`,
    ).expect(200);
    expect(body.shifts).toEqual([
      expect.objectContaining({ start: inHours(0), end: inHours(2) }),
    ]);
    expect((await get(root)).body.items).toEqual([]);
  });

  it('show what an edit would change, and people whom nobody knows, before it is saved', async () => {
    const { get, post } = await start();
    await post(schedules, schedule()).expect(201);
    const { body } = await post(`${schedules}/preview`, {
      schedule: schedule([ann, 'user:default/gone']),
      from: inHours(0),
      to: inHours(24 * 28),
    }).expect(200);
    expect(body.difference.count).toBeGreaterThan(0);
    expect(body.warnings).toContainEqual(
      expect.objectContaining({
        code: 'unknown-person',
        person: 'user:default/gone',
      }),
    );
    expect((await get(crm)).body.version).toBe(1);
  });

  it('say what is wrong with a request', async () => {
    const { get, post } = await start();
    await post(schedules, schedule()).expect(201);
    const messageOf = async (sent: request.Test, status: number) => {
      const answer = await sent;
      expect(answer.status).toBe(status);
      return answer.body.error.message;
    };
    await expect(
      messageOf(post(schedules, { ...schedule(), timeZone: 'Mars' }), 400),
    ).resolves.toContain('"timeZone": must be a time zone');
    await expect(
      messageOf(get(`${crm}/shifts?from=${inHours(1)}&to=${inHours(0)}`), 400),
    ).resolves.toContain('"to": must be later');
    await expect(
      messageOf(
        get(`${crm}/shifts?from=${inHours(0)}&to=${inHours(24 * 401)}`),
        400,
      ),
    ).resolves.toContain('400 days');
    await expect(
      messageOf(get(`${root}?at=1800-01-01T00:00:00Z`), 400),
    ).resolves.toContain('"at"');
    await expect(
      messageOf(get(`${root}?entityRef=::`), 400),
    ).resolves.toContain('"entityRef"');
    await expect(
      messageOf(get(`${root}?entityRef=component:default/none`), 404),
    ).resolves.toContain('component:default/none');
    await expect(
      messageOf(get(`${schedules}/none/now`), 404),
    ).resolves.toContain('"none"');
  });

  it('are edited where they are kept', async () => {
    const { get, put, remove, post, run } = await start({
      config: { observability: { onCall: { schedules: [schedule()] } } },
    });
    await run('read-schedules');
    const { body } = await get(crm).expect(200);
    expect(body).toMatchObject({
      readOnly: true,
      origin: { type: 'config', location: 'observability.onCall.schedules' },
    });
    for (const refused of [
      await put(crm, { schedule: schedule([ann]), version: body.version }),
      await remove(crm),
    ]) {
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toContain(
        'is kept in observability.onCall.schedules',
      );
    }
    await post(schedules, schedule()).expect(409);
  });

  it('are read by those who may, and written by those who may manage', async () => {
    const { get } = await start({
      policy: { denied: ['observability.oncall.read'] },
    });
    await get(root).expect(403);
    const { post } = await start({ policy: own });
    const refused = await post(schedules, schedule()).expect(403);
    expect(refused.body.error.message).toContain('observability.oncall.manage');
  });
});

describe('overrides', () => {
  const hour = () => ({ start: inHours(1), end: inHours(2) });

  it('put oneself on watch, end now, and are repeated to a request that is sent again', async () => {
    const { get, post, remove } = await start();
    await post(schedules, schedule([bob])).expect(201);
    const body = { start: inHours(0), end: inHours(2), add: ann, remove: bob };
    const first = await post(`${crm}/overrides`, body)
      .set('Idempotency-Key', 'key')
      .expect(201);
    const again = await post(`${crm}/overrides`, body).set(
      'Idempotency-Key',
      'key',
    );
    expect(again.body).toEqual(first.body);
    const onWatch = async () =>
      (await get(`${crm}/now`)).body.items[0].people.map(
        (person: { entityRef: string }) => person.entityRef,
      );
    await expect(onWatch()).resolves.toEqual([ann]);
    setClock(1);
    await remove(`${crm}/overrides/${first.body.id}`).expect(204);
    await expect(onWatch()).resolves.toEqual([bob]);
    await remove(`${crm}/overrides/${first.body.id}`).expect(404);
    const { body: timeline } = await get(
      `${crm}/shifts?from=${inHours(0)}&to=${inHours(2)}`,
    );
    expect(
      timeline.shifts.map((shift: Shift) => [shift.start, shift.people[0]]),
    ).toEqual([
      [inHours(0), ann],
      [inHours(1), bob],
    ]);
  });

  it('change shifts of one’s own alone, unless one manages schedules', async () => {
    const { post, run } = await start({
      policy: own,
      config: { observability: { onCall: { schedules: [schedule([bob])] } } },
    });
    await run('read-schedules');
    const path = `${crm}/overrides`;
    const statuses: number[] = [];
    for (const change of [
      { add: ann, remove: bob },
      { remove: ann },
      { add: bob, remove: ann },
      { add: bob },
      { remove: bob },
    ]) {
      statuses.push((await post(path, { ...hour(), ...change })).status);
    }
    expect(statuses).toEqual([201, 201, 403, 403, 403]);
  });

  it('are refused in the past, at a level that is not there, and without anybody', async () => {
    const { post } = await start();
    await post(schedules, schedule()).expect(201);
    const path = `${crm}/overrides`;
    const past = await post(path, {
      start: inHours(-1),
      end: inHours(1),
      add: ann,
    }).expect(400);
    expect(past.body.error.message).toContain('begin now');
    await post(path, { ...hour(), add: ann, level: 'third' }).expect(400);
    await post(path, hour()).expect(400);
    await post(path, { ...hour(), add: 'ann' }).expect(400);
    await post(`${schedules}/none/overrides`, { ...hour(), add: ann }).expect(
      404,
    );
  });
});

describe('cover', () => {
  it('is asked for, taken by one alone, and given back before it begins', async () => {
    const { get, post, run } = await start({
      policy: own,
      config: { observability: { onCall: { schedules: [schedule([ann])] } } },
    });
    await run('read-schedules');
    const body = { level: 'primary', start: inHours(1), end: inHours(3) };
    const { body: swap } = await post(`${crm}/swaps`, body).expect(201);
    expect(swap).toMatchObject({ from: ann, state: 'open' });
    await post(`${crm}/swaps`, body, bob).expect(400);
    await post(`${crm}/swaps`, { ...body, from: ann }, bob).expect(403);
    await post(`${root}/swaps/${swap.id}/take`).expect(400);
    const at = encodeURIComponent(inHours(2));
    const onWatch = async () =>
      (await get(`${crm}/now?at=${at}`)).body.items[0].people[0].entityRef;
    await expect(onWatch()).resolves.toBe(ann);

    const taken = await post(`${root}/swaps/${swap.id}/take`, {}, bob);
    expect(taken.body).toMatchObject({ to: bob, state: 'taken' });
    await post(`${root}/swaps/${swap.id}/take`, {}, bob).expect(409);
    await expect(onWatch()).resolves.toBe(bob);
    expect((await get(`${root}/shifts`, bob)).body.items[0]).toMatchObject({
      people: [bob],
      schedule: 'crm',
      title: 'CRM production',
      source: { type: 'swap', id: swap.id },
    });

    await post(`${root}/swaps/${swap.id}/cancel`, {}, bob).expect(403);
    await post(`${root}/swaps/${swap.id}/cancel`).expect(200);
    await expect(onWatch()).resolves.toBe(ann);
    await post(`${root}/swaps/none/take`, {}, bob).expect(404);
  });
});

describe('the watch over a service', () => {
  it('is that of its annotation, else of its owner or the nearest group above', async () => {
    const sales = schedule([bob], {
      name: 'sales',
      owner: 'group:default/sales',
    });
    const { get, post, follow } = await start({
      entities: [
        service('own', 'group:default/crm'),
        service('named', 'group:default/crm', 'crm, typo'),
        service('alone', 'group:default/other'),
      ],
    });
    await post(schedules, sales).expect(201);
    await follow();
    const watchOf = async (name: string) => {
      const { body } = await get(
        `/api/observability/v1/entities/component/default/${name}/report`,
      ).expect(200);
      return {
        schedules: body.onCall.map((now: { schedule: string }) => now.schedule),
        misconfigurations: body.misconfigurations,
      };
    };
    await expect(watchOf('own')).resolves.toEqual({
      schedules: ['sales'],
      misconfigurations: [],
    });
    await post(schedules, schedule()).expect(201);
    await expect(watchOf('own')).resolves.toMatchObject({ schedules: ['crm'] });
    await expect(watchOf('named')).resolves.toEqual({
      schedules: ['crm'],
      misconfigurations: [
        {
          annotation: 'watchkeeper.io/on-call',
          message: 'There is no on-call schedule "typo"',
        },
      ],
    });
    await expect(watchOf('alone')).resolves.toMatchObject({ schedules: [] });

    const { body: list } = await get('/api/observability/v1/entities');
    const rows = list.items.map(
      (row: { entityRef: string; onCall: { schedule: string }[] }) => [
        row.entityRef,
        row.onCall.map(now => now.schedule),
      ],
    );
    expect(rows).toContainEqual(['component:default/own', ['crm']]);
    expect(rows).toContainEqual(['component:default/alone', []]);
    const { body } = await get(`${root}?entityRef=component:default/own`);
    expect(body.items).toHaveLength(1);
  });
});

describe('the owner of a schedule', () => {
  it('is told once of each thing that is wrong with the coming month', async () => {
    const { post, run, notifications } = await start();
    await post(schedules, schedule(['user:default/gone', null])).expect(201);
    const told = async () => {
      await run('warn-of-schedules');
      await run('send-notifications');
      const sent = notifications.send.mock.calls.map(([message]) => message);
      notifications.send.mockClear();
      return sent.map(({ recipients, payload }) => [
        recipients.entityRef,
        payload.title,
        payload.topic,
      ]);
    };
    const first = await told();
    expect(first).toHaveLength(3);
    expect(first).toContainEqual([
      ['group:default/crm'],
      'CRM production: user:default/gone is not in the catalog',
      'on-call',
    ]);
    setClock(24);
    await expect(told()).resolves.toEqual([]);
  });
});

describe('fairness', () => {
  it('is a file for spreadsheets, too', async () => {
    const { get, post } = await start();
    await post(schedules, schedule([ann])).expect(201);
    const query = `from=${inHours(1)}&to=${inHours(49)}`;
    const { body } = await get(`${crm}/fairness?${query}`).expect(200);
    expect(body.items).toEqual([
      expect.objectContaining({ person: ann, hours: 48, share: 1 }),
    ]);
    const csv = await get(`${crm}/fairness?${query}&format=csv`).expect(200);
    expect(csv.type).toBe('text/csv');
    expect(csv.text).toContain('\r\nANN,user:default/ann,48.00,');
  });
});
