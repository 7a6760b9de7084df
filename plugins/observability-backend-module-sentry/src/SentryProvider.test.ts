import { signalSchema } from '@watchkeeper/backstage-plugin-observability-common';
import {
  SentryMode,
  SentryStandIn,
  visionCrmSentryWorld,
} from '@watchkeeper/stand-ins';
import {
  createProvider,
  CycleResults,
  CycleRunner,
  startSentry,
  stopAll,
} from './__testUtils__/harness';
import { acmeWorld } from './__testUtils__/world';

jest.setTimeout(300_000);

afterEach(stopAll);

/** Paths below the organisation, with the data set where there is one. */
function askedOf(standIn: SentryStandIn): string[] {
  return standIn.control.requests().map(({ path, query }) => {
    const [, name] = /organizations\/[^/]+\/(.+)\/$/.exec(path)!;
    return query.dataset ? `${name}:${query.dataset}` : name;
  });
}

/** Every reading can be stored, evaluated and drawn. */
function expectValid(results: CycleResults): void {
  for (const { results: entries } of results.all) {
    for (const entry of entries) {
      if ('error' in entry) continue;
      const shape = signalSchema.options.find(
        option => option.shape.kind.value === entry.kind,
      );
      const data = JSON.parse(JSON.stringify(entry.data ?? null));
      if (data) expect(shape?.shape.data.safeParse(data).error).toBe(undefined);
      expect(JSON.stringify(entry)).not.toContain('\u0000');
    }
  }
}

describe.each<[SentryMode, string[]]>([
  ['saas', ['events:spans', 'events-timeseries:spans']],
  ['self-hosted', ['events:spans', 'events-timeseries:spans']],
  ['self-hosted-old', ['events:discover', 'events-stats:discover']],
])('from %s', (mode, remembered) => {
  it('reads what the team of the guide would look for in Sentry', async () => {
    const { standIn, clock } = await startSentry({
      mode,
      world: visionCrmSentryWorld(),
    });
    const team = new CycleRunner(
      createProvider(standIn.url, { organization: 'visioncrm' }),
    );
    const api = 'visioncrm/visioncrm-api';
    const worker = 'visioncrm/visioncrm-worker';
    const results = await team.run({
      keys: [api, worker],
      now: clock.now(),
    });
    expectValid(results);

    const errors = results.reading(api, 'errors');
    const { issues, trend, events, previousEvents, users } = errors.data!;
    expect(events).toBeGreaterThan(previousEvents);
    expect(users).toBeGreaterThan(0);
    expect(trend).toHaveLength(24);
    expect(
      trend.reduce((sum, { count }) => sum + count, 0),
    ).toBeLessThanOrEqual(events);
    expect(issues.length).toBeGreaterThan(5);
    const frequencies = issues.map(issue => issue.events);
    expect(frequencies).toEqual([...frequencies].sort((a, b) => b - a));
    expect(errors.data?.unresolvedIssues).toBe(issues.length);
    const rate = errors.measurements.find(
      ({ metric }) => metric === 'errors.rate',
    );
    // Also where Sentry only has the tenth of requests that was sampled.
    expect(rate?.value).toBeCloseTo(0.02, 2);
    expect(rate?.count).toBeGreaterThan(1500);
    expect(rate?.count).toBeLessThan(2000);

    const performance = results.reading(api, 'performance');
    expect(performance.measurements).toEqual([
      expect.objectContaining({ metric: 'performance.p95Ms' }),
    ]);
    expect(performance.measurements[0].value).toBeGreaterThan(1000);
    expect(performance.data).toMatchObject({
      window: '5m',
      transactionScope: 'http.server',
      transactions: expect.arrayContaining([
        expect.objectContaining({ name: 'POST /api/quotes' }),
      ]),
      slowQueries: expect.arrayContaining([
        expect.objectContaining({ title: 'Slow query: Contact.findMany' }),
      ]),
    });
    expect(performance.data?.transactions).toHaveLength(10);
    expect(performance.data?.trend).toHaveLength(24);
    expect(performance.data?.previousThroughputPerMinute).toBeGreaterThan(1);
    expect(performance.samples?.map(({ metric }) => metric)).toEqual([
      'performance.throughputPerMinute',
      'performance.p95Ms',
      'performance.failureRate',
    ]);

    const releases = results.reading(api, 'releases');
    const [newest, before] = releases.data!.releases;
    expect(newest).toMatchObject({
      verdict: 'roll-back',
      newIssues: 7,
      comparison: { metric: 'errors-per-session' },
      crashFreeSessions: expect.any(Number),
      adoption: expect.any(Number),
    });
    expect(before.verdict).toBe('healthy');
    const subject = { id: newest.version, name: newest.version };
    expect(releases.measurements).toEqual([
      { metric: 'releases.newIssues', subject, value: 7 },
      {
        metric: 'releases.regression',
        subject,
        value: newest.comparison?.ratio,
        count: expect.any(Number),
      },
    ]);

    expect(results.reading(worker, 'performance').data).toMatchObject({
      transactionScope: 'all',
      transactions: expect.arrayContaining([
        expect.objectContaining({ name: 'sendInvoiceReminders' }),
      ]),
    });
    const [release] = results.reading(worker, 'releases').data!.releases;
    expect(release).toMatchObject({
      verdict: 'healthy',
      comparison: { metric: 'errors-per-request' },
    });
    expect(release.crashFreeSessions).toBe(undefined);

    // What this Sentry does not know is asked once a day, not in every cycle.
    standIn.control.clearRequests();
    clock.advance(60_000);
    const keys = [api, worker];
    await team.run({ keys, now: clock.now(), requested: keys });
    const asked = askedOf(standIn);
    const numeric = standIn.control
      .requests()
      .flatMap(({ query }) => query.project ?? []);
    expect(numeric.every(project => /^-?\d+$/.test(project))).toBe(true);
    expect(standIn.control.requestCounts().byStatus).toEqual({
      200: asked.length,
    });
    expect(asked).toEqual(expect.arrayContaining(remembered));

    clock.advance(24 * 3_600_000);
    standIn.control.clearRequests();
    await team.run({ keys, now: clock.now() });
    expect(askedOf(standIn)).toContain('events:spans');
  });
});

