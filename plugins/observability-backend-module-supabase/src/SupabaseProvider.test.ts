import {
  largeSupabaseRef,
  largeSupabaseWorld,
  soundSupabaseProject,
  VISION_CRM_SUPABASE_REF as prod,
} from '@watchkeeper/stand-ins';
import {
  MINUTE,
  readingOf,
  startSupabase,
  stopAll,
  valuesOf,
} from './__testUtils__/harness';

const HOUR = 60 * MINUTE;
const staging = 'vcrmstagingjqlwzhpkb';

// Whole cycles over many projects take their time on a busy machine.
jest.setTimeout(120_000);

afterEach(stopAll);

async function startDemo(options: { withKey?: boolean } = {}) {
  const { withKey = true } = options;
  return startSupabase({ references: withKey ? [prod] : [] });
}

describe('a project', () => {
  it('is read whole, its load from the second scrape on', async () => {
    const { runner } = await startDemo();
    const first = await runner.read(prod);
    expect(first.data).not.toHaveProperty('cpu');
    expect(first.data).toMatchObject({
      memory: expect.closeTo(0.71, 1),
      limitations: [
        expect.objectContaining({ area: 'metrics', code: 'pending' }),
      ],
    });
    expect(first.problem).toBeUndefined();

    runner.advance(MINUTE);
    const second = await runner.read(prod);
    expect(second).toEqual({
      kind: 'database',
      observedAt: new Date('2026-11-24T13:41:00Z'),
      url: `https://supabase.com/dashboard/project/${prod}`,
      data: {
        engine: 'PostgreSQL',
        version: '15.8',
        state: 'active',
        cpu: expect.closeTo(0.74, 1),
        memory: expect.closeTo(0.71, 1),
        disk: expect.closeTo(0.62, 5),
        connections: { used: 71, max: 100 },
        cacheHit: expect.closeTo(0.994, 3),
        sizeBytes: expect.any(Number),
        readOnly: false,
        standby: false,
        services: ['db', 'pooler', 'auth', 'rest', 'realtime', 'storage'].map(
          name => ({ name, state: 'healthy' }),
        ),
        slowQueries: [
          expect.objectContaining({
            query: expect.stringContaining('"Quote"."status" = $1'),
            meanMs: 1820,
            maxMs: 6410,
          }),
          expect.objectContaining({ meanMs: 1120, maxMs: 2340 }),
        ],
        backups: {
          lastGoodAt: '2026-11-24T02:40:00.000Z',
          items: ['daily', 'pitr', 'retention', 'recency'].map(check => ({
            check,
            passed: true,
            detail: expect.any(String),
          })),
        },
        advisories: [
          {
            name: 'rls_disabled_in_public',
            level: 'warning',
            title: 'RLS Disabled in Public',
            detail: expect.stringContaining('`public.quote_totals_tmp`'),
            url: expect.stringMatching(/^https:\/\/supabase\.com\//),
          },
        ],
        limitations: [],
      },
      measurements: expect.any(Array),
      samples: expect.any(Array),
    });
    expect(valuesOf(second)).toEqual({
      'database.cpu': expect.closeTo(0.74, 1),
      'database.memory': expect.closeTo(0.71, 1),
      'database.disk': expect.closeTo(0.62, 5),
      'database.connections': 0.71,
      'database.connectionCount': 71,
      'database.slowQueryMs': 1820,
      'database.backup': 'passed',
    });
    expect(second.samples?.map(({ metric }) => metric).sort()).toEqual([
      'database.cacheHit',
      'database.connectionCount',
      'database.connections',
      'database.cpu',
      'database.disk',
      'database.memory',
    ]);
  });

  it('gives no load from counters that began anew, and again from the next', async () => {
    const { runner, standIn } = await startDemo();
    await runner.read(prod);
    runner.advance(MINUTE);
    standIn.control.changeScenario({ project: prod, restart: true });
    runner.advance(MINUTE);
    const restarted = await runner.read(prod);
    expect(restarted.data?.cpu).toBeUndefined();
    expect(valuesOf(restarted)).not.toHaveProperty(['database.cpu']);
    expect(restarted.problem).toBeUndefined();
    runner.advance(MINUTE);
    expect((await runner.read(prod)).data?.cpu).toBeCloseTo(0.74, 1);
  });

  it('keeps its load while somebody asks within seconds', async () => {
    const { runner } = await startDemo();
    await runner.read(prod);
    runner.advance(MINUTE);
    const { data } = await runner.read(prod);
    runner.advance(5000);
    const again = await runner.read(prod, { requested: true });
    expect(again.data?.cpu).toBe(data?.cpu);
    runner.advance(55_000);
    expect((await runner.read(prod)).data?.cpu).toBeCloseTo(0.74, 1);
  });

  it('that is paused says so, is asked nothing, and does not pass for well', async () => {
    const { runner, standIn } = await startDemo();
    const paused = await runner.read(staging);
    expect(paused).toMatchObject({
      data: { state: 'paused', slowQueries: [], limitations: [] },
      measurements: [],
      problem: {
        code: 'misconfigured',
        message: expect.stringMatching(/is paused.*resume it/),
      },
    });
    expect(standIn.control.requestCounts().byPath).toEqual({
      'GET /v1/projects': 1,
    });
    standIn.control.changeScenario({
      project: staging,
      change: { status: 'ACTIVE_HEALTHY' },
    });
    runner.advance(MINUTE);
    const resumed = await runner.read(staging);
    expect(resumed.data?.state).toBe('active');
    expect(resumed.problem).toBeUndefined();
  });

  it('that no instance lists is not found; for a candidate it is another one’s', async () => {
    const { runner } = await startDemo();
    const unknown = 'z'.repeat(20);
    const [{ results }] = await runner.run([unknown]);
    expect(results).toEqual([
      {
        kind: 'database',
        error: expect.objectContaining({
          code: 'not-found',
          message: expect.stringMatching(
            /lists no project z{20}.*instances\[0\]\.accessToken/,
          ),
        }),
      },
    ]);
    expect(await runner.run([unknown], { candidate: true })).toEqual([
      { key: unknown, listed: false, results: [] },
    ]);
    const [known] = await runner.run([prod], { candidate: true });
    expect(known.listed).toBe(true);
  });
});

describe('a part that cannot be read', () => {
  it.each([
    ['the metrics', '/metrics/', 500, 'metrics', 'failed', 'unavailable'],
    [
      'the metrics, refused',
      '/metrics/',
      401,
      'metrics',
      'not-permitted',
      'unauthorized',
    ],
    [
      'slow statements, refused',
      '/read-only',
      403,
      'slow-queries',
      'not-permitted',
      'forbidden',
    ],
    [
      'backups, refused',
      '/backups',
      403,
      'backups',
      'not-permitted',
      'forbidden',
    ],
    ['backups, not in the plan', '/backups', 402, 'backups', 'plan', undefined],
    [
      'an advisor',
      '/advisors/security',
      500,
      'advisories',
      'failed',
      undefined,
    ],
    ['services', '/health', 500, 'services', 'failed', undefined],
  ])(
    '(%s) hides none of the others, and counts where thresholds hang on it',
    async (_, path, status, area, code, problem) => {
      const { runner, standIn } = await startDemo();
      standIn.control.addFault({
        match: { path },
        fault: { kind: 'status', status },
      });
      await runner.read(prod);
      runner.advance(MINUTE);
      const reading = await runner.read(prod);
      expect(reading.problem?.code).toBe(problem);
      expect(
        reading.data?.limitations.map(one => [one.area, one.code]),
      ).toEqual([[area, code]]);
      const values = valuesOf(reading);
      expect({
        metrics: 'database.cpu' in values,
        'slow-queries': 'database.slowQueryMs' in values,
        backups: 'database.backup' in values,
        services: reading.data?.services.length === 6,
        advisories: reading.data?.advisories.length === 1,
        // The API tells the disk where the metrics do not.
        disk: 'database.disk' in values,
      }).toEqual({
        metrics: area !== 'metrics',
        'slow-queries': area !== 'slow-queries',
        backups: area !== 'backups',
        services: area !== 'services',
        advisories: area !== 'advisories',
        disk: true,
      });
    },
  );

  it('keeps what was known, with its age, and is no longer measured', async () => {
    const { runner, standIn } = await startDemo();
    await runner.read(prod);
    runner.advance(MINUTE);
    await runner.read(prod);
    standIn.control.addFault({
      match: { path: /metrics|read-only|backups/ },
      fault: { kind: 'reset' },
    });
    runner.advance(HOUR);
    const reading = await runner.read(prod);
    expect(reading.data).toMatchObject({
      cpu: expect.closeTo(0.74, 1),
      slowQueries: [expect.any(Object), expect.any(Object)],
      backups: { lastGoodAt: '2026-11-24T02:40:00.000Z' },
    });
    for (const area of ['metrics', 'slow-queries', 'backups']) {
      expect(reading.data?.limitations).toContainEqual({
        area,
        code: 'failed',
        message: expect.stringMatching(/what is shown is of 2026-11-24 13:4\d/),
      });
    }
    expect(valuesOf(reading)).toEqual({});
    expect(reading.samples).toEqual([]);
    expect(reading.problem?.code).toBe('unavailable');

    standIn.control.clearFaults();
    runner.advance(MINUTE);
    const back = await runner.read(prod, { requested: true });
    expect(back.problem).toBeUndefined();
    expect(
      back.data?.limitations.filter(({ area }) => area !== 'metrics'),
    ).toEqual([]);
  });

  it('because the extension is missing, says how to enable it and alarms nobody', async () => {
    const { runner, standIn } = await startDemo();
    standIn.control.changeScenario({ change: { hasStatements: false } });
    const { data, problem } = await runner.read(prod);
    expect(data?.limitations).toContainEqual({
      area: 'slow-queries',
      code: 'not-enabled',
      message: expect.stringContaining('pg_stat_statements'),
    });
    expect(problem).toBeUndefined();
  });

  it('because no key is configured, names the setting; the API tells disk and writes', async () => {
    const { runner, standIn } = await startDemo({ withKey: false });
    standIn.control.changeScenario({ change: { readOnly: true } });
    const reading = await runner.read(prod);
    expect(reading.data).toMatchObject({
      disk: expect.closeTo(0.62, 5),
      readOnly: true,
      limitations: [
        {
          area: 'metrics',
          code: 'not-configured',
          message: expect.stringContaining(
            'observability.supabase.instances[0].projects',
          ),
        },
      ],
    });
    expect(valuesOf(reading)).toMatchObject({
      'database.disk': expect.closeTo(0.62, 5),
    });
    expect(reading.problem).toBeUndefined();
    const { byPath } = standIn.control.requestCounts();
    expect(Object.keys(byPath).filter(path => /metrics/.test(path))).toEqual(
      [],
    );
  });

  it('because a family of the metrics is missing, says which, and asks elsewhere', async () => {
    const { runner, standIn } = await startDemo();
    standIn.control.changeScenario({
      change: {
        withoutFamilies: [
          'node_memory_MemAvailable_bytes',
          'max_connections_connection_count',
        ],
      },
    });
    await runner.read(prod);
    runner.advance(MINUTE);
    const reading = await runner.read(prod);
    expect(reading.data?.connections).toEqual({ used: 71, max: 100 });
    expect(reading.data?.limitations).toEqual([
      {
        area: 'metrics',
        code: 'failed',
        message: expect.stringMatching(/nothing readable on memory$/),
      },
    ]);
    expect(reading.problem?.code).toBe('malformed');
    expect(valuesOf(reading)).not.toHaveProperty(['database.memory']);
  });
});

describe('a database that the vendor says is not well', () => {
  it.each([
    ['as a project', { status: 'ACTIVE_UNHEALTHY' }],
    [
      'as a service',
      { services: { db: { status: 'UNHEALTHY', error: 'No' } } },
    ],
  ])('does not pass for well (%s)', async (_, change) => {
    const { runner, standIn } = await startDemo();
    standIn.control.changeScenario({ project: prod, change });
    const { problem } = await runner.read(prod);
    expect(problem).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('not healthy'),
    });
  });
});

