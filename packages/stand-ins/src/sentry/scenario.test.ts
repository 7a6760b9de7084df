import {
  DAY,
  HOUR,
  MINUTE,
  repeated,
  START,
  startForTest,
} from '../__testUtils__/client';
import { createStandInClock, largeSentryWorld } from '..';

interface Table {
  data: Record<string, number>[];
}
interface Listed {
  shortId: string;
  title: string;
  culprit: string | null;
  substatus: string | null;
  assignedTo: { type: string } | null;
  status: string;
  lifetime: { firstSeen: string; lastSeen: string };
  project: { slug: string };
}

const API = 'visioncrm-api';

describe('the scenario of VisionCRM', () => {
  const clock = createStandInClock({ now: START });
  let started: Awaited<ReturnType<typeof startForTest>>;
  beforeEach(async () => {
    clock.set(START);
    started = await startForTest({ clock });
  });
  afterEach(() => started.standIn.close());

  /** What a reader of the last minutes learns about a project. */
  async function measure(project: string, period = '5m') {
    const filter = `project=${project}&statsPeriod=${period}`;
    const spans = await started.get<Table>(
      `events/?dataset=spans&query=is_transaction:true&${repeated(
        'field',
        'count()',
        'p95(span.duration)',
        'failure_rate()',
      )}&${filter}`,
    );
    const errors = await started.get<Table>(
      `events/?dataset=errors&query=level:[error,fatal]&field=count()&${filter}`,
    );
    const [row] = spans.data;
    return {
      errorRate: errors.data[0]['count()'] / row['count()'],
      p95Ms: row['p95(span.duration)'],
      failureRate: row['failure_rate()'],
      perMinute: row['count()'] / 5,
    };
  }

  it('shows the trouble now, and for as long as the demo runs', async () => {
    for (const later of [0, 7 * MINUTE, HOUR, 3 * HOUR, 2 * DAY]) {
      clock.set(new Date(START.getTime() + later));
      const api = await measure(API);
      expect(api.errorRate).toBeGreaterThan(0.012);
      expect(api.errorRate).toBeLessThan(0.024);
      expect(api.p95Ms).toBeGreaterThan(1350);
      expect(api.p95Ms).toBeLessThan(1500);

      const web = await measure('visioncrm-web');
      expect(web.errorRate).toBeGreaterThan(0.001);
      expect(web.errorRate).toBeLessThan(0.004);

      expect((await measure('visioncrm-worker')).errorRate).toBe(0);
    }
  });

  it('was well before: slow for thirteen minutes, failing for nine', async () => {
    clock.set(new Date(START.getTime() - 20 * MINUTE));
    const well = await measure(API);
    expect(well.errorRate).toBeLessThan(0.001);
    expect(well.p95Ms).toBeLessThan(500);

    clock.set(new Date(START.getTime() - 9 * MINUTE));
    const slow = await measure(API, '3m');
    expect(slow.p95Ms).toBeGreaterThan(1350);
    expect(slow.errorRate).toBeLessThan(0.002);
  });

  it('blames the newest release, which deserves to be rolled back', async () => {
    const { data: errors } = await started.get<Table>(
      `events/?dataset=errors&query=level:[error,fatal]&project=${API}&${repeated(
        'field',
        'release',
        'count()',
      )}&statsPeriod=14d`,
    );
    const sessions = await started.get<{
      groups: { by: { release: string }; totals: Record<string, number> }[];
    }>(
      `sessions/?project=${API}&groupBy=release&${repeated(
        'field',
        'sum(session)',
        'crash_free_rate(session)',
      )}&statsPeriod=14d&interval=1d`,
    );
    const releases = await started.get<
      { version: string; newGroups: number; authors: { name: string }[] }[]
    >(`releases/?project=${API}`);
    const health = releases.slice(0, 6).map(({ version }) => {
      const { totals } = sessions.groups.find(
        ({ by }) => by.release === version,
      )!;
      const events = errors.find(row => String(row.release) === version)!;
      return {
        sessions: totals['sum(session)'],
        perSession: events['count()'] / totals['sum(session)'],
        crashed: 1 - totals['crash_free_rate(session)'],
      };
    });
    const [newest, good, better, degraded, fix, incident] = health;

    expect(releases[0]).toMatchObject({
      version: '2026.11.22-2',
      newGroups: 7,
      authors: [{ name: 'engineer-c' }],
    });
    expect(newest.sessions).toBeGreaterThan(100);
    expect(newest.perSession / good.perSession).toBeGreaterThan(1.5);
    expect(newest.crashed / good.crashed).toBeGreaterThan(1.5);
    expect(good.perSession / better.perSession).toBeLessThan(1.2);
    for (const ratio of [
      degraded.perSession / fix.perSession,
      degraded.crashed / fix.crashed,
    ]) {
      expect(ratio).toBeGreaterThan(1.2);
      expect(ratio).toBeLessThan(1.5);
    }
    expect(incident.crashed).toBeGreaterThan(0.04);
  });

  it('holds issues of every kind that a page must cope with', async () => {
    const issues = await started.get<Listed[]>(
      'issues/?query=&statsPeriod=14d&sort=freq',
    );
    const api = issues.filter(({ project }) => project.slug === API);
    expect(
      issues.some(
        ({ title }) =>
          title.startsWith('<img src=x') ||
          title.includes('<img src=x onerror=alert(1)>'),
      ),
    ).toBe(true);
    expect(issues.some(({ title }) => title.length > 400)).toBe(true);
    expect(issues.some(({ culprit }) => culprit === null)).toBe(true);
    expect(new Set(issues.map(({ assignedTo }) => assignedTo?.type))).toEqual(
      new Set(['user', 'team', undefined]),
    );
    expect(new Set(api.map(({ substatus }) => substatus))).toEqual(
      new Set([
        'new',
        'ongoing',
        'escalating',
        'regressed',
        'archived_until_escalating',
        null,
      ]),
    );
    const fresh = api.filter(({ substatus }) => substatus === 'new');
    expect(fresh).toHaveLength(7);
    for (const { lifetime } of fresh) {
      expect(Date.parse(lifetime.firstSeen)).toBeGreaterThan(
        START.getTime() - 9 * MINUTE,
      );
    }
  });

  it('remembers forty bad minutes of last week', async () => {
    const { data } = await started.get<{
      data: [number, [{ count: number }]][];
    }>(
      `events-stats/?dataset=errors&project=${API}&statsPeriod=14d&interval=1h`,
    );
    const peak = data.reduce((one, other) =>
      other[1][0].count > one[1][0].count ? other : one,
    );
    const daysAgo = (START.getTime() / 1000 - peak[0]) / (DAY / 1000);
    expect(daysAgo).toBeGreaterThan(6);
    expect(daysAgo).toBeLessThan(7);
    expect(peak[1][0].count).toBeGreaterThan(150);

    const [issue] = await started.get<Listed[]>(
      'issues/?query=issue:VISIONCRM-API-47C',
    );
    expect(issue.status).toBe('resolved');
    const lasted =
      Date.parse(issue.lifetime.lastSeen) -
      Date.parse(issue.lifetime.firstSeen);
    expect(lasted).toBeGreaterThan(35 * MINUTE);
    expect(lasted).toBeLessThan(41 * MINUTE);

    const outcomes = await started.get<{
      groups: { by: { outcome: string } }[];
    }>(
      `stats_v2/?field=sum(quantity)&groupBy=outcome&category=error&statsPeriod=14d&interval=1d&project=${API}`,
    );
    expect(outcomes.groups.map(({ by }) => by.outcome)).toContain(
      'rate_limited',
    );
  });

  it('begins the same on any day and at any hour', async () => {
    const night = await startForTest({
      clock: createStandInClock({ now: new Date('2027-03-28T01:13:20Z') }),
    });
    const path = `events/?dataset=errors&${repeated(
      'field',
      'issue',
      'count()',
      'count_unique(user)',
    )}&statsPeriod=24h`;
    expect(await night.get<Table>(path)).toEqual(
      await started.get<Table>(path),
    );
    await night.standIn.close();
  });

  it('ends and returns when it is told to, and never rewrites the past', async () => {
    const path = `events/?dataset=errors&project=${API}&${repeated(
      'field',
      'issue',
      'count()',
    )}&statsPeriod=24h`;
    const before = await started.get<Table>(path);
    const { control } = started.standIn;
    expect(control.changeScenario({ project: API, state: 'healthy' })).toEqual([
      API,
    ]);
    expect(await started.get<Table>(path)).toEqual(before);

    clock.advance(10 * MINUTE);
    const healed = await measure(API);
    expect(healed.errorRate).toBeLessThan(0.001);
    expect(healed.p95Ms).toBeLessThan(500);

    const answer = await started.control('POST', 'scenario', {
      project: [API],
      state: 'spike',
    });
    expect(await answer.json()).toEqual({ projects: [API] });
    clock.advance(6 * MINUTE);
    expect((await measure(API)).errorRate).toBeGreaterThan(0.012);
  });

  it('lets a healthy project fail, too', async () => {
    const { control } = started.standIn;
    control.changeScenario({ project: 'visioncrm-worker', state: 'spike' });
    clock.advance(6 * MINUTE);
    const worker = await measure('visioncrm-worker');
    expect(worker.errorRate).toBeGreaterThan(0.01);
    expect(worker.failureRate).toBeGreaterThan(0.02);
    control.changeScenario({ project: 'visioncrm-worker', state: 'quiet' });
    clock.advance(6 * MINUTE);
    expect((await measure('visioncrm-worker')).errorRate).toBe(0);
  });

  it('resolves an issue on request', async () => {
    const { control } = started.standIn;
    control.changeScenario({ issue: 'VISIONCRM-API-4KR', status: 'resolved' });
    const [issue] = await started.get<Listed[]>(
      'issues/?query=issue:VISIONCRM-API-4KR',
    );
    expect(issue).toMatchObject({ status: 'resolved', substatus: null });
    const unresolved = await started.get<Listed[]>('issues/');
    expect(unresolved.map(({ shortId }) => shortId)).not.toContain(
      'VISIONCRM-API-4KR',
    );
  });
});

