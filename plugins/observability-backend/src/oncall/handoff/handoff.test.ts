import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  HandoffNote,
  handoffNoteSchema,
  Schedule,
  shiftChecklistSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import request from 'supertest';
import { fakeClock } from '../../__testUtils__/fakeClock';
import { startPlugin, TestPolicy } from '../../__testUtils__/startPlugin';
import { testEntity } from '../../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const cleo = 'user:default/cleo';
const root = '/api/observability/v1/on-call';
/** Of Ann, from Monday the 2nd on; Bob comes after. */
const KEY = 'crm:first%20line:@0:20260302T0900:0';
const shift = `${root}/shifts/${encodeURIComponent(KEY)}`;

beforeEach(() => fakeClock(new Date('2026-03-01T12:00:00Z')));
afterEach(() => jest.useRealTimers());

const definition: Schedule = {
  name: 'crm',
  title: 'CRM',
  owner: 'group:default/crm',
  timeZone: 'Europe/Paris',
  levels: [
    {
      name: 'first line',
      layers: [
        {
          members: [ann, bob],
          rotation: { unit: 'week', length: 1, start: '2026-03-02T09:00' },
        },
      ],
    },
  ],
};

const entities: Entity[] = [
  ...['ann', 'bob', 'cleo'].map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name },
    spec: { profile: { displayName: name.toUpperCase() } },
  })),
  testEntity('group:default/crm'),
  testEntity('component:default/web', {
    title: 'Web <shop>',
    ids: 'one',
    relations: [['ownedBy', 'group:default/crm']],
  }),
  testEntity('component:default/named', {
    title: 'Named',
    ids: 'one',
    annotations: { 'watchkeeper.io/on-call': 'crm, other' },
    relations: [['ownedBy', 'group:default/sales']],
  }),
  testEntity('component:default/foreign', {
    title: 'Foreign',
    ids: 'one',
    relations: [['ownedBy', 'group:default/sales']],
  }),
];

async function start(options: { policy?: TestPolicy; config?: object } = {}) {
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockResolvedValue({
    success: jest.fn(),
    fail: jest.fn(),
  });
  const started = await startPlugin({
    entities,
    policy: options.policy,
    config: {
      observability: {
        onCall: { schedules: [definition], ...options.config },
      },
    },
    features: [auditor.factory],
  });
  const { server, run } = started;
  await run('read-schedules');
  jest.setSystemTime(new Date('2026-03-02T12:00:00Z'));
  const as = (sent: request.Test, caller: string) =>
    sent.set('authorization', mockCredentials.user.header(caller));
  return {
    ...started,
    auditor,
    get: (path: string, caller = ann) => as(request(server).get(path), caller),
    put: (path: string, body: object, caller = ann) =>
      as(request(server).put(path), caller).send(body),
    post: (path: string, body: object, caller = ann) =>
      as(request(server).post(path), caller).send(body),
  };
}

const own = { denied: ['observability.oncall.manage'] };

