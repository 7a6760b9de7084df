import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  coverageReportSchema,
  runbookListSchema,
  runbookRunListSchema,
  runbookRunSchema,
  runbookSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import request from 'supertest';
import { fakeClock } from '../__testUtils__/fakeClock';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { startPlugin, TestPolicy } from '../__testUtils__/startPlugin';
import { testEntity } from '../__testUtils__/TestWorld';
import { FakeRepository } from './__testUtils__/FakeRepository';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const web = 'component:default/web';
const api = 'component:default/api';
const folder = 'https://github.com/acme/crm/tree/main/runbooks';
const root = '/api/observability/v1';

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');

const files = {
  'spike.md': `---
id: spike
title: Error spike
alerts: [ErrorRateSpike]
services: [component:default/web]
symptoms: [red banner]
variables:
  APP: '{{ entity.metadata.name }}'
---
# Error spike

![graph](images/graph.png) ![drawing](images/drawing.svg)

## Steps

1. Look at the log:

   \`\`\`bash
   logs $APP --since $SINCE
   \`\`\`

   Expected: one kind of error
2. Roll back.
`,
  'slow.md': `---
id: slow
services: [component:default/api]
---
# Slow answers

1. Wait a while.
`,
  'anybody.md': '---\nid: anybody\n---\n# How to call for help\n\n1. Call.\n',
  'images/graph.png': PNG,
  'images/drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

async function start(
  options: { policy?: TestPolicy; config?: object; entities?: Entity[] } = {},
) {
  const repository = new FakeRepository();
  repository.files = files;
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockResolvedValue({
    success: jest.fn(),
    fail: jest.fn(),
  });
  const provider = new ScriptedProvider();
  const started = await startPlugin({
    providers: [provider],
    entities: options.entities ?? [
      testEntity(web, {
        title: 'Web',
        ids: 'one',
        relations: [['ownedBy', 'group:default/crm']],
      }),
      testEntity(api),
    ],
    policy: options.policy,
    config: {
      observability: { runbooks: { locations: folder }, ...options.config },
    },
    features: [
      auditor.factory,
      mockServices.urlReader.mock(repository.reader).factory,
    ],
  });
  provider.values = { one: 60 };
  await started.collect();
  await started.run('read-runbooks');
  const { server } = started;
  const headers = (user: string, key?: string): Record<string, string> => ({
    Authorization: mockCredentials.user.header(user),
    ...(key === undefined ? {} : { 'Idempotency-Key': key }),
  });
  return {
    ...started,
    repository,
    auditor,
    get: (path: string, user = ann) =>
      request(server).get(`${root}${path}`).set(headers(user)),
    post: (path: string, body: object = {}, user = ann, key?: string) =>
      request(server).post(`${root}${path}`).set(headers(user, key)).send(body),
    patch: (path: string, body: object, user = ann) =>
      request(server).patch(`${root}${path}`).set(headers(user)).send(body),
  };
}

describe('the API of runbooks', () => {
  it('lists runbooks, and finds them by alert, by service and by words with errors', async () => {
    const { get } = await start();
    const all = runbookListSchema.parse((await get('/runbooks')).body);
    expect(all.items.map(({ title }) => title)).toEqual([
      'Error spike',
      'How to call for help',
      'Slow answers',
    ]);
    expect(all).toMatchObject({ total: 3, failingSources: [] });
    expect(all.items[0]).toMatchObject({
      owner: 'group:default/crm',
      entityRefs: [web],
      freshness: 'never-tested',
      stepCount: 2,
    });

    const byAlert = runbookListSchema.parse(
      (await get(`/runbooks?alert=errors.count&entityRef=${web}`)).body,
    );
    expect(byAlert.items[0]).toMatchObject({
      id: 'spike',
      match: { by: 'alert', score: expect.any(Number) },
    });
    const byWords = runbookListSchema.parse(
      (await get('/runbooks?q=red%20baner')).body,
    );
    expect(byWords.items[0]).toMatchObject({ id: 'spike' });
    expect(byWords.suggestion).toBe('red banner');
    const byService = runbookListSchema.parse(
      (await get(`/runbooks?entityRef=${api}`)).body,
    );
    expect(byService.items.map(({ id }) => id)).toEqual(['slow']);
    // Words that are nowhere still lead to the service's own.
    const nearest = runbookListSchema.parse(
      (await get(`/runbooks?q=xylophone&entityRef=${api}`)).body,
    );
    expect(nearest.items.map(({ id }) => id)).toContain('slow');

    const first = runbookListSchema.parse(
      (await get('/runbooks?limit=2')).body,
    );
    const second = runbookListSchema.parse(
      (await get(`/runbooks?limit=2&cursor=${first.nextCursor}`)).body,
    );
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(second.nextCursor).toBeUndefined();
    expect(
      (await get('/runbooks?owner=group:default/crm')).body.items,
    ).toHaveLength(1);
    expect((await get('/runbooks?freshness=stale')).body.items).toEqual([]);
    for (const query of [
      'limit=0',
      'cursor=!!',
      'freshness=old',
      'entityRef=a:b:c:d/',
    ]) {
      expect((await get(`/runbooks?${query}`)).status).toBe(400);
    }
  });

  it('shows a runbook with its variables filled from the entity, and what is wrong with it', async () => {
    const { get } = await start();
    const runbook = runbookSchema.parse(
      (await get(`/runbooks/spike?entityRef=${web}`)).body,
    );
    expect(runbook).toMatchObject({
      title: 'Error spike',
      url: 'https://github.com/acme/crm/blob/main/runbooks/spike.md',
      editUrl: 'https://github.com/acme/crm/edit/main/runbooks/spike.md',
      path: 'spike.md',
      trust: { runs: 0, helped: 0 },
    });
    expect(runbook.variables.map(({ name, value }) => [name, value])).toEqual([
      ['APP', 'web'],
      ['SINCE', undefined],
    ]);
    expect(runbook.steps[0].commands[0].unresolved).toEqual(['SINCE']);
    expect(runbook.problems.map(({ code }) => code)).toEqual([
      'never-tested',
      'no-command-or-result',
    ]);
    expect(runbook.sourceProblem).toBeUndefined();
    const unfilled = runbookSchema.parse((await get('/runbooks/spike')).body);
    expect(unfilled.steps[0].commands[0].unresolved).toEqual(['APP', 'SINCE']);
    const [summary] = (await get('/runbooks')).body.items;
    expect(summary.problems).toBe(runbook.problems.length);
    expect((await get('/runbooks/none')).status).toBe(404);
  });

  it('hides what belongs to entities that the caller may not read', async () => {
    const { get, post } = await start({
      policy: { readable: { [bob]: [api] } },
    });
    const seen = runbookListSchema.parse((await get('/runbooks', bob)).body);
    expect(seen.items.map(({ id }) => id)).toEqual(['anybody', 'slow']);
    expect((await get('/runbooks?q=spike', bob)).body.items).not.toContainEqual(
      expect.objectContaining({ id: 'spike' }),
    );
    for (const path of [
      '/runbooks/spike',
      '/runbooks/spike/images?path=images/graph.png',
      `/runbooks/slow?entityRef=${web}`,
      `/runbooks?entityRef=${web}`,
      `/runbooks/coverage?entityRef=${web}`,
      `/runbook-runs?entityRef=${web}`,
    ]) {
      expect((await get(path, bob)).status).toBe(404);
    }
    expect((await post('/runbooks/spike/runs', {}, bob)).status).toBe(404);
    expect(
      (await post('/runbooks/slow/runs', { entityRef: web }, bob)).status,
    ).toBe(404);

    const run = (await post('/runbooks/anybody/runs', { entityRef: web })).body;
    expect((await get(`/runbook-runs/${run.id}`, bob)).status).toBe(404);
    expect((await get('/runbook-runs', bob)).body.items).toEqual([]);
    expect(
      (await post(`/runbook-runs/${run.id}/take-over`, {}, bob)).status,
    ).toBe(404);
    expect((await get('/runbook-runs')).body.items).toHaveLength(1);
    const coverage = (await get('/runbooks/coverage', bob)).body;
    expect(coverage.items).toEqual([]);
  });

  it('lets several people follow a run without undoing what the other did', async () => {
    const { get, post, patch, auditor } = await start();
    const created = await post(
      '/runbooks/spike/runs',
      { entityRef: 'web' },
      ann,
      'key',
    );
    expect(created.status).toBe(201);
    const run = runbookRunSchema.parse(created.body);
    expect(run).toMatchObject({
      runbookId: 'spike',
      entityRef: web,
      startedBy: ann,
      stepCount: 2,
      settledStepCount: 0,
      currentStep: 0,
      version: 1,
      runbookChanged: false,
    });
    // Sent again, it is the same run.
    const again = await post(
      '/runbooks/spike/runs',
      { entityRef: 'web' },
      ann,
      'key',
    );
    expect(again.body.id).toBe(run.id);

    const path = `/runbook-runs/${run.id}`;
    const done = await patch(`${path}/steps/0`, {
      state: 'done',
      note: 'one kind',
      version: run.version,
    });
    expect(runbookRunSchema.parse(done.body)).toMatchObject({
      settledStepCount: 1,
      currentStep: 1,
      version: 2,
    });
    // Bob looked before that: his word on the same step is refused, on another it counts.
    const refused = await patch(
      `${path}/steps/0`,
      { state: 'failed', version: run.version },
      bob,
    );
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('Somebody else');
    const other = await patch(
      `${path}/steps/1`,
      { state: 'skipped', version: run.version },
      bob,
    );
    expect(runbookRunSchema.parse(other.body).steps).toEqual([
      expect.objectContaining({ state: 'done', note: 'one kind', by: ann }),
      expect.objectContaining({ state: 'skipped', by: bob }),
    ]);
    // A word without a note leaves the note; an empty one takes it away.
    const failed = await patch(`${path}/steps/0`, { state: 'failed' }, bob);
    expect(failed.body.steps[0]).toMatchObject({ note: 'one kind', by: bob });
    const bare = await patch(`${path}/steps/0`, { state: 'todo', note: '' });
    expect(bare.body.steps[0].note).toBeUndefined();
    expect(bare.body).toMatchObject({ settledStepCount: 1, currentStep: 0 });

    const taken = await post(`${path}/take-over`, {}, bob);
    expect(taken.body).toMatchObject({ takenOverBy: bob });
    const finished = await post(`${path}/finish`, { outcome: 'worked' }, bob);
    expect(finished.body).toMatchObject({ outcome: 'worked', finishedBy: bob });
    for (const late of [
      await post(`${path}/finish`, { outcome: 'partly' }),
      await post(`${path}/take-over`),
      await patch(`${path}/steps/0`, { state: 'done' }),
    ]) {
      expect(late.status).toBe(409);
    }
    expect((await get(path)).body.outcome).toBe('worked');

    // A run that worked counts as a test.
    const runbook = runbookSchema.parse((await get('/runbooks/spike')).body);
    expect(runbook).toMatchObject({
      freshness: 'fresh',
      trust: { runs: 1, helped: 1, lastUsed: { runId: run.id, by: bob } },
    });
    const events = auditor.createEvent.mock.calls.map(
      ([event]) => event.eventId,
    );
    expect(new Set(events)).toEqual(
      new Set([
        'runbook-run-start',
        'runbook-run-step',
        'runbook-run-take-over',
        'runbook-run-finish',
      ]),
    );
  });

  it('keeps the steps of a run whatever becomes of the text', async () => {
    const { get, post, patch, repository, run: runTask } = await start();
    const { id } = (await post('/runbooks/spike/runs')).body;
    repository.files = {
      ...files,
      'spike.md': '---\nid: spike\n---\n# Other\n',
    };
    fakeClock(Date.now() + 11 * 60_000);
    try {
      await runTask('read-runbooks');
      const run = runbookRunSchema.parse(
        (await get(`/runbook-runs/${id}`)).body,
      );
      expect(run).toMatchObject({ title: 'Error spike', runbookChanged: true });
      expect(run.steps).toHaveLength(2);
      expect((await get('/runbooks/spike')).body.title).toBe('Other');
      repository.files = {};
      jest.setSystemTime(Date.now() + 11 * 60_000);
      await runTask('read-runbooks');
      expect((await get('/runbooks/spike')).status).toBe(404);
      const step = await patch(`/runbook-runs/${id}/steps/1`, {
        state: 'done',
      });
      expect(step.status).toBe(200);
    } finally {
      jest.useRealTimers();
    }
  });

  it('lists runs by what they are of, the last one first', async () => {
    const { get, post } = await start();
    const ids: string[] = [];
    for (const runbook of ['spike', 'spike', 'slow']) {
      ids.push(
        (await post(`/runbooks/${runbook}/runs`, { entityRef: web })).body.id,
      );
    }
    await post(`/runbook-runs/${ids[0]}/finish`, { outcome: 'did-not-help' });
    const idsOf = async (query: string) =>
      runbookRunListSchema
        .parse((await get(`/runbook-runs?${query}`)).body)
        .items.map(({ id }) => id)
        .sort();
    await expect(idsOf(`entityRef=${web}`)).resolves.toEqual([...ids].sort());
    await expect(idsOf('runbookId=slow')).resolves.toEqual([ids[2]]);
    await expect(idsOf('state=finished')).resolves.toEqual([ids[0]]);
    await expect(idsOf('state=running&runbookId=spike')).resolves.toEqual([
      ids[1],
    ]);
    await expect(idsOf('incidentId=none')).resolves.toEqual([]);
    const seen: string[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const query: string = cursor ? `&cursor=${cursor}` : '';
      const page = (await get(`/runbook-runs?limit=1${query}`)).body;
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.nextCursor;
    }
    expect([...seen].sort()).toEqual([...ids].sort());
    expect((await get('/runbook-runs?cursor=x')).status).toBe(400);
  });

  it('refuses what it cannot read, and what nobody keeps yet', async () => {
    const { post, patch } = await start();
    const { id } = (await post('/runbooks/spike/runs')).body;
    const incident = await post('/runbooks/spike/runs', { incidentId: 'one' });
    expect(incident.status).toBe(400);
    expect(incident.body.error.message).toContain('"incidentId"');
    for (const answer of [
      await post('/runbooks/spike/runs', { entityRef: '' }),
      await patch(`/runbook-runs/${id}/steps/0`, { state: 'maybe' }),
      await patch(`/runbook-runs/${id}/steps/0`, {
        state: 'done',
        note: 'a\0',
      }),
      await patch(`/runbook-runs/${id}/steps/x`, { state: 'done' }),
      await post(`/runbook-runs/${id}/finish`, { outcome: 'yes' }),
    ]) {
      expect(answer.status).toBe(400);
    }
    expect(
      (await patch(`/runbook-runs/${id}/steps/9`, { state: 'done' })).status,
    ).toBe(404);
    expect((await post('/runbook-runs/none/take-over')).status).toBe(404);
  });

  it('needs the permissions, and a caller who is signed in', async () => {
    const read = await start({
      policy: { denied: ['observability.runbook.read'] },
    });
    for (const path of [
      '/runbooks',
      '/runbooks/coverage',
      '/runbooks/spike',
      '/runbooks/spike/images?path=images/graph.png',
      '/runbook-runs',
    ]) {
      expect((await read.get(path)).status).toBe(403);
    }
    expect(
      (
        await request(read.server)
          .get(`${root}/runbooks`)
          .set('Authorization', mockCredentials.none.header())
      ).status,
    ).toBe(401);
    const report = await read.get('/entities/component/default/web/report');
    expect(report.body).toMatchObject({ runbooks: [], uncovered: [] });

    const write = await start({
      policy: { denied: ['observability.runbook.run'] },
    });
    const denied = await write.post('/runbooks/spike/runs');
    expect(denied.status).toBe(403);
    expect(denied.body.error.message).toContain('observability.runbook.run');
  });

  it('shows images that the text shows, and of these only pictures', async () => {
    const { get } = await start();
    const image = await get('/runbooks/spike/images?path=images/graph.png');
    expect(image.status).toBe(200);
    expect(image.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline; filename="image.png"',
    });
    expect(image.body).toEqual(PNG);
    for (const path of [
      'images/drawing.svg',
      'spike.md',
      'images/other.png',
      '../../../../other/secret/blob/main/images/graph.png',
    ]) {
      const answer = await get(
        `/runbooks/spike/images?path=${encodeURIComponent(path)}`,
      );
      expect(answer.status).toBe(404);
    }
    expect((await get('/runbooks/spike/images')).status).toBe(400);
  });

  it('tells in the report which runbook answers what is wrong, and what none answers', async () => {
    const { get, repository, run } = await start();
    const path = '/entities/component/default/web/report';
    const report = (await get(path)).body;
    expect(report.status).toBe('critical');
    expect(report.runbooks[0]).toMatchObject({
      id: 'spike',
      match: { by: 'alert', why: [{ part: 'alert', term: 'errors.count' }] },
    });
    expect(report.uncovered).toEqual([]);
    repository.files = { 'slow.md': files['slow.md'] };
    fakeClock(Date.now() + 11 * 60_000);
    try {
      await run('read-runbooks');
      const bare = (await get(path)).body;
      expect(bare).toMatchObject({ runbooks: [], uncovered: ['errors.count'] });
    } finally {
      jest.useRealTimers();
    }
  });

  it('counts which alerts of which services have a runbook, by team and day', async () => {
    const { get, post, run } = await start();
    const path = `/runbooks/coverage?entityRef=${web}`;
    const before = coverageReportSchema.parse((await get(path)).body);
    const spike = before.items.find(({ metric }) => metric === 'errors.count');
    expect(spike).toMatchObject({
      alert: 'ErrorRateSpike',
      entityTitle: 'Web',
      owner: 'group:default/crm',
      state: 'never-tested',
      runbook: { id: 'spike', stepCount: 2 },
    });
    expect(before.counts).toMatchObject({ ok: 0, 'never-tested': 1 });
    expect(before.counts.missing).toBe(before.items.length - 1);
    expect(before.items[0].state).toBe('missing');
    expect(before.owners).toEqual([
      { owner: 'group:default/crm', counts: before.counts },
    ]);
    expect(before.trend).toEqual([]);

    const { id } = (await post('/runbooks/spike/runs')).body;
    await post(`/runbook-runs/${id}/finish`, { outcome: 'worked' });
    await run('record-runbook-coverage');
    await run('record-runbook-coverage');
    const after = coverageReportSchema.parse((await get(path)).body);
    expect(after.counts.ok).toBe(1);
    expect(after.trend).toEqual([
      {
        date: new Date().toISOString().slice(0, 10),
        ok: 1,
        total: before.items.length,
      },
    ]);
    const narrowed = (await get(`${path}&state=ok&limit=1`)).body;
    expect(narrowed.items).toHaveLength(1);
    expect(narrowed.counts).toEqual(after.counts);
    expect(
      (await get('/runbooks/coverage?owner=group:default/x')).body.items,
    ).toEqual([]);
  });

  it('says on the entity what its metadata name and nobody can read', async () => {
    const { get, repository, run } = await start({
      entities: [
        testEntity(web, {
          annotations: {
            'watchkeeper.io/runbooks':
              'dir:./docs, https://github.com/acme/gone/tree/main/docs/',
          },
        }),
      ],
    });
    const path = '/entities/component/default/web/report';
    expect((await get(path)).body.misconfigurations).toEqual([
      {
        annotation: 'watchkeeper.io/runbooks',
        message: expect.stringContaining('"dir:./docs" needs an entity'),
      },
    ]);
    repository.failure = new Error('no');
    fakeClock(Date.now() + 11 * 60_000);
    try {
      await run('read-runbooks');
      const list = runbookListSchema.parse((await get('/runbooks')).body);
      expect(list.items).not.toEqual([]);
      expect(list.failingSources.map(({ location }) => location)).toContain(
        folder,
      );
    } finally {
      jest.useRealTimers();
    }
  });
});
