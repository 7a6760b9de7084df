import { STAND_IN_SENTRY_TOKEN } from './startSentryStandIn';
import {
  HOUR,
  MINUTE,
  repeated,
  START,
  startForTest,
} from '../__testUtils__/client';

interface Issue {
  id: string;
  shortId: string;
  title: string;
  culprit: string | null;
  level: string;
  status: string;
  substatus: string | null;
  count?: string;
  userCount?: number;
  firstSeen: string;
  lastSeen: string;
  stats?: Record<string, [number, number][]>;
  lifetime?: { count: string; firstSeen: string };
  filtered?: { count: string } | null;
  assignedTo: { type: string; name: string } | null;
  permalink: string;
}

describe('issues of the stand-in of Sentry', () => {
  let started: Awaited<ReturnType<typeof startForTest>>;
  beforeAll(async () => {
    started = await startForTest();
  });
  afterAll(() => started.standIn.close());

  const list = (parameters: string) =>
    started.get<Issue[]>(`issues/?${parameters}`);
  const search = (query: string, more = 'project=visioncrm-api') =>
    list(`${repeated('query', query)}&${more}`);
  const shortIds = (issues: Issue[]) =>
    issues.map(({ shortId }) => shortId.replace('VISIONCRM-', '')).sort();

  it('are there below their project as well, as older clients ask for them', async () => {
    const { standIn } = started;
    const response = await fetch(
      `${standIn.url}/api/0/projects/visioncrm/visioncrm-api/issues/?statsPeriod=24h&query=`,
      { headers: { Authorization: `Bearer ${STAND_IN_SENTRY_TOKEN}` } },
    );
    expect(await response.json()).toEqual(
      await list('project=visioncrm-api&statsPeriod=24h&query='),
    );
  });

  it('are those unresolved unless a query, also an empty one, says otherwise', async () => {
    const unresolved = await list('project=visioncrm-api');
    expect(new Set(unresolved.map(({ status }) => status))).toEqual(
      new Set(['unresolved']),
    );
    const all = await list('project=visioncrm-api&query=');
    expect(shortIds(all)).toEqual(
      expect.arrayContaining(['API-47C', 'API-VA', ...shortIds(unresolved)]),
    );
    expect(shortIds(await search('is:resolved'))).toEqual(['API-47C']);
    expect(shortIds(await search('is:archived'))).toEqual(['API-VA']);
    expect(shortIds(await search('is:new is:unassigned level:fatal'))).toEqual([
      'API-4KW',
    ]);
  });

  it('are found by level, text, title, release, person and priority', async () => {
    const levels = await search('level:[info,warning] is:unresolved');
    expect(new Set(levels.map(({ level }) => level))).toEqual(
      new Set(['info', 'warning']),
    );
    expect(shortIds(await search('message:"slow query"'))).toEqual([
      'API-3ZT',
      'API-3ZX',
      'API-41B',
    ]);
    expect(shortIds(await search('title:"Slow query: *.findMany"'))).toEqual([
      'API-3ZT',
      'API-3ZX',
    ]);
    expect(shortIds(await search('totalTTC'))).toEqual(['API-4KR']);
    expect(shortIds(await search('assigned:#crm level:info'))).toEqual([
      'API-1AF',
    ]);
    const bad = await search('firstRelease:2026.11.22-2');
    expect(shortIds(bad)).toHaveLength(7);
    expect(shortIds(await search('release:2026.11.22-2'))).toEqual(
      expect.arrayContaining(shortIds(bad)),
    );
    expect(await search('browser:Chrome')).toEqual([]);
    expect(await search('!level:error !level:fatal', '')).not.toContainEqual(
      expect.objectContaining({ level: 'error' }),
    );
  });

  it('are found by when they were last and first seen, absolute and relative', async () => {
    const since = new Date(START.getTime() - 3 * MINUTE).toISOString();
    const recent = await search(`lastSeen:>${since}`, '');
    expect(recent.length).toBeGreaterThan(2);
    for (const { lastSeen } of recent) {
      expect(Date.parse(lastSeen)).toBeGreaterThan(Date.parse(since));
    }
    expect(shortIds(await search('lastSeen:-3m', ''))).toEqual(
      shortIds(recent),
    );
    const all = await list('query=');
    expect(shortIds(await search('lastSeen:+3m', '')).length).toBe(
      all.length - recent.length,
    );
    expect(shortIds(await search('firstSeen:-10m'))).toHaveLength(7);
    // An instant without an offset is in UTC.
    expect(
      shortIds(await search(`lastSeen:>=${since.slice(0, -1)}`, '')),
    ).toEqual(shortIds(recent));
  });

  it('count within the window asked for, and tell of all time beside it', async () => {
    const [today] = await list('query=issue:VISIONCRM-API-2BD&statsPeriod=24h');
    const [ever] = await list('query=issue:VISIONCRM-API-2BD');
    expect(typeof today.count).toBe('string');
    expect(Number(today.count)).toBeLessThan(Number(ever.count));
    expect(today.lifetime).toMatchObject({
      count: ever.count,
      firstSeen: ever.firstSeen,
    });
    expect(Date.parse(today.firstSeen)).toBeGreaterThan(
      START.getTime() - 24 * HOUR,
    );
    const lastWeek = await list(
      'query=&project=visioncrm-api&start=2026-11-16T08:00:00&end=2026-11-16T10:00:00',
    );
    expect(shortIds(lastWeek)).toContain('API-47C');
    expect(shortIds(lastWeek)).not.toContain('API-4KQ');
  });

  it('restrict figures to the query only where the query is about events', async () => {
    const [plain] = await search('is:unresolved issue:VISIONCRM-API-2BM');
    expect(plain.filtered).toBeNull();
    const [restricted] = await search(
      'issue:VISIONCRM-API-2BM release:2026.11.22-1',
    );
    expect(Number(restricted.filtered?.count)).toBeGreaterThan(0);
    expect(Number(restricted.filtered?.count)).toBeLessThan(
      Number(restricted.count),
    );
  });

  it.each([
    ['24h', 24, HOUR],
    ['14d', 14, 24 * HOUR],
  ])('draw a sparkline of %s', async (period, buckets, intervalMs) => {
    const [issue] = await list(
      `query=issue:VISIONCRM-API-2BM&groupStatsPeriod=${period}`,
    );
    const points = issue.stats?.[period] ?? [];
    expect(points).toHaveLength(buckets);
    expect(points[1][0] - points[0][0]).toBe(intervalMs / 1000);
    expect(points[0][0] % (intervalMs / 1000)).toBe(0);
    expect(points.at(-1)![0] * 1000).toBeGreaterThan(
      START.getTime() - intervalMs,
    );
  });

  it('draw a sparkline of the window itself', async () => {
    const [issue] = await list(
      'query=issue:VISIONCRM-API-4KQ&groupStatsPeriod=auto&statsPeriod=1h',
    );
    const points = issue.stats?.auto ?? [];
    expect(points[1][0] - points[0][0]).toBe(300);
    const counted = points.reduce((sum, [, count]) => sum + count, 0);
    expect(counted).toBe(Number(issue.count));
  });

  it('leave out what is collapsed, and the sparkline when it is not wanted', async () => {
    const [issue] = await list('groupStatsPeriod=&limit=1');
    expect(issue).not.toHaveProperty('stats');
    const [bare] = await list(
      `limit=1&${repeated(
        'collapse',
        'stats',
        'lifetime',
        'filtered',
        'base',
        'unhandled',
      )}`,
    );
    expect(Object.keys(bare).sort()).toEqual([
      'id',
      'matchingEventEnvironment',
      'matchingEventId',
    ]);
  });

  it('sort by events, people, age and last event', async () => {
    const numbers = async (sort: string, of: (issue: Issue) => number) =>
      (await list(`statsPeriod=24h&sort=${sort}`)).map(of);
    for (const values of [
      await numbers('freq', ({ count }) => Number(count)),
      await numbers('user', ({ userCount }) => Number(userCount)),
      await numbers('new', ({ lifetime }) => Date.parse(lifetime!.firstSeen)),
      await numbers('date', ({ lastSeen }) => Date.parse(lastSeen)),
    ]) {
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(new Set(values).size).toBeGreaterThan(3);
    }
  });

  it('are limited to environments', async () => {
    const staging = await list('statsPeriod=24h&environment=staging&sort=freq');
    const both = await list(
      'statsPeriod=24h&environment=staging&environment=production&sort=freq',
    );
    expect(staging.length).toBeLessThan(both.length);
    expect(Number(staging[0].count)).toBeLessThan(Number(both[0].count));
  });

  it('are met directly by an event’s id or a short id', async () => {
    const [event] = await started.get<{ eventID: string }[]>(
      'issues/5620014401/events/?per_page=1',
    );
    for (const parameters of [
      `query=${event.eventID}`,
      'query=visioncrm-api-4kq&shortIdLookup=1',
    ]) {
      const response = await started.fetchPath(
        `/api/0/organizations/visioncrm/issues/?${parameters}`,
      );
      expect(response.headers.get('x-sentry-direct-hit')).toBe('1');
      expect(await response.json()).toMatchObject([{ id: '5620014401' }]);
    }
  });

  it('carry events with the data that the code added', async () => {
    const latest = await started.get<{
      title: string;
      context: { queryTime: number };
      eventID: string;
      previousEventID: string;
    }>('issues/5612209034/events/latest/');
    expect(latest.title).toBe('Slow query: Contact.findMany');
    expect(latest.context.queryTime).toBeGreaterThanOrEqual(1000);
    const previous = await started.get<{ nextEventID: string }>(
      `issues/5612209034/events/${latest.previousEventID}/`,
    );
    expect(previous.nextEventID).toBe(latest.eventID);
  });

  it.each([
    [
      'groupStatsPeriod=7d',
      "Invalid stats_period. Valid choices are '', '24h', '14d' and 'auto'",
    ],
    ['statsPeriod=soon', "Invalid statsPeriod: 'soon'"],
    ['start=2026-11-20T00:00:00', 'start and end are both required'],
    [
      'start=2026-11-20T00:00:00&end=then',
      'then is not a valid ISO8601 date query',
    ],
    [
      'start=2026-11-21T00:00:00&end=2026-11-20T00:00:00',
      'start must be before end',
    ],
    [
      'query=level:error%20OR%20level:fatal',
      'Error parsing search query: Boolean statements containing "OR" or "AND" are not supported in this search',
    ],
    [
      'query=lastSeen:%3Eyesterday',
      'Error parsing search query: lastSeen: Invalid date: yesterday',
    ],
    ['query=level:', "Error parsing search query: Empty string after 'level:'"],
  ])('answer 400 to %s', async (parameters, detail) => {
    const response = await started.fetchPath(
      `/api/0/organizations/visioncrm/issues/?${parameters}`,
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail });
  });
});