describe('the checklist of a shift', () => {
  it('keeps who ticked what, item by item', async () => {
    const { get, put, auditor } = await start({ policy: own });
    const { body } = await get(`${shift}/checklist`, bob).expect(200);
    const list = shiftChecklistSchema.parse(body);
    expect(list).toMatchObject({
      shift: {
        key: KEY,
        title: 'CRM',
        level: 'first line',
        people: [{ entityRef: ann, displayName: 'ANN' }],
      },
      mayEdit: false,
    });
    expect(list.items).toHaveLength(12);
    const tick = (id: string, done = true, caller = ann) =>
      put(`${shift}/checklist`, { items: [{ id, done }] }, caller);
    await Promise.all([
      tick('test-notifications').expect(200),
      tick('charge-devices').expect(200),
    ]);
    jest.setSystemTime(new Date('2026-03-02T13:00:00Z'));
    const again = await tick('charge-devices').expect(200);
    expect(again.body.mayEdit).toBe(true);
    const ticked = again.body.items.filter(
      (item: { done: boolean }) => item.done,
    );
    expect(ticked).toEqual(
      ['test-notifications', 'charge-devices'].map(id =>
        expect.objectContaining({
          id,
          changedBy: ann,
          changedAt: expect.stringMatching(/^2026-03-02T12:00/),
        }),
      ),
    );
    await tick('charge-devices', false).expect(200);
    await tick('none').expect(400);
    await tick('charge-devices', true, bob).expect(403);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'on-call-checklist-edit',
        meta: { shift: KEY },
      }),
    );
  });

  it('is as the configuration has it, and goes on without what cannot be used of it', async () => {
    const { get } = await start({
      config: {
        checklists: {
          before: [
            { id: 'badge', text: 'Take the badge' },
            { id: 'badge', text: 'Again' },
            { id: 'Bad Id', text: 'x' },
          ],
          during: [],
        },
      },
    });
    const { body } = await get(`${shift}/checklist`).expect(200);
    expect(
      body.items.map(({ id, phase }: { id: string; phase: string }) => [
        phase,
        id,
      ]),
    ).toEqual([
      ['before', 'badge'],
      ['after', 'hand-off'],
      ['after', 'write-down-issues'],
      ['after', 'suggest-improvements'],
    ]);
  });

  it('is not there where no such shift is', async () => {
    const { get } = await start();
    for (const key of [
      'crm',
      'none:primary:@0:20260302T0900:0',
      'crm:first%20line:@0:20260303T0900:0',
      'crm:first%20line:@0:99990303T0900:0',
      'crm:first%20line::override:0',
      'a/b',
    ]) {
      const path = `${root}/shifts/${encodeURIComponent(key)}`;
      for (const part of ['checklist', 'handoff']) {
        expect([key, (await get(`${path}/${part}`)).status]).toEqual([
          key,
          404,
        ]);
      }
    }
  });
});

