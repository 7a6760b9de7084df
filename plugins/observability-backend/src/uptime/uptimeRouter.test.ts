import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import {
  entityHealthListSchema,
  entityReportSchema,
  MonitorReading,
  uptimeReportSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  MonitorHistory,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';
import request from 'supertest';
import { fakeClock } from '../__testUtils__/fakeClock';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { startPlugin, TestPolicy } from '../__testUtils__/startPlugin';
import { testEntity } from '../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const base = '/api/observability/v1/entities';
const web = `${base}/component/default/web`;

/** Two services that share a monitor, and one without. */
const entities = [
  testEntity('component:default/web', { ids: 'site, api' }),
  testEntity('component:default/api', { ids: 'api-alone' }),
  testEntity('component:default/plain'),
];

beforeEach(() => fakeClock(new Date('2026-11-24T12:00:00.000Z')));

afterEach(() => {
  jest.useRealTimers();
});

/** The plugin, with a vendor of monitors that is read at the instants of a test. */
async function start(options: { policy?: TestPolicy } = {}) {
  const registry = actionsRegistryServiceMock({
    logger: mockServices.logger.mock(),
  });
  const provider = new ScriptedProvider({ kinds: ['uptime'] });
  const started = await startPlugin({
    entities,
    providers: [provider],
    policy: options.policy,
    features: [
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => registry,
      }),
    ],
  });
  const monitorOf: Record<string, string> = {
    site: '=site',
    api: 'api',
    'api-alone': 'api',
  };

  /** Reads the vendor: what it says of the monitor `api`, the other one is up. */
  async function read(
    time: string,
    api: Partial<MonitorReading> = {},
    history?: MonitorHistory[],
  ) {
    jest.setSystemTime(new Date(`2026-11-${time}Z`));
    provider.script = async function* script({ targets, now }) {
      for (const { key } of targets) {
        const id = monitorOf[key];
        const monitor: MonitorReading = {
          id,
          name: id,
          url: `https://${id}.example.com`,
          type: 'http',
          state: 'up',
          ...(id === 'api' ? api : {}),
        };
        yield {
          key,
          results: [
            {
              kind: 'uptime' as const,
              observedAt: now,
              data: { monitors: [monitor] },
              measurements: [],
              history: id === 'api' ? history : undefined,
            },
          ],
        };
      }
      return undefined;
    };
    await started.collect();
  }

  async function fail(time: string) {
    jest.setSystemTime(new Date(`2026-11-${time}Z`));
    provider.script = async function* script() {
      throw new ProviderError({ code: 'unavailable', message: 'Not there' });
    };
    await expect(started.collect()).rejects.toThrow();
  }

  const get = (path: string, user?: string) => {
    const sent = request(started.server).get(path);
    return user
      ? sent.set('authorization', mockCredentials.user.header(user))
      : sent;
  };
  return { ...started, registry, read, fail, get };
}

/** Up, down for a minute, up, unknown for eight, up; then the vendor tells of another outage. */
async function tellStory({
  read,
}: Pick<Awaited<ReturnType<typeof start>>, 'read'>) {
  await read('24T12:00:00');
  await read('24T12:01:00', { state: 'down', reason: 'HTTP 503' });
  await read('24T12:02:00');
  await read('24T12:10:00');
}

const lateNews: MonitorHistory[] = [
  {
    monitorId: 'api',
    from: new Date('2026-11-22T12:00:00Z'),
    intervals: [
      {
        state: 'down',
        startedAt: new Date('2026-11-24T12:03:00Z'),
        endedAt: new Date('2026-11-24T12:09:00Z'),
        reason: 'Timeout',
      },
    ],
  },
];

