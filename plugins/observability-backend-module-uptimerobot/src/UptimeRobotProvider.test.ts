import {
  largeUptimeRobotMonitorId,
  largeUptimeRobotWorld,
  UPTIMEROBOT_STAND_IN_KEYS,
  UPTIMEROBOT_STAND_IN_SECRETS,
} from '@watchkeeper/stand-ins';
import { readingOf, UptimeRobotBench } from './__testUtils__/harness';

const HOMEPAGE = '777749801';
const API_HEALTH = '777749802';
const DATABASE = '777749803';

describe('UptimeRobotProvider', () => {
  let bench: UptimeRobotBench;
  afterEach(() => bench.standIn.close());

  it('tells what is down since when and why, and what is well', async () => {
    bench = await UptimeRobotBench.start();
    const [result] = await bench.cycle(`${HOMEPAGE}+${API_HEALTH}`);
    const { data, measurements, observedAt, problem } = readingOf(result);

    expect(result.key).toBe(`${HOMEPAGE}+${API_HEALTH}`);
    expect(observedAt.getTime()).toBeGreaterThanOrEqual(
      Date.parse('2026-11-24T13:40:00Z'),
    );
    expect(problem).toBeUndefined();
    expect(data?.monitors).toMatchObject([
      {
        id: HOMEPAGE,
        name: 'Homepage',
        type: 'http',
        state: 'up',
        responseMs: expect.any(Number),
        intervalSeconds: 300,
        downAfterSeconds: 120,
        // Its own interval, what its contacts wait for, and ours.
        detectionSeconds: 300 + 120 + 60,
        certificateExpiresAt: expect.any(String),
      },
      {
        id: API_HEALTH,
        state: 'down',
        since: expect.stringMatching(/^2026-11-24T13:33:0/),
        reason: 'Internal Server Error',
      },
    ]);
    expect(measurements).toMatchObject([
      { metric: 'uptime.state', subject: { id: HOMEPAGE }, value: 'up' },
      { metric: 'uptime.certificateDays', subject: { name: 'Homepage' } },
      {
        metric: 'uptime.state',
        subject: { id: API_HEALTH, name: 'API Health' },
        value: 'down',
        since: new Date(data?.monitors[1].since ?? ''),
      },
      { metric: 'uptime.certificateDays' },
    ]);
  });

  it('is degraded until it has been down for as long as somebody waits to be told', async () => {
    bench = await UptimeRobotBench.start();
    const { control } = bench.standIn;
    const stateNow = async (minutes: number) =>
      readingOf((await bench.cycle(HOMEPAGE, minutes))[0]).measurements[0]
        .value;
    control.changeScenario({ monitor: 'Homepage', state: 'seems-down' });
    expect(await stateNow(0)).toBe('degraded');
    control.changeScenario({ monitor: 'Homepage', state: 'down' });
    expect(await stateNow(1)).toBe('degraded');
    expect(await stateNow(1)).toBe('down');
    control.changeScenario({ monitor: 'Homepage', state: 'up' });
    expect(await stateNow(1)).toBe('up');
  });

  it('measures nothing of what is paused, and says so where that is all', async () => {
    bench = await UptimeRobotBench.start();
    bench.standIn.control.changeScenario({
      monitor: 'Homepage',
      state: 'paused',
    });
    const alone = readingOf((await bench.cycle(HOMEPAGE))[0]);
    expect(alone.data?.monitors[0].state).toBe('paused');
    expect(
      alone.measurements.filter(({ metric }) => metric === 'uptime.state'),
    ).toEqual([{ metric: 'uptime.state', value: 'paused' }]);
    const both = readingOf(
      (await bench.cycle(`${HOMEPAGE}+${DATABASE}`, 1))[0],
    );
    expect(
      both.measurements.filter(({ metric }) => metric === 'uptime.state'),
    ).toMatchObject([{ subject: { id: DATABASE }, value: 'up' }]);
  });

  it('reads the past once, and then what is new', async () => {
    bench = await UptimeRobotBench.start();
    const first = readingOf((await bench.cycle(API_HEALTH))[0]);
    expect(first.history).toMatchObject([
      { monitorId: API_HEALTH, from: new Date('2026-08-26T13:40:00Z') },
    ]);
    const [past] = first.history ?? [];
    expect(past.intervals).toHaveLength(5);
    expect(
      past.intervals.filter(({ endedAt }) => endedAt === undefined),
    ).toMatchObject([{ state: 'down', reason: 'Internal Server Error' }]);

    const quiet = readingOf((await bench.cycle(API_HEALTH, 1))[0]);
    expect(quiet.history).toBeUndefined();
    expect(bench.asked).not.toContain('/v3/incidents');

    bench.standIn.control.changeScenario({
      monitor: 'API Health',
      state: 'up',
    });
    const recovered = readingOf((await bench.cycle(API_HEALTH, 1))[0]);
    expect(bench.asked).toContain('/v3/incidents');
    expect(recovered.history?.[0].intervals.at(-1)).toMatchObject({
      state: 'down',
      endedAt: expect.any(Date),
    });
    expect(
      recovered.history?.[0].intervals.every(({ endedAt }) => endedAt),
    ).toBe(true);
  });

  it('fills the hole of a time in which nobody read', async () => {
    bench = await UptimeRobotBench.start();
    await bench.cycle(HOMEPAGE);
    await bench.cycle(HOMEPAGE, 1);
    const { history } = readingOf((await bench.cycle(HOMEPAGE, 40))[0]);
    expect(history).toMatchObject([{ monitorId: HOMEPAGE, intervals: [] }]);
    expect(history?.[0].from.getTime()).toBeLessThan(
      Date.parse('2026-11-24T13:41:00Z'),
    );
  });

  it('tells response times of the last hour, each with its instant', async () => {
    bench = await UptimeRobotBench.start();
    const { samples = [], data } = readingOf((await bench.cycle(HOMEPAGE))[0]);
    expect(samples.length).toBeGreaterThan(5);
    expect(new Set(samples.map(({ subject }) => subject))).toEqual(
      new Set([HOMEPAGE]),
    );
    const newest = Math.max(...samples.map(({ at }) => at.getTime()));
    expect(data?.monitors[0].responseObservedAt).toBe(
      new Date(newest).toISOString(),
    );
    expect(bench.asked).toEqual([
      '/v3/monitors',
      '/v3/maintenance-windows',
      '/v3/incidents',
      '/v2/getMonitors',
    ]);
  });

  it('reads response times one by one where the older API refuses the key', async () => {
    bench = await UptimeRobotBench.start();
    bench.standIn.control.addFault({
      match: { path: '/v2/' },
      fault: { kind: 'status', status: 403 },
    });
    const { samples = [] } = readingOf((await bench.cycle(HOMEPAGE))[0]);
    expect(samples.length).toBeGreaterThan(0);
    expect(bench.asked).toContain(
      `/v3/monitors/${HOMEPAGE}/stats/response-time`,
    );
    await bench.cycle(HOMEPAGE, 10);
    expect(bench.asked).not.toContain('/v2/getMonitors');
  });

  it.each([
    ['an account without the newer API', 'readOnly', HOMEPAGE],
    ['the key of a single monitor', 'monitor', HOMEPAGE],
  ] as const)('reads %s through the older one', async (_, key, monitor) => {
    bench = await UptimeRobotBench.start({
      v3Keys: 'none',
      apiKey: UPTIMEROBOT_STAND_IN_KEYS[key],
    });
    const reading = readingOf((await bench.cycle(monitor))[0]);
    expect(reading.data?.monitors).toMatchObject([
      {
        id: HOMEPAGE,
        name: 'Homepage',
        state: 'up',
        downAfterSeconds: 120,
        certificateExpiresAt: expect.any(String),
      },
    ]);
    expect(reading.history?.[0].intervals).toMatchObject([
      { state: 'down', reason: 'Bad Gateway' },
      { state: 'down', reason: 'Connection Timeout' },
    ]);
    expect(reading.samples?.length).toBeGreaterThan(5);
    expect(bench.asked).toEqual(['/v3/monitors', '/v2/getMonitors']);
    await bench.cycle(monitor, 1);
    expect(bench.asked).toEqual(['/v2/getMonitors']);
  });

  it('says which key is refused, and where to set it, and never the key', async () => {
    bench = await UptimeRobotBench.start({ apiKey: 'u9-nobody-has-it' });
    const error = await bench.cycle(HOMEPAGE).then(
      () => undefined,
      reason => reason,
    );
    expect(error).toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining(
        'observability.uptimeRobot.instances[0].apiKey',
      ),
    });
    expect(String(error)).not.toContain('u9-nobody');
  });

  it('lets nothing out that is not for others', async () => {
    bench = await UptimeRobotBench.start();
    const text = JSON.stringify(await bench.cycle(DATABASE));
    expect(text).toContain('Database Connection');
    for (const secret of [
      ...Object.values(UPTIMEROBOT_STAND_IN_SECRETS),
      UPTIMEROBOT_STAND_IN_KEYS.readOnly,
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('finds monitors by name and by URL, and says which it does not find', async () => {
    bench = await UptimeRobotBench.start();
    const found = await bench.cycle({
      'backstage.io/uptimerobot': 'email service',
      'backstage.io/uptimerobot-monitor-url':
        'https://app.visioncrm.com/api/health/',
    });
    expect(
      readingOf(found[0])
        .data?.monitors.map(({ name }) => name)
        .sort(),
    ).toEqual(['API Health', 'Email Service']);

    const [partly] = await bench.cycle(`${HOMEPAGE}+1`, 1);
    expect(readingOf(partly)).toMatchObject({
      data: { monitors: [{ id: HOMEPAGE }] },
      problem: {
        code: 'not-found',
        message: expect.stringContaining('lists no monitor 1 for this key'),
      },
    });
    const [none] = await bench.cycle('1', 1);
    expect(none.results).toMatchObject([{ error: { code: 'not-found' } }]);
  });

  it('stays within ten requests a minute with 500 monitors, each read each minute', async () => {
    bench = await UptimeRobotBench.start({
      world: largeUptimeRobotWorld({ monitors: 500 }),
    });
    const annotation = `${largeUptimeRobotMonitorId(
      0,
    )}+${largeUptimeRobotMonitorId(499)}`;
    const lately: number[] = [];
    let read = 0;
    for (let minute = 0; minute < 12; minute += 1) {
      const results = await bench.cycle(annotation, minute === 0 ? 0 : 1);
      read += results.length;
      lately.push(bench.asked.length);
      expect(
        bench.standIn.control.requests().map(({ status }) => status),
      ).not.toContain(429);
    }
    expect(read).toBe(12);
    expect(Math.max(...lately)).toBeLessThanOrEqual(9);
    const { data } = readingOf((await bench.cycle(annotation, 1))[0]);
    for (const { responseObservedAt = '' } of data?.monitors ?? []) {
      const ageMs = bench.now.getTime() - Date.parse(responseObservedAt);
      expect(ageMs).toBeLessThan(12 * 60_000);
    }
  });

  it('goes on in the next minute where the limit cuts a reading short', async () => {
    bench = await UptimeRobotBench.start({
      world: largeUptimeRobotWorld({ monitors: 600 }),
      v3Keys: 'none',
    });
    const annotation = `${largeUptimeRobotMonitorId(0)}`;
    await expect(bench.cycle(annotation)).resolves.toEqual([]);
    expect(bench.asked).toHaveLength(9);
    const results = await bench.cycle(annotation, 1);
    expect(readingOf(results[0]).data?.monitors[0].state).toBe('up');
    expect(
      bench.standIn.control.requests().map(({ status }) => status),
    ).not.toContain(429);
  });
});