describe('a handoff note', () => {
  const read = async (sent: request.Test): Promise<HandoffNote> =>
    handoffNoteSchema.parse((await sent.expect(200)).body);

  it('drafts itself from what the reader may know', async () => {
    const policy: TestPolicy = { readable: {} };
    const { get, post, collect, provider } = await start({ policy });
    provider.values = { one: 60 };
    await collect();
    await post(`${root}/schedules/crm/overrides`, {
      start: '2026-03-10T08:00:00Z',
      end: '2026-03-10T10:00:00Z',
      add: cleo,
      remove: bob,
    }).expect(201);
    await post(`${root}/schedules/crm/swaps`, {
      level: 'first line',
      start: '2026-03-04T08:00:00Z',
      end: '2026-03-04T10:00:00Z',
    }).expect(201);

    const note = await read(get(`${shift}/handoff`));
    expect(note).toMatchObject({
      shift: { key: KEY, people: [{ entityRef: ann }] },
      next: {
        start: '2026-03-09T08:00:00.000Z',
        people: [{ displayName: 'BOB' }],
      },
      version: 0,
      signatures: [],
      isFrozen: false,
      mayEdit: true,
    });
    const facts = Object.fromEntries(
      note.facts.map(({ id, items }) => [id, items.map(({ text }) => text)]),
    );
    expect(facts).toEqual({
      unhealthy: [
        'Named: critical since 2026-03-02 12:00 UTC',
        'Web <shop>: critical since 2026-03-02 12:00 UTC',
      ],
      changes: expect.arrayContaining([
        expect.stringMatching(
          /^2026-03-02 12:00 UTC: Web <shop> became critical: 60.errors/,
        ),
        expect.stringMatching(/: Named became critical: 60.errors/),
      ]),
      'restore-tests': [],
      overrides: [
        'Tue 10 Mar 2026, 09:00 to Tue 10 Mar 2026, 11:00 (Europe/Paris): CLEO instead of BOB',
      ],
      swaps: [
        'Wed 4 Mar 2026, 09:00 to Wed 4 Mar 2026, 11:00 (Europe/Paris): ANN asks for cover at first line',
      ],
    });
    expect(note.text).toContain('- Web \\<shop\\>: critical since');
    expect(note.text).not.toContain('Foreign');

    policy.readable = { [bob]: ['component:default/named'] };
    const ofBob = await read(get(`${shift}/handoff`, bob));
    expect(ofBob.text).toContain('Named');
    expect(JSON.stringify(ofBob)).not.toContain('shop');
    policy.denied = ['observability.health.read'];
    const ofCleo = await read(get(`${shift}/handoff`, cleo));
    expect(ofCleo.facts.map(({ id }) => id)).toEqual(['overrides', 'swaps']);
  });

  it('is written by both sides, signed once by each, and stays as it is then', async () => {
    const { get, put, post, auditor } = await start({ policy: own });
    const save = (text: string, version: number, caller = ann) =>
      put(`${shift}/handoff`, { text, version }, caller);
    const sign = (version: number, caller: string, role?: string) =>
      post(`${shift}/handoff/sign`, { version, role }, caller);

    await save('Mine', 0, cleo).expect(403);
    const saved = await read(save('All is well', 0));
    expect(saved).toMatchObject({
      version: 1,
      text: 'All is well',
      editedBy: ann,
      maySign: ['leaving'],
    });
    await save('Late', 0, bob).expect(409);
    await sign(0, ann).expect(409);
    await sign(1, cleo).expect(403);
    await sign(1, ann, 'arriving').expect(403);
    const signed = await read(sign(1, ann));
    expect(signed.signatures).toMatchObject([{ role: 'leaving', by: ann }]);
    expect(signed.maySign).toEqual([]);
    await sign(1, ann).expect(409);

    // Other words are not what was signed.
    const edited = await read(save('All is well, but one', 1, bob));
    expect(edited).toMatchObject({ version: 2, signatures: [] });
    await read(sign(2, bob));
    const frozen = await read(sign(2, ann));
    expect(frozen).toMatchObject({
      isFrozen: true,
      mayEdit: false,
      maySign: [],
      facts: [],
      text: 'All is well, but one',
      signatures: [
        { role: 'leaving', by: ann },
        { role: 'arriving', by: bob },
      ],
    });
    await save('Again', 2).expect(409);
    await sign(2, ann).expect(409);
    expect(await read(get(`${shift}/handoff`, cleo))).toMatchObject({
      text: 'All is well, but one',
      mayEdit: false,
    });
    expect(
      auditor.createEvent.mock.calls.map(([{ eventId }]) => eventId),
    ).toContain('on-call-handoff-sign');
  });

  it('is saved as it is drafted where somebody signs it at once', async () => {
    const { post } = await start({ policy: own });
    const signed = await read(post(`${shift}/handoff/sign`, { version: 0 }));
    expect(signed).toMatchObject({
      version: 1,
      text: expect.stringContaining('## What should get better'),
      signatures: [{ role: 'leaving', by: ann }],
    });
  });

  it('is signed for others by those who manage schedules, and by nobody without permission', async () => {
    const policy: TestPolicy = {};
    const { post, get } = await start({ policy });
    const sign = (role?: string, version = 1) =>
      post(`${shift}/handoff/sign`, { version, role }, cleo);
    await sign(undefined, 0).expect(400);
    expect(await read(sign('arriving', 0))).toMatchObject({
      signatures: [{ role: 'arriving', by: cleo }],
      maySign: ['leaving'],
    });
    expect(await read(sign('leaving'))).toMatchObject({ isFrozen: true });

    const denied = await start({
      policy: { denied: ['observability.oncall.read'] },
    });
    await denied.get(`${shift}/handoff`).expect(403);
    await denied.get(`${shift}/checklist`).expect(403);
    await get(`${shift}/handoff`).expect(200);
  });
});