describe('the uptime of an entity', () => {
  it('is on its report, from what was seen and what the vendor tells of the past', async () => {
    const started = await start();
    const { read, fail, get } = started;
    const monitorsOf = async (path: string) => {
      const { body, status } = await get(path);
      expect(status).toBe(200);
      expect(entityReportSchema.parse(body)).toEqual(body);
      return entityReportSchema
        .parse(body)
        .signals.flatMap(signal =>
          signal.kind === 'uptime' ? signal.data!.monitors : [],
        );
    };

    await tellStory(started);
    const [site, api] = await monitorsOf(`${web}/report`);
    expect(site).toMatchObject({
      name: '=site',
      uptime: { day: 1, year: 1 },
      uptimeSince: '2026-11-24T12:00:00.000Z',
      outages: [],
    });
    // Twelve minutes less the eight of which nothing is known, one of them down.
    expect(site.days.at(-1)).toMatchObject({ unknownSeconds: 12 * 3600 + 480 });
    expect(api).toMatchObject({
      state: 'up',
      uptime: { day: 0.5 },
      outages: [
        {
          startedAt: '2026-11-24T12:01:00.000Z',
          endedAt: '2026-11-24T12:02:00.000Z',
          reason: 'HTTP 503',
        },
      ],
    });
    expect(api.days).toHaveLength(90);
    // The other service sees the same monitor.
    await expect(
      monitorsOf(`${base}/component/default/api/report`),
    ).resolves.toEqual([api]);

    await read('24T12:12:00', {}, lateNews);
    const [, told] = await monitorsOf(`${web}/report`);
    expect(told).toMatchObject({
      uptime: { day: (24 * 60 - 6) / (24 * 60) },
      uptimeSince: '2026-11-22T12:00:00.000Z',
      outages: [
        {
          startedAt: '2026-11-24T12:03:00.000Z',
          endedAt: '2026-11-24T12:09:00.000Z',
          reason: 'Timeout',
        },
      ],
    });

    await fail('24T13:12:00');
    const { body } = await get(`${web}/report`);
    expect(body.signals[1]).toMatchObject({
      stale: true,
      problem: { code: 'unavailable' },
      data: { monitors: [{ state: 'up' }] },
    });
    expect(body.signals[1].data.monitors[0].days.at(-1)).toMatchObject({
      unknownSeconds: 3600,
      downSeconds: 360,
    });
  });

  it('does not make the report another one before anything new is known', async () => {
    const started = await start();
    await tellStory(started);
    const first = await started.get(`${web}/report`);
    jest.setSystemTime(new Date('2026-11-24T12:10:59Z'));
    const again = await started
      .get(`${web}/report`)
      .set('If-None-Match', first.headers.etag);
    expect(again.status).toBe(304);
  });

  it('is in the list of all services', async () => {
    const started = await start();
    await tellStory(started);
    const { body } = await started.get(base);
    expect(entityHealthListSchema.parse(body)).toEqual(body);
    const uptimeOf = (name: string) =>
      entityHealthListSchema
        .parse(body)
        .items.find(({ entityRef }) => entityRef.endsWith(`/${name}`))?.uptime;
    // What is known of minutes alone is no uptime of 30 days.
    expect(uptimeOf('web')).toEqual({
      days: 30,
      trend: [...new Array(29).fill('none'), 'down'],
      monitors: 2,
      down: 0,
    });
    expect(uptimeOf('api')).toMatchObject({ monitors: 1, down: 0 });
    expect(uptimeOf('plain')).toBeUndefined();
  });

  it('is told to an agent', async () => {
    const started = await start();
    await tellStory(started);
    const { actions } = await started.registry.list();
    const { id, attributes } = actions.find(
      ({ name }) => name === 'get-uptime',
    )!;
    expect(attributes).toEqual({
      readOnly: true,
      idempotent: true,
      destructive: false,
    });
    const { output } = await started.registry.invoke({
      id,
      input: { entityRef: 'api' },
      credentials: mockCredentials.user('user:default/anna'),
    });
    expect(output).toEqual({
      entityRef: 'component:default/api',
      monitors: [
        {
          source: 'fake api-alone',
          name: 'api',
          url: 'https://api.example.com',
          state: 'up',
          observedAt: '2026-11-24T12:10:00.000Z',
          stale: false,
          uptime: { day: 0.5, week: 0.5, month: 0.5, quarter: 0.5, year: 0.5 },
          uptimeSince: '2026-11-24T12:00:00.000Z',
          outages: [expect.objectContaining({ reason: 'HTTP 503' })],
        },
      ],
    });
  });
});

