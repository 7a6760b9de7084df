import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  entityHealthListSchema,
  entityReportSchema,
  refreshAnswerSchema,
  seriesListSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import request from 'supertest';
import {
  errorsReading,
  ScriptedProvider,
} from '../__testUtils__/ScriptedProvider';
import { startPlugin, TestPolicy } from '../__testUtils__/startPlugin';
import { testEntity } from '../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const base = '/api/observability/v1/entities';
const web = `${base}/component/default/web`;

const entities = [
  testEntity('component:default/web', {
    title: 'Web',
    ids: 'one, two',
    relations: [
      ['ownedBy', 'group:default/crm'],
      ['partOf', 'system:default/vision'],
      ['dependsOn', 'component:default/api'],
      ['dependsOn', 'component:default/secret'],
    ],
  }),
  testEntity('component:default/api', {
    ids: 'three',
    relations: [['partOf', 'system:default/vision']],
  }),
  testEntity('component:default/secret', {
    ids: 'four',
    relations: [
      ['ownedBy', 'group:default/secret'],
      ['partOf', 'system:default/vision'],
    ],
  }),
  testEntity('system:default/vision'),
  testEntity('user:default/anna'),
];

/** Started, with every vendor read once. */
async function start(policy?: TestPolicy) {
  const auditor = mockServices.auditor.mock();
  const started = await startPlugin({
    entities,
    policy,
    features: [auditor.factory],
  });
  started.provider.values = { one: 60, four: 60 };
  await started.collect();
  const get = (path: string, user?: string) => {
    const sent = request(started.server).get(path);
    return user
      ? sent.set('authorization', mockCredentials.user.header(user))
      : sent;
  };
  const post = (path: string) => request(started.server).post(path);
  return { ...started, auditor, get, post };
}

