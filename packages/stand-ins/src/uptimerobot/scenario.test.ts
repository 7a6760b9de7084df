import {
  API,
  DATABASE,
  DAY,
  HOMEPAGE,
  MINUTE,
  START,
  startForTest,
} from './__testUtils__/client';

let started: Awaited<ReturnType<typeof startForTest>>;
beforeEach(async () => {
  started = await startForTest();
});
afterEach(() => started.standIn.close());

describe('what both generations say', () => {
  it('tells of the four monitors of the demo, API Health being down', async () => {
    const newer = await started.v3('/monitors');
    const older = await started.v2('getMonitors', {
      ssl: '1',
      alert_contacts: '1',
      logs: '1',
    });
    const shown = newer.body.data.map((one: Record<string, unknown>) => [
      one.id,
      one.friendlyName,
      one.status,
      one.interval,
    ]);
    expect(shown).toEqual([
      [HOMEPAGE, 'Homepage', 'UP', 300],
      [API, 'API Health', 'DOWN', 300],
      [DATABASE, 'Database Connection', 'UP', 600],
      [777749804, 'Email Service', 'UP', 1800],
    ]);
    expect(
      older.body.monitors.map(({ status }: { status: number }) => status),
    ).toEqual([2, 9, 2, 2]);
    const [, down] = newer.body.data;
    expect(down).toMatchObject({
      currentStateDuration: 420,
      lastIncident: {
        status: 'ONGOING',
        cause: 500,
        startedAt: '2026-11-22T13:34:00.000Z',
        duration: null,
      },
    });
    const [, downThere] = older.body.monitors;
    expect(downThere.logs[0]).toMatchObject({
      type: 1,
      datetime: START.getTime() / 1000 - 420,
      duration: 420,
      reason: { code: 500, detail: 'Internal Server Error' },
    });
    expect(downThere.ssl.expires * 1000).toBe(
      Date.parse(down.sslExpiryDateTime),
    );
    const thresholds = (list: { threshold: number }[]) =>
      list.map(({ threshold }) => threshold);
    expect(thresholds(down.assignedAlertContacts)).toEqual([9, 1]);
    expect(thresholds(downThere.alert_contacts)).toEqual([9, 1]);
  });

  it('tells of the same outages: incidents, log, seconds and percentages', async () => {
    const { body: incidents } = await started.v3(
      `/incidents?monitor_id=${API}`,
    );
    const {
      body: {
        monitors: [monitor],
      },
    } = await started.v2('getMonitors', {
      monitors: String(API),
      logs: '1',
      log_types: '1',
      custom_uptime_ratios: '7-90',
      custom_down_durations: '1',
      all_time_uptime_durations: '1',
    });
    expect(
      incidents.data.map((one: { startedAt: string; duration: number }) => [
        Date.parse(one.startedAt) / 1000,
        one.duration ?? 420,
      ]),
    ).toEqual(
      monitor.logs.map((log: { datetime: number; duration: number }) => [
        log.datetime,
        log.duration,
      ]),
    );
    expect(incidents.data).toHaveLength(5);
    expect(monitor.custom_down_durations).toBe(
      `${(7 + 38) * 60}-${(7 + 38 + 11 + 4 + 22) * 60}`,
    );
    expect(monitor.all_time_uptime_durations).toMatch(
      new RegExp(`^\\d+-${82 * 60}-0$`),
    );
    const from = new Date(START.getTime() - 7 * DAY).toISOString();
    const { body: stats } = await started.v3(
      `/monitors/${API}/stats/uptime?from=${from}`,
    );
    expect(stats).toMatchObject({
      total_downtime_seconds: 45 * 60,
      incident_count: 2,
    });
    expect(stats.uptime).toBeCloseTo(100 * (1 - 45 / (7 * 24 * 60)), 3);
    expect(monitor.custom_uptime_ratio.split('-')[0]).toBe(
      stats.uptime.toFixed(3),
    );
  });

  it('tells of the same response times, none of them while a monitor is down', async () => {
    const {
      body: {
        monitors: [monitor],
      },
    } = await started.v2('getMonitors', {
      monitors: String(API),
      response_times: '1',
    });
    const { body: stats } = await started.v3(
      `/monitors/${API}/stats/response-time?includeTimeSeries=true`,
    );
    expect(
      monitor.response_times.map(
        ({ datetime, value }: { datetime: number; value: number }) => ({
          timestamp: new Date(datetime * 1000).toISOString(),
          value,
        }),
      ),
    ).toEqual([...stats.time_series].reverse());
    const newest = monitor.response_times[0].datetime * 1000;
    expect(newest).toBeLessThan(START.getTime() - 7 * MINUTE);
    expect(newest).toBeGreaterThan(START.getTime() - 13 * MINUTE);
    // A check each five minutes of a day, but for the last seven and a half.
    expect(stats.data_points).toBeGreaterThanOrEqual(286);
    expect(stats.data_points).toBeLessThanOrEqual(287);
  });

  it('keeps its past while the clock and the scenario go on', async () => {
    const until = `started_before=${START.toISOString()}`;
    const identities = async () =>
      (await started.v3(`/incidents?${until}`)).body.data.map(
        ({ id, startedAt }: Record<string, string>) => [id, startedAt],
      );
    const before = await identities();
    started.standIn.control.clock.advance(20 * MINUTE);
    started.standIn.control.changeScenario({ monitor: API, state: 'up' });
    started.standIn.control.changeScenario({
      monitor: 'Homepage',
      state: 'down',
      reason: 'Bad Gateway',
      cause: 502,
    });
    started.standIn.control.clock.advance(3 * MINUTE);
    expect(await identities()).toEqual(before);
    const after = `started_after=${START.toISOString()}`;
    expect((await started.v3(`/incidents?${after}`)).body.data).toEqual([
      expect.objectContaining({
        status: 'ONGOING',
        reason: 'Bad Gateway',
        monitor: { id: HOMEPAGE, friendlyName: 'Homepage' },
        startedAt: '2026-11-22T14:01:00.000Z',
        resolvedAt: null,
      }),
    ]);
    const ended = await started.v3(`/incidents/${before[0][0]}`);
    expect(ended.body).toMatchObject({ status: 'RESOLVED', duration: 27 * 60 });
  });

  it('lets API Health recover by itself, as its script says', async () => {
    started.standIn.control.clock.advance(51 * MINUTE);
    const { body } = await started.v3('/monitors?status=down,looks_down');
    expect(body.data).toEqual([]);
  });

  it.each([
    ['up', 'UP', 2],
    ['down', 'DOWN', 9],
    ['paused', 'PAUSED', 0],
    ['seems-down', 'LOOKS_DOWN', 8],
    ['started', 'STARTED', 1],
  ] as const)('shows a monitor that is %s', async (state, newer, older) => {
    started.standIn.control.changeScenario({ monitor: DATABASE, state });
    expect((await started.v3(`/monitors/${DATABASE}`)).body.status).toBe(newer);
    const { body } = await started.v2('getMonitors', {
      statuses: String(older),
      monitors: String(DATABASE),
    });
    expect(body.pagination.total).toBe(1);
  });

  it('pauses monitors while a maintenance window runs, each week anew', async () => {
    const { body: windows } = await started.v3('/maintenance-windows');
    const { body: older } = await started.v2('getMWindows');
    expect(windows.data).toEqual([
      expect.objectContaining({
        interval: 'weekly',
        time: '03:41:00',
        days: [4],
        duration: 45,
        monitorIds: [DATABASE],
        status: 'active',
      }),
    ]);
    expect(older.mwindows).toEqual([
      expect.objectContaining({
        type: 3,
        start_time: '03:41',
        value: '4',
        duration: 45,
        status: 1,
      }),
    ]);
    const statusAt = async (text: string) => {
      started.standIn.control.clock.set(new Date(text));
      return (await started.v3(`/monitors/${DATABASE}`)).body.status;
    };
    expect(await statusAt('2026-11-26T03:40:59Z')).toBe('UP');
    expect(await statusAt('2026-11-26T03:41:00Z')).toBe('PAUSED');
    expect(await statusAt('2026-11-26T04:26:00Z')).toBe('UP');
    expect(await statusAt('2026-12-03T04:00:00Z')).toBe('PAUSED');

    started.standIn.control.startMaintenance({
      monitors: ['Homepage'],
      minutes: 10,
    });
    const homepage = async () =>
      (await started.v3(`/monitors/${HOMEPAGE}`)).body.status;
    expect(await homepage()).toBe('PAUSED');
    started.standIn.control.clock.advance(10 * MINUTE);
    expect(await homepage()).toBe('UP');
    const { body } = await started.v2('getMonitors', {
      monitors: String(HOMEPAGE),
      logs: '1',
      logs_limit: '2',
    });
    expect(body.monitors[0].logs).toMatchObject([
      { type: 98 },
      { type: 99, duration: 600 },
    ]);
  });
});