describe('a large world', () => {
  it('stays silent but for the projects that are made to change, in turn', async () => {
    const clock = createStandInClock({ now: START });
    const { standIn, fetchPath } = await startForTest({
      clock,
      world: largeSentryWorld({ projects: 60 }),
    });
    const changedSince = async (date: Date) => {
      const response = await fetchPath(
        `/api/0/organizations/large/issues/?${repeated(
          'query',
          `lastSeen:>${date.toISOString()}`,
        )}`,
      );
      const issues: (Listed & { count: string })[] = await response.json();
      return issues.map(({ project }) => project.slug).sort();
    };

    clock.advance(MINUTE);
    expect(await changedSince(START)).toEqual([]);
    const first = standIn.control.changeScenario({ projects: 20, events: 3 });
    const changedAt = clock.now();
    clock.advance(MINUTE);
    expect(await changedSince(START)).toEqual(first);
    const second = standIn.control.changeScenario({ projects: 20, events: 3 });
    expect(second).not.toEqual(first);
    const between = clock.now();
    clock.advance(MINUTE);
    expect(await changedSince(between)).toEqual(second);

    const table = await fetchPath(
      `/api/0/organizations/large/events/?dataset=errors&${repeated(
        'field',
        'project',
        'count()',
      )}&start=${changedAt.toISOString()}&end=${clock.now().toISOString()}`,
    );
    const { data }: Table = await table.json();
    expect(data).toHaveLength(40);
    expect(new Set(data.map(row => row['count()']))).toEqual(new Set([3]));
    await standIn.close();
  });

  it('is the same for the same options and another for another seed', async () => {
    const versions = async (seed: number) => {
      const { standIn, fetchPath } = await startForTest({
        world: largeSentryWorld({ projects: 5, seed }),
      });
      const response = await fetchPath(
        '/api/0/organizations/large/events/?dataset=spans&field=project&field=count()&statsPeriod=1h',
      );
      const { data }: Table = await response.json();
      await standIn.close();
      return data;
    };
    expect(await versions(1)).toEqual(await versions(1));
    expect(await versions(1)).not.toEqual(await versions(2));
  });
});
