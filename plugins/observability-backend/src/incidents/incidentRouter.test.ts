import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  incidentContextSchema,
  IncidentDetails,
  incidentDetailsSchema,
  incidentListSchema,
  incidentMetricsSchema,
  incidentProposalSchema,
  TimelineEntry,
  timelineSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import request from 'supertest';
import { fakeClock } from '../__testUtils__/fakeClock';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { startPlugin, TestPolicy } from '../__testUtils__/startPlugin';
import { testEntity } from '../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const cto = 'user:default/cto';
const api = 'component:default/api';
const web = 'component:default/web';
const database = 'resource:default/database';
const root = '/api/observability/v1';

const MINUTE_MS = 60_000;
/** A Sunday. */
const NOW = Date.parse('2026-11-22T13:35:00Z');

beforeEach(() => fakeClock(NOW));
afterEach(() => jest.useRealTimers());

const at = (minutes: number) =>
  new Date(NOW + minutes * MINUTE_MS).toISOString();
const setMinute = (minutes: number) =>
  jest.setSystemTime(NOW + minutes * MINUTE_MS);

const SCHEDULE = {
  name: 'crm',
  title: 'CRM production',
  owner: 'group:default/crm',
  timeZone: 'Europe/Paris',
  levels: [ann, cto].map((member, index) => ({
    name: index === 0 ? 'primary' : 'backup',
    layers: [
      {
        members: [member],
        rotation: { unit: 'week', length: 1, start: '2020-01-06T09:00' },
      },
    ],
  })),
};

function user(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name },
    spec: { profile: { displayName: name.toUpperCase() } },
  };
}

async function start(
  options: { policy?: TestPolicy; values?: Record<string, number> } = {},
) {
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockResolvedValue({
    success: jest.fn(),
    fail: jest.fn(),
  });
  const provider = new ScriptedProvider();
  const owned = (ref: string, ids: string, ...more: [string, string][]) =>
    testEntity(ref, {
      ids,
      title: ref.split('/')[1].toUpperCase(),
      relations: [['ownedBy', 'group:default/crm'], ...more],
    });
  const started = await startPlugin({
    providers: [provider],
    entities: [
      owned(api, 'one', ['dependsOn', database], ['dependencyOf', web]),
      testEntity(web, {
        ids: 'two',
        title: 'WEB',
        relations: [
          ['ownedBy', 'group:default/web'],
          ['dependsOn', api],
        ],
      }),
      owned(database, 'three'),
      user('ann'),
      user('bob'),
      user('cto'),
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'crm' },
        relations: [],
      } as Entity,
    ],
    policy: options.policy,
    config: { observability: { onCall: { schedules: [SCHEDULE] } } },
    features: [auditor.factory],
  });
  provider.values = { one: 60, two: 0, three: 0, ...options.values };
  await started.collect();
  await started.run('read-schedules');
  const { server } = started;
  const headers = (who: string, key?: string): Record<string, string> => ({
    Authorization: mockCredentials.user.header(who),
    ...(key === undefined ? {} : { 'Idempotency-Key': key }),
  });
  const send =
    (method: 'post' | 'put' | 'patch') =>
    (path: string, body: object = {}, who = ann, key?: string) =>
      request(server)
        [method](`${root}${path}`)
        .set(headers(who, key))
        .send(body);
  const get = (path: string, who = ann) =>
    request(server).get(`${root}${path}`).set(headers(who));
  const post = send('post');

  /** Declares an incident of the API. */
  async function declare(changes: object = {}): Promise<IncidentDetails> {
    const { status, body } = await post('/incidents', {
      title: 'Quotes cannot be created',
      severity: 'SEV-2',
      entityRefs: [api],
      startedAt: at(-3),
      ...changes,
    });
    expect({ status, body }).toMatchObject({ status: 201 });
    return incidentDetailsSchema.parse(body);
  }

  async function timeline(id: string): Promise<TimelineEntry[]> {
    const { body } = await get(`/incidents/${id}/timeline?after=0`);
    return timelineSchema.parse(body).items;
  }

  /** Titles of what was sent to somebody, in order. */
  async function told(who: string): Promise<string[]> {
    await started.run('send-notifications');
    return started.notifications.send.mock.calls
      .filter(([{ recipients }]) => recipients.entityRef.includes(who))
      .map(([{ payload }]) => payload.title);
  }

  return {
    ...started,
    provider,
    auditor,
    get,
    post,
    patch: send('patch'),
    put: send('put'),
    declare,
    timeline,
    told,
  };
}