describe('kinds are independent', () => {
  const keys = ['acme/shop'];

  it.each([
    ['errors', ['org:read', 'project:read'], /scope event:read/],
    ['releases', ['org:read', 'event:read'], /scope project:read/],
  ] as const)(
    'a token that may not read %s still reads the others',
    async (kind, scopes, message) => {
      const { standIn, clock } = await startSentry({
        tokens: [{ token: 'narrow', scopes: [...scopes] }],
      });
      const runner = new CycleRunner(
        createProvider(standIn.url, { token: 'narrow' }),
      );
      const results = await runner.run({ keys, now: clock.now() });
      const { code, message: told } = results.failure('acme/shop', kind);
      expect(code).toBe('forbidden');
      expect(told).toMatch(message);
      expect(told).toContain('observability.sentry.instances[0].token');
      expect(
        results
          .of('acme/shop')
          .results.filter(result => 'error' in result)
          .map(result => result.kind),
      ).toEqual([kind]);
    },
  );

  it('without spans the rate comes from outcomes, and releases keep their verdict', async () => {
    const { standIn, clock, runner } = await startSentry();
    const good = await runner.run({ keys, now: clock.now() });
    standIn.control.addFault({
      match: { path: /dataset=(spans|discover)/ },
      fault: { kind: 'status', status: 403 },
    });
    clock.advance(60_000);
    const results = await runner.run({
      keys,
      now: clock.now(),
      requested: keys,
    });
    expect(results.failure('acme/shop', 'performance').code).toBe('forbidden');
    const rateOf = (of: CycleResults) =>
      of
        .reading('acme/shop', 'errors')
        .measurements.find(({ metric }) => metric === 'errors.rate');
    expect(rateOf(results)?.value).toBeGreaterThan(0);
    const change = Number(rateOf(results)?.count) / Number(rateOf(good)?.count);
    expect(change).toBeGreaterThan(0.9);
    expect(change).toBeLessThan(1.1);
    expect(
      results.reading('acme/shop', 'releases').data?.releases[0].comparison
        ?.metric,
    ).toBe('errors-per-session');

    standIn.control.clearFaults();
    clock.advance(60_000);
    const recovered = await runner.run({ keys, now: clock.now() });
    expect(
      recovered.reading('acme/shop', 'performance').data?.p95Ms,
    ).toBeGreaterThan(100);
  });

  it('without any request counts there is no rate, and no zero in its place', async () => {
    const { standIn, clock, runner } = await startSentry();
    standIn.control.addFault({
      match: { path: /dataset=(spans|discover)|stats_v2/ },
      fault: { kind: 'status', status: 403 },
    });
    const results = await runner.run({ keys, now: clock.now() });
    const { data, measurements } = results.reading('acme/shop', 'errors');
    expect(measurements.map(({ metric }) => metric)).toEqual(['errors.count']);
    expect(data).not.toHaveProperty('rate', expect.anything());
  });
});

