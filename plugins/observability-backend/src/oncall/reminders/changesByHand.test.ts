import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { Schedule } from '@watchkeeper/backstage-plugin-observability-common';
import request from 'supertest';
import { fakeClock } from '../../__testUtils__/fakeClock';
import { startPlugin } from '../../__testUtils__/startPlugin';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const cleo = 'user:default/cleo';
const root = '/api/observability/v1/on-call';
const crm = `${root}/schedules/crm`;

beforeEach(() => fakeClock(new Date('2026-03-02T12:00:00Z')));
afterEach(() => jest.useRealTimers());

function definition(
  timeZone = 'Europe/Paris',
  members = [ann, bob, cleo],
): Schedule {
  return {
    name: 'crm',
    title: 'CRM',
    owner: 'group:default/crm',
    timeZone,
    levels: [
      {
        name: 'primary',
        layers: [
          {
            members,
            rotation: { unit: 'week', length: 1, start: '2026-03-02T09:00' },
          },
        ],
      },
    ],
  };
}

function user(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name },
    spec: { profile: { displayName: name.toUpperCase() } },
  };
}

function group(name: string, relations: [string, string][]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}

async function start(relations: [string, string][] = []) {
  const { server, run, notifications } = await startPlugin({
    entities: [
      ...['ann', 'bob', 'cleo'].map(user),
      group('crm', relations),
      group('support', [['hasMember', bob]]),
    ],
  });
  const as = (sent: request.Test, caller: string) =>
    sent.set('authorization', mockCredentials.user.header(caller));
  await as(request(server).post(`${root}/schedules`), ann)
    .send(definition())
    .expect(201);
  return {
    run,
    get: (path: string) => as(request(server).get(path), ann),
    put: (path: string, body: object) =>
      as(request(server).put(path), ann).send(body),
    remove: (path: string) => as(request(server).delete(path), ann),
    post: (path: string, body: object, caller = ann) =>
      as(request(server).post(path), caller).send(body),
    /** Who was told what, of changes. */
    async told(): Promise<string[]> {
      await run('send-notifications');
      const sent = notifications.send.mock.calls.map(
        ([{ recipients, payload }]) =>
          `${recipients.entityRef.join()}: ${payload.title}. ${
            payload.description
          }`,
      );
      notifications.send.mockClear();
      return sent.sort();
    },
  };
}

/** Bob's week. */
const week = {
  start: '2026-03-09T08:00:00.000Z',
  end: '2026-03-16T08:00:00.000Z',
};
const WEEK =
  'At primary, Mon 9 Mar 2026, 09:00 to Mon 16 Mar 2026, 09:00 (Europe/Paris)';

describe('people whose shifts change by hand', () => {
  it('hear that theirs were given away, or given to them, but not of what they did', async () => {
    const { post, remove, told } = await start();
    const { body } = await post(
      `${crm}/overrides`,
      { ...week, add: cleo, remove: bob },
      bob,
    ).expect(201);
    await expect(told()).resolves.toEqual([
      `${cleo}: CRM: you have the watch instead of BOB. ${WEEK}`,
    ]);
    await remove(`${crm}/overrides/${body.id}`).expect(204);
    await expect(told()).resolves.toEqual([
      `${bob}: CRM: you have the watch instead of CLEO. ${WEEK}`,
      `${cleo}: CRM: your shift was given to BOB. ${WEEK}`,
    ]);
  });

  it('are asked for cover by others, and hear who took it', async () => {
    const { post, told } = await start();
    const { body: swap } = await post(
      `${crm}/swaps`,
      { ...week, level: 'primary' },
      bob,
    ).expect(201);
    await expect(told()).resolves.toEqual([
      `${ann},${cleo}: CRM: BOB asks for cover. ${WEEK}`,
    ]);
    await post(`${root}/swaps/${swap.id}/take`, {}, cleo).expect(200);
    await expect(told()).resolves.toEqual([
      `${bob}: CRM: your shift was given to CLEO. ${WEEK}`,
    ]);
    await post(`${root}/swaps/${swap.id}/cancel`, {}, bob).expect(200);
    await expect(told()).resolves.toEqual([
      `${cleo}: CRM: your shift was given to BOB. ${WEEK}`,
    ]);
  });

  it('hear of cover alone where they are asked for it by name', async () => {
    const { post, told } = await start();
    await post(
      `${crm}/swaps`,
      { ...week, level: 'primary', to: cleo },
      bob,
    ).expect(201);
    await expect(told()).resolves.toEqual([
      `${cleo}: CRM: BOB asks for cover. ${WEEK}`,
    ]);
  });
});