describe('declaring an incident', () => {
  it('proposes one from what is wrong with a service, assuming the worse', async () => {
    const { get } = await start();
    const { status, body } = await get(`/incidents/proposal?entityRef=${api}`);
    expect(status).toBe(200);
    const proposal = incidentProposalSchema.parse(body);
    expect(proposal).toMatchObject({
      title: 'API has a spike of errors',
      severity: 'SEV-2',
      entityRefs: [api],
      startedAt: at(0),
      channelName: '#incident-2026-11-22-api-has-a-spike-of-errors',
      open: [],
    });
    expect(
      proposal.onCall.map(({ level, people }) => [level, people[0].entityRef]),
    ).toEqual([
      ['primary', ann],
      ['backup', cto],
    ]);
    expect(
      proposal.related.map(({ entityRef, side, status: health }) => [
        entityRef,
        side,
        health,
      ]),
    ).toEqual([
      [web, 'used-by', 'ok'],
      [database, 'depends-on', 'ok'],
    ]);
  });

  it('puts it in triage with its clocks, tells who has the watch, and offers it as a duplicate', async () => {
    const { declare, told, get, timeline } = await start();
    const { incident, limits } = await declare();
    expect(incident).toMatchObject({
      number: 1,
      state: 'triage',
      severityConfirmed: true,
      startedAt: at(-3),
      detectedAt: at(0),
      acknowledgeDueAt: at(30),
      triageDueAt: at(5),
      investigationDueAt: at(15),
      nextUpdateDueAt: at(30),
      metrics: ['errors.count'],
    });
    expect(limits).toMatchObject({
      acknowledgeWithinSeconds: 1800,
      updateEverySeconds: 1800,
    });
    await expect(told(ann)).resolves.toEqual([
      'INC-1 SEV-2: Quotes cannot be created',
    ]);
    await expect(told(cto)).resolves.toEqual([]);
    expect(await timeline('1')).toMatchObject([
      { kind: 'state', actor: ann, sequence: 1 },
    ]);

    const { body } = await get(`/incidents/proposal?entityRef=${api}`);
    expect(body.open).toMatchObject([{ number: 1 }]);
    const report = await get('/entities/component/default/api/report');
    expect(report.body.incidents).toMatchObject([
      { number: 1, state: 'triage' },
    ]);
    const list = await get('/entities');
    expect(
      list.body.items.map(
        (row: { entityRef: string; openIncidents: number }) => [
          row.entityRef,
          row.openIncidents,
        ],
      ),
    ).toEqual(
      expect.arrayContaining([
        [api, 1],
        [web, 0],
      ]),
    );
  });

  it('takes the severity that services speak for where nobody says one, and all levels hear of a SEV-1', async () => {
    const { declare, told } = await start({ values: { two: 60 } });
    const { incident } = await declare({ severity: undefined });
    expect(incident).toMatchObject({
      severity: 'SEV-1',
      severityConfirmed: false,
    });
    await expect(told(cto)).resolves.toHaveLength(1);
  });

  it('is done once, however often it is asked for with one key', async () => {
    const { post, get } = await start();
    const body = {
      title: 'Slow',
      severity: 'SEV-3',
      entityRefs: [api],
    };
    const first = await post('/incidents', body, ann, 'k1');
    const second = await post('/incidents', body, ann, 'k1');
    expect(second.body).toEqual(first.body);
    const list = incidentListSchema.parse((await get('/incidents')).body);
    expect(list).toMatchObject({ items: [{ number: 1 }], openCount: 1 });
  });

  it.each([
    [{ title: ' ' }, 400, '"title"'],
    [{ entityRefs: [] }, 400, '"entityRefs"'],
    [{ entityRefs: ['component:default/nothing'] }, 404, 'nothing'],
    [{ severity: 'SEV-9' }, 400, '"severity"'],
    [{ startedAt: at(5) }, 400, '"startedAt": lies in the future'],
    [{ startedAt: at(-1), detectedAt: at(-2) }, 400, '"detectedAt"'],
  ])('refuses %j with %i and says why', async (changes, status, text) => {
    const { post, get } = await start();
    const answer = await post('/incidents', {
      title: 'Slow',
      severity: 'SEV-3',
      entityRefs: [api],
      ...changes,
    });
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(text);
    expect((await get('/incidents')).body.items).toEqual([]);
  });
});