describe('what is not there', () => {
  it('says which project of which organisation is missing, and looks for it again', async () => {
    const without = await startSentry({
      world: acmeWorld({ without: ['jobs'] }),
    });
    const keys = ['acme/shop', 'acme/jobs'];
    const first = await without.runner.run({ keys, now: without.clock.now() });
    for (const kind of ['errors', 'performance', 'releases'] as const) {
      expect(first.failure('acme/jobs', kind)).toMatchObject({
        code: 'not-found',
        message: expect.stringMatching(
          /"acme" lists no project "jobs".*sentry\.io\/project-slug/,
        ),
      });
    }
    expect(first.reading('acme/shop', 'errors').data).toBeTruthy();

    const { standIn } = await startSentry({ clock: without.clock });
    without.runner.provider = createProvider(standIn.url);
    without.clock.advance(11 * 60_000);
    const found = await without.runner.run({ keys, now: without.clock.now() });
    expect(found.reading('acme/jobs', 'errors').data).toBeTruthy();
  });

  it('is not confused with other projects: one that was deleted fails alone', async () => {
    const { clock, runner } = await startSentry();
    const keys = ['acme/shop', 'acme/jobs'];
    await runner.run({ keys, now: clock.now() });
    const { standIn } = await startSentry({
      clock,
      world: acmeWorld({ without: ['jobs'] }),
    });
    runner.provider = createProvider(standIn.url);
    clock.advance(11 * 60_000);
    const results = await runner.run({ keys, now: clock.now() });
    expect(results.failure('acme/jobs', 'errors').code).toBe('not-found');
    expect(results.reading('acme/shop', 'errors').measurements).not.toEqual([]);
  });

  it('is no failure of a candidate: another instance may list it', async () => {
    const { clock, runner } = await startSentry();
    const results = await runner.run({
      keys: ['acme/shop', 'acme/elsewhere'],
      candidate: true,
      now: clock.now(),
    });
    expect(results.of('acme/elsewhere')).toMatchObject({
      listed: false,
      results: [],
    });
    expect(results.of('acme/shop').listed).toBe(true);
    expect(results.reading('acme/shop', 'errors').data).toBeTruthy();
  });

  it('is the organisation, when the configuration names another', async () => {
    const { standIn, clock } = await startSentry();
    const runner = new CycleRunner(
      createProvider(standIn.url, { organization: 'amce' }),
    );
    await expect(
      runner.run({ keys: ['amce/shop'], now: clock.now() }),
    ).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(
        /no organisation "amce".*observability\.sentry\.instances\[0\]\.organization/,
      ),
    });
  });

  it('is data of a project that never sent any: nothing is said, least of all zero', async () => {
    const { clock, runner } = await startSentry();
    const results = await runner.run({
      keys: ['acme/silent'],
      now: clock.now(),
    });
    for (const kind of ['errors', 'performance'] as const) {
      const reading = results.reading('acme/silent', kind);
      expect(reading.measurements).toEqual([]);
      expect(reading.data).toBe(undefined);
      expect(reading.samples ?? []).toEqual([]);
    }
    expect(results.reading('acme/silent', 'releases')).toMatchObject({
      data: { releases: [] },
      measurements: [],
    });
  });
});

describe('environments', () => {
  it('limit what is counted, each set by itself', async () => {
    const { standIn, clock, runner } = await startSentry();
    const results = await runner.run({
      keys: [
        'acme/shop',
        'acme/shop@production',
        'acme/shop@staging',
        'acme/shop@nowhere',
      ],
      now: clock.now(),
    });
    const eventsOf = (key: string) =>
      results.reading(key, 'errors').data!.events;
    expect(
      eventsOf('acme/shop@production') + eventsOf('acme/shop@staging'),
    ).toBe(eventsOf('acme/shop'));
    expect(eventsOf('acme/shop@staging')).toBeGreaterThan(0);
    expect(results.failure('acme/shop@nowhere', 'errors')).toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(
        /no environment nowhere.*sentry\.io\/environment/,
      ),
    });
    const url = results.reading('acme/shop@staging', 'errors').url!;
    expect(new URL(url).searchParams.getAll('environment')).toEqual([
      'staging',
    ]);
    expect(standIn.control.requestCounts().byStatus['429']).toBe(undefined);
  });
});

describe('a long list of issues', () => {
  it('is read to its end, though pages may be short, and shown up to a hundred', async () => {
    const { clock, runner } = await startSentry({
      world: acmeWorld({ issues: 131 }),
    });
    const results = await runner.run({
      keys: ['acme/shop', 'acme/jobs'],
      now: clock.now(),
    });
    const { data } = results.reading('acme/shop', 'errors');
    expect(data?.issues).toHaveLength(100);
    expect(data?.unresolvedIssues).toBe(130);
    expect(results.reading('acme/jobs', 'errors').data?.issues).toHaveLength(1);
  });

  it('does not hide the few of a quieter project', async () => {
    const { standIn, clock, runner } = await startSentry({
      world: acmeWorld({ issues: 520 }),
    });
    const results = await runner.run({
      keys: ['acme/shop', 'acme/jobs'],
      now: clock.now(),
    });
    const { data } = results.reading('acme/shop', 'errors');
    expect(data?.issues).toHaveLength(100);
    // More than were read, so nobody knows how many.
    expect(data?.unresolvedIssues).toBe(undefined);
    expect(results.reading('acme/jobs', 'errors').data).toMatchObject({
      unresolvedIssues: 1,
      issues: [expect.objectContaining({ shortId: 'JOBS-1' })],
    });
    const pages = standIn.control
      .requests()
      .filter(({ query }) => query.sort?.includes('freq'));
    expect(pages).toHaveLength(6);
  });
});