describe('the monthly uptime report', () => {
  it('counts the days of the month, also once they are summed up', async () => {
    const started = await start();
    const { read, run, get } = started;
    await tellStory(started);
    await read('24T12:12:00', {}, lateNews);
    const month = async () => {
      const { body, status } = await get(`${web}/uptime-report?month=2026-11`);
      expect(status).toBe(200);
      expect(uptimeReportSchema.parse(body)).toEqual(body);
      return uptimeReportSchema.parse(body);
    };
    const before = await month();
    expect(before).toMatchObject({
      entityRef: 'component:default/web',
      month: '2026-11',
      generatedAt: '2026-11-24T12:12:00.000Z',
      partial: true,
      monitors: [
        { signalId: 'uptime:fake:default:site', id: '=site', uptime: 1 },
        {
          signalId: 'uptime:fake:default:api',
          id: 'api',
          url: 'https://api.example.com',
          uptime: (48 * 60 + 12 - 6) / (48 * 60 + 12),
          downSeconds: 360,
          maintenanceSeconds: 0,
          pausedSeconds: 0,
          unknownSeconds: 21.5 * 86_400,
          outages: [{ reason: 'Timeout' }],
        },
      ],
    });
    expect(before.monitors[1].days).toHaveLength(24);

    await run('sum-up-uptime');
    await expect(month()).resolves.toEqual(before);

    // Without a month, the current one.
    jest.setSystemTime(new Date('2026-12-01T00:00:00Z'));
    expect((await get(`${web}/uptime-report`)).body).toMatchObject({
      month: '2026-12',
      partial: true,
      monitors: [{ days: [] }, { days: [] }],
    });
    expect(await month()).toMatchObject({ partial: false });
  });

  it('is a file for spreadsheets, in which a name is never a formula', async () => {
    const started = await start();
    await tellStory(started);
    const { headers, status, text } = await started.get(
      `${web}/uptime-report?month=2026-11&format=csv`,
    );
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe(
      'attachment; filename="uptime-web-2026-11.csv"',
    );
    const lines = text.split('\r\n');
    // A line for names, for each day and the month of both monitors, and an end.
    expect(lines).toHaveLength(1 + 2 * 25 + 1);
    expect(lines[0]).toBe(
      'monitor,url,signal,monitor_id,date,uptime,down_seconds,degraded_seconds,maintenance_seconds,paused_seconds,unknown_seconds',
    );
    expect(lines[24]).toBe(
      "'=site,https://=site.example.com,uptime:fake:default:site,'=site,2026-11-24,1.000000,0,0,0,0,43680",
    );
    expect(lines[50]).toBe(
      'api,https://api.example.com,uptime:fake:default:api,api,2026-11,0.500000,60,0,0,0,2030880',
    );
  });

  it('says which month can be asked for', async () => {
    const { get } = await start();
    for (const [query, message] of [
      ['month=2026-13', '"month": write a month of UTC as YYYY-MM'],
      ['month=november', '"month": write a month of UTC as YYYY-MM'],
      ['month=2026-12', '"month": is in the future'],
      ['month=2025-09', '"month": is more than 400 days ago'],
      ['format=pdf', '"format":'],
    ]) {
      const { body, status } = await get(`${web}/uptime-report?${query}`);
      expect([query, status]).toEqual([query, 400]);
      expect(body.error.message).toContain(message);
    }
    expect((await get(`${web}/uptime-report?month=2025-10`)).status).toBe(200);
  });

  it('is only for who may read the entity', async () => {
    const { run, get } = await start({
      policy: { readable: { 'user:default/anna': ['component:default/api'] } },
    });
    await run('index-entities');
    const statusOf = async (name: string) =>
      (
        await get(
          `${base}/component/default/${name}/uptime-report`,
          'user:default/anna',
        )
      ).status;
    await expect(statusOf('api')).resolves.toBe(200);
    await expect(statusOf('web')).resolves.toBe(404);
    await expect(statusOf('nobody')).resolves.toBe(404);

    const { get: denied } = await start({
      policy: { denied: ['observability.health.read'] },
    });
    const { body, status } = await denied(`${web}/uptime-report`);
    expect(status).toBe(403);
    expect(body.error.message).toContain('observability.health.read');
  });

  it('has no monitors where an entity has none', async () => {
    const { run, get } = await start();
    await run('index-entities');
    const { body } = await get(`${base}/component/default/plain/uptime-report`);
    expect(body).toMatchObject({ month: '2026-11', monitors: [] });
  });
});