describe('working on an incident', () => {
  it('goes from declared to closed, and each step stays on the timeline', async () => {
    const { declare, post, timeline, told } = await start();
    await declare();
    const step = async (path: string, body: object, who = ann) => {
      const answer = await post(`/incidents/1${path}`, body, who);
      expect({ status: answer.status, body: answer.body }).toMatchObject({
        status: 200,
      });
      return incidentDetailsSchema.parse(answer.body);
    };

    setMinute(2);
    const acknowledged = await step('/acknowledge', {}, bob);
    expect(acknowledged.incident).toMatchObject({
      state: 'investigating',
      acknowledgedAt: at(2),
      roles: { commander: bob, responders: [] },
    });
    expect(acknowledged.moves[0]).toMatchObject({
      state: 'mitigating',
      gates: [],
    });

    setMinute(7);
    let version = acknowledged.incident.version;
    const mitigating = await step('/state', { version, state: 'mitigating' });
    version = mitigating.incident.version;

    setMinute(18);
    const refused = await post('/incidents/1/state', {
      version,
      state: 'monitoring',
    });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain('verified in production');
    const monitoring = await step('/state', {
      version,
      state: 'monitoring',
      verifiedInProduction: true,
    });
    expect(monitoring.incident.monitoringUntil).toBe(at(33));
    version = monitoring.incident.version;

    setMinute(27);
    const early = await step('/state', {
      version,
      state: 'resolved',
      reason: 'The rollback is known to work',
    });
    expect(early.incident).toMatchObject({
      mitigatedAt: at(18),
      resolvedAt: at(27),
      postmortemDueAt: at(27 + 48 * 60),
    });
    expect(early.incident.nextUpdateDueAt).toBeUndefined();

    const entries = await timeline('1');
    expect(entries.map(({ kind, actor, text }) => [kind, actor, text])).toEqual(
      [
        ['state', ann, expect.stringContaining('Declared as **SEV-2**')],
        ['role', bob, `**${bob}** acknowledged`],
        ['state', bob, 'Triage to **Investigating**'],
        ['role', bob, `**${bob}** is commander`],
        ['state', ann, 'Investigating to **Mitigating**'],
        ['state', ann, 'Mitigating to **Monitoring**'],
        [
          'state',
          ann,
          'Monitoring to **Resolved**. It has to stay quiet for 6 more minutes. Reason: The rollback is known to work',
        ],
      ],
    );
    expect((await told(bob)).at(-1)).toBe(
      'INC-1 is resolved: Quotes cannot be created',
    );
  });

  it('refuses what somebody saw before it was changed, and keeps the change', async () => {
    const { declare, patch, get } = await start();
    const { incident } = await declare();
    const { version } = incident;
    const first = await patch('/incidents/1', {
      version,
      headline: 'About half of the quotes fail',
    });
    expect(first.status).toBe(200);
    const second = await patch('/incidents/1', { version, title: 'Quotes' });
    expect(second.status).toBe(409);
    expect((await get('/incidents/1')).body.incident).toMatchObject({
      title: 'Quotes cannot be created',
      headline: { text: 'About half of the quotes fail', by: ann },
      version: version + 1,
    });
  });

  it('puts facts right where they can be true, and says what they were', async () => {
    const { declare, patch, timeline } = await start();
    const { incident } = await declare();
    setMinute(10);
    const edit = (changes: object) =>
      patch('/incidents/1', { version: incident.version, ...changes });

    const impossible = await edit({ startedAt: at(5) });
    expect(impossible.status).toBe(400);
    expect(impossible.body.error.message).toContain('"detectedAt"');
    const unreached = await edit({ mitigatedAt: at(1) });
    expect(unreached.status).toBe(400);
    expect(unreached.body.error.message).toContain('"mitigatedAt"');

    const { status, body } = await edit({
      startedAt: at(-7),
      severity: 'SEV-1',
      reason: 'Everybody is affected',
    });
    expect(status).toBe(200);
    expect(body.incident).toMatchObject({
      startedAt: at(-7),
      severity: 'SEV-1',
      acknowledgeDueAt: at(5),
      nextUpdateDueAt: at(15),
    });
    expect(
      (await timeline('1')).slice(1).map(({ kind, text }) => [kind, text]),
    ).toEqual([
      [
        'severity',
        'Severity from SEV-2 to **SEV-1**. Reason: Everybody is affected',
      ],
      [
        'correction',
        `startedAt: **${at(-7)}**, not ${at(
          -3,
        )}. Reason: Everybody is affected`,
      ],
    ]);
  });

  it('gives roles, keeps who had them, and tells who gets one', async () => {
    const { declare, post, told } = await start();
    await declare({ commander: ann });
    const { body } = await post('/incidents/1/roles', {
      role: 'commander',
      user: bob,
    });
    expect(body.incident.roles).toEqual({
      commander: bob,
      responders: [ann],
    });
    await expect(told(bob)).resolves.toEqual([
      'You are commander of INC-1: Quotes cannot be created',
    ]);
    const left = await post('/incidents/1/roles', {
      role: 'responder',
      user: null,
      remove: ann,
    });
    expect(left.body.incident.roles.responders).toEqual([]);
  });

  it('merges a duplicate, which opens no more, and both say so', async () => {
    const { declare, post, timeline } = await start();
    await declare();
    const { incident: duplicate } = await declare({ title: 'Quotes fail' });
    const { body } = await post('/incidents/2/merge', {
      version: duplicate.version,
      into: '1',
    });
    expect(body).toMatchObject({
      incident: { state: 'cancelled', mergedInto: { number: 1 } },
      moves: [],
    });
    expect((await timeline('1')).at(-1)?.text).toContain('INC-2');
    expect((await timeline('2')).at(-1)?.text).toContain('INC-1');
  });

  it('tells owners and those who use the services, and counts the next update from then', async () => {
    const { declare, post, told, put, get } = await start();
    await declare();
    await put('/incidents/1/updates/draft', { text: 'We know', version: 0 });
    const late = await put(
      '/incidents/1/updates/draft',
      { text: 'Me too', version: 0 },
      bob,
    );
    expect(late.status).toBe(409);

    setMinute(4);
    const { status, body } = await post('/incidents/1/updates', {
      text: 'Some quotes fail. Existing ones are **safe**.',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'update',
      text: 'Some quotes fail. Existing ones are **safe**.',
    });
    await expect(told('group:default/web')).resolves.toEqual([
      'Update on INC-1: Quotes cannot be created',
    ]);
    expect((await get('/incidents/1')).body.incident).toMatchObject({
      lastUpdateAt: at(4),
      nextUpdateDueAt: at(34),
    });
    expect((await get('/incidents/1/updates/draft')).body.text).toBe('');
  });
});

