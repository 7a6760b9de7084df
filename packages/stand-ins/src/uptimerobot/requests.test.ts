import {
  largeUptimeRobotMonitorId,
  largeUptimeRobotWorld,
  UPTIMEROBOT_STAND_IN_KEYS as keys,
  type UptimeRobotStandInOptions,
} from '..';
import { API, MINUTE, startForTest } from './__testUtils__/client';

let started: Awaited<ReturnType<typeof startForTest>>;
beforeEach(async () => {
  started = await startForTest();
});
afterEach(() => started.standIn.close());

async function restart(options: UptimeRobotStandInOptions) {
  await started.standIn.close();
  started = await startForTest(options);
}

const pathOf = (nextLink: string) =>
  nextLink.replace(`${started.standIn.url}/v3`, '');

describe('pages', () => {
  const idsOf = (list: { id: number }[]) => list.map(({ id }) => id);
  const all = Array.from({ length: 120 }, (_, index) =>
    largeUptimeRobotMonitorId(index),
  );
  beforeEach(() =>
    restart({ world: largeUptimeRobotWorld({ monitors: 120 }) }),
  );

  it('links to the next page of monitors at the same address, with its conditions', async () => {
    const ids: number[] = [];
    const links: (string | null)[] = [];
    let next: string | undefined = '/monitors?limit=50&status=up';
    while (next) {
      const { body } = await started.v3(next);
      ids.push(...idsOf(body.data));
      links.push(body.nextLink);
      next = body.nextLink && pathOf(body.nextLink);
    }
    expect(ids).toEqual(all);
    const page = `${started.standIn.url}/v3/monitors?limit=50&status=up&cursor=`;
    expect(links).toEqual([`${page}${all[49]}`, `${page}${all[99]}`, null]);
    expect(idsOf((await started.v3('/monitors?limit=200')).body.data)).toEqual(
      all,
    );
    expect((await started.v3('/monitors?limit=201')).status).toBe(400);
  });

  it('gives fifty monitors at most a page in the older generation', async () => {
    const ids: number[] = [];
    for (let offset = 0; offset < 120; offset += 50) {
      const { body } = await started.v2('getMonitors', {
        offset: String(offset),
        limit: '500',
      });
      expect(body.pagination).toEqual({ offset, limit: 50, total: 120 });
      ids.push(...idsOf(body.monitors));
    }
    expect(ids).toEqual(all);
  });

  it('goes on with incidents where a page ended, though new ones began', async () => {
    const world = largeUptimeRobotWorld({ monitors: 400 });
    await restart({ world });
    const expected = world
      .describe()
      .monitors.reduce((sum, { outages }) => sum + outages.length, 0);
    const first = await started.v3('/incidents');
    started.standIn.control.clock.advance(MINUTE);
    started.standIn.control.changeScenario({
      monitor: 'monitor-7',
      state: 'down',
    });
    const second = await started.v3(pathOf(first.body.nextLink));
    const ids = [...idsOf(first.body.data), ...idsOf(second.body.data)];
    expect(ids).toHaveLength(expected);
    expect(new Set(ids).size).toBe(expected);
    expect(second.body.nextLink).toBeNull();
  });
});

describe('what is wrong with a request', () => {
  it.each([
    ['/monitors/1', 404],
    ['/incidents/1', 404],
    ['/monitors?status=ODD', 400],
    ['/incidents?started_after=yesterday', 400],
    [`/monitors/${API}/stats/uptime?from=2026-01-01T00:00:00Z`, 400],
    ['/psps', 404],
  ])('says so for %s', async (asked, status) => {
    expect((await started.v3(asked)).status).toBe(status);
  });

  it('says so with status 200 in the older generation, and has XML for who asks for no JSON', async () => {
    const { status, body } = await started.v2('getMonitors', { statuses: '7' });
    expect(status).toBe(200);
    expect(body.error).toMatchObject({
      parameter_name: 'statuses',
      passed_value: '7',
    });
    const response = await fetch(`${started.standIn.url}/v2/getMonitors`, {
      method: 'POST',
      body: new URLSearchParams({ api_key: keys.main }),
    });
    expect(response.headers.get('content-type')).toContain('text/xml');
  });

  it.each([
    [401, 'Token is required'],
    [404, '{"message":"Monitor not found","code":"000-004"}'],
    [429, '{"message":"Too Many Requests"}'],
    [503, '{"statusCode":503}'],
  ])('fails with %d in the words of the vendor', async (status, text) => {
    started.standIn.control.addFault({
      match: { path: '/v3/' },
      fault: { kind: 'status', status },
    });
    const answer = await started.v3('/monitors');
    expect([answer.status, answer.text]).toEqual([status, text]);
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '6' : null);
    started.standIn.control.addFault({
      match: { path: '/v2/' },
      fault: { kind: 'status', status: 500 },
    });
    expect((await started.v2('getMonitors')).body.error.type).toBe(
      'internal_error',
    );
  });
});