describe('cover that was asked for', () => {
  async function startWithSwap() {
    const started = await start();
    const { body: swap } = await started.post(
      `${crm}/swaps`,
      { ...week, level: 'primary' },
      bob,
    );
    await started.post(`${root}/swaps/${swap.id}/take`, {}, cleo).expect(200);
    await started.told();
    const edit = async (
      schedule: Schedule,
      effectiveFrom = '2026-03-05T00:00:00Z',
    ) => {
      const { body } = await started.get(crm);
      await started
        .put(crm, {
          schedule,
          version: body.version,
          effectiveFrom,
        })
        .expect(200);
    };
    return { ...started, edit, swap };
  }

  it('moves with its shift when the schedule is edited', async () => {
    const { edit, get, told, run } = await startWithSwap();
    await edit(definition('Europe/London'));
    const moved = [
      expect.objectContaining({
        state: 'taken',
        start: '2026-03-09T09:00:00.000Z',
        end: '2026-03-16T09:00:00.000Z',
      }),
    ];
    expect((await get(crm)).body.swaps).toEqual(moved);
    await run('read-schedules');
    const { body } = await get(crm);
    expect(body.swaps).toEqual(moved);
    expect(body.warnings).toEqual([]);
    await expect(told()).resolves.toEqual([]);
  });

  it('is off where the shift is gone, and both people and the page are told', async () => {
    const { edit, get, post, told, swap } = await startWithSwap();
    await edit(definition('Europe/Paris', [ann, ann, cleo]));
    const off =
      'CRM: the cover of Mon 9 Mar 2026, 09:00 is off. The shift at primary that it was for is no longer there; look at who has the watch then';
    await expect(told()).resolves.toEqual([
      `${bob}: ${off}`,
      `${cleo}: ${off}`,
    ]);
    const { body } = await get(crm);
    expect(body.swaps).toEqual([]);
    expect(body.warnings).toEqual([
      expect.objectContaining({ code: 'swap-without-effect', person: bob }),
    ]);
    await post(`${root}/swaps/${swap.id}/cancel`, {}, bob).expect(409);
  });

  it('stays as it was once it has begun', async () => {
    const { edit, get } = await startWithSwap();
    jest.setSystemTime(new Date('2026-03-10T12:00:00Z'));
    const { body } = await get(crm);
    await edit(definition('Europe/London'), '2026-03-11T00:00:00Z');
    const { body: after } = await get(crm);
    expect(after.swaps).toEqual(body.swaps);
    expect(after.swaps).toHaveLength(1);
  });
});

describe('the owner of a schedule', () => {
  it('is told of people in the rotation who left the group and those below it', async () => {
    const { get, run, told } = await start([
      ['hasMember', ann],
      ['parentOf', 'group:default/support'],
    ]);
    expect((await get(crm)).body.warnings).toEqual([
      {
        code: 'left-owner-group',
        message: `${cleo} is in the rotation and not in the group that owns the schedule`,
        at: '2026-03-16T08:00:00.000Z',
        person: cleo,
      },
    ]);
    await run('warn-of-schedules');
    await expect(told()).resolves.toEqual([
      expect.stringContaining(`group:default/crm: CRM: ${cleo} is in the`),
    ]);
  });
});