describe('the timeline', () => {
  it('takes notes of before, corrections and pins, and gives what is new', async () => {
    const { declare, post, put, get } = await start();
    await declare();
    setMinute(10);
    const note = await post('/incidents/1/timeline', {
      text: 'The pool is full',
      at: at(7),
    });
    expect(note.body).toMatchObject({ at: at(7), recordedAt: at(10) });
    const correction = await post('/incidents/1/timeline', {
      kind: 'correction',
      text: 'It was nearly full',
      corrects: note.body.id,
    });
    expect(correction.status).toBe(201);
    await put(`/incidents/1/timeline/${note.body.id}/pin`, { pinned: true });

    const tail = timelineSchema.parse(
      (await get('/incidents/1/timeline?after=1')).body,
    );
    expect(tail).toMatchObject({ sequence: 3, pins: [note.body.id] });
    expect(tail.items.map(({ text, pinned }) => [text, pinned])).toEqual([
      ['The pool is full', true],
      ['It was nearly full', false],
    ]);
    const page = timelineSchema.parse(
      (await get('/incidents/1/timeline?limit=2')).body,
    );
    expect(page.items.map(({ sequence }) => sequence)).toEqual([3, 2]);
    const rest = await get(
      `/incidents/1/timeline?limit=2&cursor=${page.nextCursor}`,
    );
    expect(rest.body.items).toMatchObject([{ sequence: 1 }]);

    const file = await get('/incidents/1/timeline?format=markdown');
    expect(file.headers['content-type']).toContain('text/markdown');
    expect(file.text).toContain('- **13:42** The pool is full');
  });

  it.each([
    [{ text: 'x', at: at(60) }, '"at"'],
    [{ kind: 'correction', text: 'x' }, '"corrects"'],
    [{ kind: 'correction', text: 'x', corrects: 'none' }, '"corrects"'],
    [{ kind: 'link', text: 'x' }, '"url"'],
    [{ kind: 'link', text: 'x', url: 'data:text/html,x' }, '"url"'],
    [{ kind: 'state', text: 'x' }, '"kind"'],
  ])('refuses %j', async (entry, text) => {
    const { declare, post } = await start();
    await declare();
    const { status, body } = await post('/incidents/1/timeline', entry);
    expect(status).toBe(400);
    expect(body.error.message).toContain(text);
  });

  it('fills itself with what becomes of the services, each thing once', async () => {
    const { declare, provider, collect, run, timeline } = await start();
    await declare({ startedAt: at(0) });
    await run('incident-timelines');
    const statuses = async () =>
      (await timeline('1')).flatMap(({ kind, actor, data, sequence }) =>
        kind === 'signal' ? [[sequence, actor, data?.entityRef, data?.to]] : [],
      );
    const before = await statuses();
    expect(before.map(([, , ref, to]) => [ref, to])).toContainEqual([
      api,
      'critical',
    ]);
    for (const minute of [6, 7, 8]) {
      setMinute(minute);
      provider.values = { one: 0, two: 0, three: 0 };
      await collect();
      await run('incident-timelines');
    }
    await expect(statuses()).resolves.toEqual([
      ...before,
      [before.length + 2, 'system', api, 'ok'],
    ]);
  });
});