describe('health routes', () => {
  it('answer with reports, lists and series in their public shapes', async () => {
    const { get } = await start();

    const report = await get(`${web}/report`);
    expect(report.status).toBe(200);
    expect(entityReportSchema.parse(report.body)).toEqual(report.body);
    expect(report.body).toMatchObject({
      entityRef: 'component:default/web',
      status: 'critical',
      signals: [
        {
          id: 'errors:fake:default:one',
          kind: 'errors',
          status: 'critical',
          stale: false,
          data: { events: 60 },
        },
        { id: 'errors:fake:default:two', status: 'ok' },
      ],
      // What it depends on turned critical at the same instant.
      changes: [
        {
          kind: 'transition',
          entityRef: 'component:default/secret',
          title: expect.stringMatching(/^critical: /),
        },
      ],
    });
    expect(report.body).not.toHaveProperty('members');

    const system = await get(`${base}/System/Default/VISION/report`);
    expect(system.body).toMatchObject({
      entityRef: 'system:default/vision',
      status: 'critical',
      signals: [],
    });
    expect(
      system.body.members.map(
        ({ entityRef, status }: { entityRef: string; status: string }) => [
          entityRef,
          status,
        ],
      ),
    ).toEqual([
      ['component:default/secret', 'critical'],
      ['component:default/web', 'critical'],
      ['component:default/api', 'ok'],
    ]);

    // The catalog knows it, the index does not.
    const user = await get(`${base}/user/default/anna/report`);
    expect(user.body).toMatchObject({ status: null, since: null, signals: [] });

    const list = await get(base);
    expect(list.status).toBe(200);
    expect(entityHealthListSchema.parse(list.body)).toEqual(list.body);
    expect(list.body).toMatchObject({
      items: [
        { entityRef: 'component:default/secret', status: 'critical' },
        { entityRef: 'component:default/web', title: 'Web' },
        { entityRef: 'component:default/api', status: 'ok' },
      ],
      totals: { ok: 1, warning: 0, critical: 2, unknown: 0, unconfigured: 0 },
      facets: {
        owners: ['group:default/crm', 'group:default/secret'],
        systems: ['system:default/vision'],
      },
      sources: [
        {
          provider: 'fake',
          instance: 'default',
          targets: 4,
          affectedEntities: 0,
        },
      ],
    });
    expect(list.body).not.toHaveProperty('nextCursor');

    const page = await get(`${base}?limit=1&status=critical,ok`);
    expect(page.body.items).toMatchObject([
      { entityRef: 'component:default/secret' },
    ]);
    const next = await get(
      `${base}?limit=1&status=critical&status=ok&cursor=${page.body.nextCursor}`,
    );
    expect(next.body.items).toMatchObject([
      { entityRef: 'component:default/web' },
    ]);
    const back = await get(
      `${base}?limit=1&cursor=${next.body.previousCursor}`,
    );
    expect(back.body.items).toEqual(page.body.items);

    const series = await get(
      `${web}/series?metric=errors.count&resolution=raw`,
    );
    expect(series.status).toBe(200);
    expect(seriesListSchema.parse(series.body)).toEqual(series.body);
    expect(series.body).toEqual([
      {
        signalId: 'errors:fake:default:one',
        metric: 'errors.count',
        unit: 'count',
        points: [
          { at: expect.any(String), value: 60, min: 60, max: 60, count: 1 },
        ],
      },
      expect.objectContaining({ signalId: 'errors:fake:default:two' }),
    ]);
    for (const narrowed of [
      'signal=errors:fake:default:two',
      'from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00%2B01:00',
    ]) {
      const answer = await get(
        `${web}/series?metric=errors.count&resolution=raw&${narrowed}`,
      );
      expect(answer.status).toBe(200);
      expect(answer.body.length).toBeLessThan(2);
    }
  });

  it('need a signed-in caller', async () => {
    const { server } = await start();
    const statusOf = async (
      method: 'get' | 'post',
      path: string,
      header: string,
    ) => {
      const sent = request(server)[method](path).set('authorization', header);
      return (await sent).status;
    };
    const none = mockCredentials.none.header();
    for (const [method, path] of [
      ['get', base],
      ['get', `${web}/report`],
      ['get', `${web}/series?metric=errors.count`],
      ['post', `${web}/refresh`],
    ] as const) {
      await expect(statusOf(method, path, none)).resolves.toBe(401);
    }
    await expect(
      statusOf('get', `${web}/report`, mockCredentials.service.header()),
    ).resolves.toBe(200);
  });

  it('name the permission that is missing', async () => {
    const { get, post } = await start({
      denied: ['observability.health.read', 'observability.health.refresh'],
    });
    for (const [answer, permission] of [
      [await get(base), 'observability.health.read'],
      [await get(`${web}/report`), 'observability.health.read'],
      [
        await get(`${web}/series?metric=errors.count`),
        'observability.health.read',
      ],
      [await post(`${web}/refresh`), 'observability.health.refresh'],
    ] as const) {
      expect(answer.status).toBe(403);
      expect(answer.body.error).toMatchObject({
        name: 'NotAllowedError',
        message: `This needs the permission ${permission}`,
      });
    }
  });

  it('tell an entity that may not be read from one that is not there by nothing', async () => {
    const { get } = await start({
      readable: { 'user:default/anna': ['component:default/api'] },
    });
    for (const rest of ['report', 'series?metric=errors.count']) {
      const [hidden, unknown] = await Promise.all(
        ['secret', 'nope'].map(name =>
          get(`${base}/component/default/${name}/${rest}`, 'user:default/anna'),
        ),
      );
      expect(hidden.status).toBe(404);
      const text = JSON.stringify(hidden.body).replaceAll('secret', 'nope');
      expect(JSON.parse(text)).toEqual(unknown.body);
    }
  });

  it('count and show only what the caller may read', async () => {
    const { get } = await start({
      readable: {
        'user:default/anna': [
          'component:default/web',
          'component:default/api',
          'system:default/vision',
        ],
      },
    });
    const list = await get(base, 'user:default/anna');
    expect(list.body).toMatchObject({
      items: [
        { entityRef: 'component:default/web' },
        { entityRef: 'component:default/api' },
      ],
      totals: { critical: 1, ok: 1 },
      facets: { owners: ['group:default/crm'] },
      sources: [{ targets: 3 }],
    });
    const report = await get(`${web}/report`, 'user:default/anna');
    expect(report.body).toMatchObject({ status: 'critical', changes: [] });
    const system = await get(
      `${base}/system/default/vision/report`,
      'user:default/anna',
    );
    expect(system.body.members).toHaveLength(2);

    const other = await get(base, 'user:default/ben');
    expect(other.body).toMatchObject({
      totals: { critical: 2 },
      sources: [{ targets: 4 }],
    });
  });

  it('name the parameter that is wrong', async () => {
    const { get } = await start();
    const series = `${web}/series`;
    for (const [path, message] of [
      [`${base}?status=bad`, '"status'],
      [`${base}?limit=0`, '"limit"'],
      [`${base}?limit=201`, '"limit"'],
      [`${base}?limit=many`, '"limit"'],
      [`${base}?q=${'x'.repeat(201)}`, '"q"'],
      [`${base}?q=nul%00`, '"q"'],
      [`${base}?q[a]=b`, '"q"'],
      [`${base}?owner=nul%00`, '"owner"'],
      [`${base}?cursor=garbage`, 'cursor'],
      [series, '"metric"'],
      [`${series}?metric=nope.count`, 'There is no metric "nope.count"'],
      [`${series}?metric=errors.count&resolution=minute`, '"resolution"'],
      [`${series}?metric=errors.count&from=yesterday`, '"from"'],
      [
        `${series}?metric=errors.count&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z`,
        '"from": must be before "to"',
      ],
      [
        `${series}?metric=errors.count&from=2020-01-02T00:00:00Z`,
        'longer than 400 days',
      ],
      [`${base}/component/default/${'x'.repeat(64)}/report`, '"name"'],
      [`${base}/component/default/nul%00/report`, '"name"'],
    ]) {
      const { status, body } = await get(path);
      expect({ path, status }).toEqual({ path, status: 400 });
      expect(body.error.name).toBe('InputError');
      expect(body.error.message).toContain(message);
    }
    const unknown = await get(`${series}?metric=errors.count&signal=nope`);
    expect(unknown.status).toBe(404);
    expect(unknown.body.error.message).toBe(
      'component:default/web has no signal "nope" with the metric errors.count',
    );
  });

  it('answer 304 until something is new', async () => {
    const { get, run, provider } = await start();
    const first = await get(`${web}/report`);
    const etag = first.get('etag')!;
    expect(etag).toMatch(/^W\//);
    expect(first.get('cache-control')).toBe('private, no-cache');

    const again = await get(`${web}/report`).set('if-none-match', etag);
    expect(again.status).toBe(304);
    expect(again.text).toBe('');

    provider.values = { one: 70 };
    await run('collect-fake-default');
    const changed = await get(`${web}/report`).set('if-none-match', etag);
    expect(changed.status).toBe(200);
    expect(changed.get('etag')).not.toBe(etag);
  });

  it('ask the sources of an entity at once, at most once in 30 seconds, and say so to the auditor', async () => {
    const { post, auditor, scheduler, provider, run } = await start();
    scheduler.triggerTask.mockClear();
    const first = await post(`${web}/refresh`);
    expect(first.status).toBe(202);
    expect(refreshAnswerSchema.parse(first.body)).toMatchObject({
      alreadyRequested: false,
    });
    expect(scheduler.triggerTask.mock.calls).toEqual([
      ['observability-collect-fake-default'],
    ]);
    const second = await post(`${web}/refresh`);
    expect(second.status).toBe(202);
    expect(second.body).toMatchObject({ alreadyRequested: true });
    expect(scheduler.triggerTask).toHaveBeenCalledTimes(1);

    await run('collect-fake-default');
    expect(
      provider.requests
        .at(-1)!
        .targets.map(({ key, requested }) => [key, requested]),
    ).toEqual([
      ['one', true],
      ['two', true],
      ['three', false],
      ['four', false],
    ]);

    await post(`${base}/component/default/nope/refresh`).expect(404);
    // Nothing is read of a System, so there is nothing to wait for.
    const system = await post(`${base}/system/default/vision/refresh`);
    expect(system.body).toMatchObject({ alreadyRequested: false });
    expect(scheduler.triggerTask).toHaveBeenCalledTimes(1);

    const events = await Promise.all(
      auditor.createEvent.mock.results.map(({ value }) => value),
    );
    expect(auditor.createEvent.mock.calls[0]).toEqual([
      expect.objectContaining({
        eventId: 'health-refresh',
        severityLevel: 'low',
        meta: { entityRef: 'component:default/web' },
      }),
    ]);
    expect(events.map(event => event.success.mock.calls)).toEqual([
      [[{ meta: { alreadyRequested: false } }]],
      [[{ meta: { alreadyRequested: true } }]],
      [],
      [[{ meta: { alreadyRequested: false } }]],
    ]);
    expect(events[2].fail.mock.calls).toEqual([
      [{ error: expect.objectContaining({ name: 'NotFoundError' }) }],
    ]);
  });

  it('tell a failing source as a problem of its signal, never as an error', async () => {
    const provider = new ScriptedProvider();
    const { server, collect, run } = await startPlugin({
      entities,
      providers: [provider],
    });
    await collect();
    provider.script = async function* script({ targets, now }) {
      yield { key: targets[1].key, results: [errorsReading(now, 0)] };
      throw new Error('socket hang up');
    };
    await expect(run('collect-fake-default')).rejects.toThrow(
      'Could not read fake (default)',
    );
    const { status, body } = await request(server).get(`${web}/report`);
    expect(status).toBe(200);
    expect(body.signals).toMatchObject([
      {
        status: 'ok',
        data: { events: 0 },
        problem: {
          code: 'unavailable',
          message:
            "The Fake module failed on our side; the portal's log says why",
        },
      },
      { status: 'ok' },
    ]);
    expect(body.signals[1]).not.toHaveProperty('problem');
    const list = await request(server).get(base);
    expect(list.body.sources).toMatchObject([
      { problem: { code: 'unavailable' }, affectedEntities: 3 },
    ]);
  });
});