describe('what is asked of Supabase', () => {
  it('is, of one project, two requests in a usual minute and each part at its pace', async () => {
    const { runner, standIn } = await startDemo();
    await runner.read(prod);
    standIn.control.clearRequests();
    for (let minute = 0; minute < 60; minute++) {
      runner.advance(MINUTE);
      await runner.read(prod);
    }
    const { byPath } = standIn.control.requestCounts();
    const project = `/v1/projects/${prod}`;
    expect(byPath).toEqual({
      'GET /v1/projects': 60,
      [`GET ${project}/health`]: 60,
      [`POST ${project}/database/query/read-only`]: 12,
      [`GET ${project}/database/backups`]: 1,
      [`GET ${project}/advisors/performance`]: 1,
      [`GET ${project}/advisors/security`]: 1,
      [`GET /metrics/${prod}/customer/v1/privileged/metrics`]: 60,
    });
  });

  it('is, of fifty projects, never more than it allows, and all are read within two cycles', async () => {
    const keys = Array.from({ length: 50 }, (_, index) =>
      largeSupabaseRef(index),
    );
    const { runner, standIn } = await startSupabase({
      world: largeSupabaseWorld({ projects: 50 }),
      references: keys,
    });
    const read = new Set<string>();
    const readUntil: number[] = [];
    let mostRequests = 0;
    for (let minute = 0; minute < 12; minute++) {
      standIn.control.clearRequests();
      const results = await runner.run(keys);
      for (const { key } of results) {
        read.add(key);
        const { data, problem } = readingOf(results, key);
        expect(problem).toBeUndefined();
        expect(data?.backups).toBeDefined();
      }
      readUntil.push(read.size);
      const asked = standIn.control
        .requests()
        .filter(({ path }) => path.startsWith('/v1/'));
      expect(asked.filter(({ status }) => status === 429)).toEqual([]);
      mostRequests = Math.max(mostRequests, asked.length);
      runner.advance(MINUTE);
    }
    expect(readUntil[1]).toBe(50);
    expect(mostRequests).toBeLessThanOrEqual(100);
    // By now everything was read of everybody, and no more is due than usual.
    const results = await runner.run(keys);
    for (const key of keys) {
      expect(readingOf(results, key).data?.limitations).toEqual([]);
    }
  });

  it('goes with the access token to the API alone, with the key to the metrics alone', async () => {
    const { standIn, runner } = await startSupabase({
      references: [prod],
      world: {
        describe: () => [
          soundSupabaseProject({
            ref: prod,
            name: 'x',
            serviceRoleKey: 'another',
          }),
        ],
      },
    });
    const reading = await runner.read(prod);
    // The key of the metrics is refused there, and the API is none the worse.
    const answers = standIn.control
      .requests()
      .map(({ path, status }) => `${path.split('/')[1]} ${status}`);
    expect([...new Set(answers)].sort()).toEqual([
      'metrics 401',
      'v1 200',
      'v1 201',
    ]);
    expect(reading.problem).toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/projects\[0\]\.serviceRoleKey$/),
    });
    expect(JSON.stringify(reading)).not.toMatch(/sb_secret_|sbp_/);
  });
});