describe('the clocks', () => {
  it('tell the next level where nobody acknowledges, and each deadline once', async () => {
    const { declare, run, told, timeline } = await start();
    await declare({ severity: 'SEV-1' });
    const before = (await told(cto)).length;
    setMinute(4);
    await run('incident-clocks');
    await expect(told(cto)).resolves.toHaveLength(before);

    setMinute(6);
    await Promise.all([run('incident-clocks'), run('incident-clocks')]);
    expect((await told(cto)).slice(before)).toEqual([
      'Nobody has acknowledged INC-1 SEV-1: Quotes cannot be created',
    ]);
    expect((await told(ann)).at(-1)).toBe(
      'INC-1 is still in triage: Quotes cannot be created',
    );
    expect((await timeline('1')).at(-1)).toMatchObject({
      kind: 'role',
      actor: 'system',
      data: { event: 'escalated', users: [cto] },
    });

    setMinute(40);
    await run('incident-clocks');
    await run('incident-clocks');
    expect((await told(ann)).slice(-2).sort()).toEqual([
      'INC-1 has no mitigation yet: Quotes cannot be created',
      'People outside wait for an update on INC-1: Quotes cannot be created',
    ]);
    await expect(told(cto)).resolves.toHaveLength(before + 1);
  });

  it('are still once an incident is acknowledged and told of', async () => {
    const { declare, post, run, notifications, told } = await start();
    await declare();
    await post('/incidents/1/acknowledge');
    await told(ann);
    notifications.send.mockClear();
    setMinute(14);
    await run('incident-clocks');
    await expect(told(ann)).resolves.toEqual([]);
  });
});

describe('what people look for', () => {
  it('gathers changes, who is hit, who was here before, and why', async () => {
    const { declare, get, post } = await start();
    const { incident } = await declare({ title: 'Quotes fail: pool is full' });
    await post('/incidents/1/state', {
      version: incident.version,
      state: 'resolved',
      reason: 'Rolled back',
    });
    await declare({ title: 'The pool of connections is full' });
    const { status, body } = await get('/incidents/2/context');
    expect(status).toBe(200);
    const context = incidentContextSchema.parse(body);
    expect(
      context.blastRadius.map(({ entityRef, side }) => [entityRef, side]),
    ).toEqual([
      [web, 'used-by'],
      [api, 'here'],
      [database, 'depends-on'],
    ]);
    expect(context.similar).toMatchObject([
      {
        incident: { number: 1 },
        reasons: [
          { kind: 'service', value: api },
          { kind: 'words' },
          { kind: 'metric', value: 'errors.count' },
          { kind: 'dependency', value: database },
        ],
      },
    ]);
    const found = await get('/incidents/similar?q=pool%20full');
    expect(found.body.items).toHaveLength(2);
  });

  it('counts how long it took, from the start of the impact', async () => {
    const { declare, post, get } = await start();
    await declare();
    setMinute(2);
    await post('/incidents/1/acknowledge');
    const { body } = await get(
      `/incidents/metrics?from=${at(-60)}&to=${at(60)}&owner=group:default/crm`,
    );
    const metrics = incidentMetricsSchema.parse(body);
    expect(
      metrics.rows.find(({ severity }) => severity === 'all'),
    ).toMatchObject({
      incidents: 1,
      detect: { count: 1, medianSeconds: 180 },
      acknowledge: { count: 1, medianSeconds: 300 },
      mitigate: { count: 0, medianSeconds: null },
    });
    const none = await get(
      `/incidents/metrics?from=${at(-60)}&to=${at(60)}&owner=group:default/web`,
    );
    expect(none.body.rows.at(-1)).toMatchObject({ incidents: 0 });
    expect(
      (await get('/incidents?owner=group:default/web')).body.items,
    ).toEqual([]);
  });
});

describe('who may see and do what', () => {
  it('shows an incident to those who may read one of its services, and no other service', async () => {
    const policy = { readable: { [bob]: [web], [cto]: [database] } };
    const { declare, get, patch } = await start({ policy });
    const { incident } = await declare({ entityRefs: [api, web] });
    const seen = await get('/incidents/1', bob);
    expect(seen.body.incident.entityRefs).toEqual([web]);
    const context = await get('/incidents/1/context', bob);
    expect(JSON.stringify(context.body)).not.toContain(api);
    expect((await get('/incidents', bob)).body.items).toMatchObject([
      { entityRefs: [web] },
    ]);
    expect((await get('/incidents/1', cto)).status).toBe(404);
    expect((await get('/incidents', cto)).body).toEqual({
      items: [],
      openCount: 0,
    });

    const edited = await patch(
      '/incidents/1',
      { version: incident.version, entityRefs: [web], title: 'Web is slow' },
      bob,
    );
    expect(edited.status).toBe(200);
    expect((await get('/incidents/1')).body.incident.entityRefs).toEqual([
      web,
      api,
    ]);
  });

  it('asks for the permissions to read and to write', async () => {
    const reader = await start({
      policy: { denied: ['observability.incident.write'] },
    });
    const refused = await reader.post('/incidents', {
      title: 'x',
      entityRefs: [api],
    });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(
      'observability.incident.write',
    );
    expect((await reader.get('/incidents')).status).toBe(200);

    const nobody = await start({
      policy: { denied: ['observability.incident.read'] },
    });
    expect((await nobody.get('/incidents')).status).toBe(403);
    const report = await nobody.get('/entities/component/default/api/report');
    expect(report.body.incidents).toEqual([]);
  });

  it('audits what is done, also what is refused', async () => {
    const { declare, post, auditor } = await start();
    await declare();
    await post('/incidents/1/state', { version: 99, state: 'mitigating' });
    expect(
      auditor.createEvent.mock.calls.map(([{ eventId }]) => eventId),
    ).toEqual(expect.arrayContaining(['incident-declare', 'incident-move']));
  });
});
