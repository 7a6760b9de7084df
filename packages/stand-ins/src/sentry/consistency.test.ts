import {
  DAY,
  MINUTE,
  repeated,
  START,
  startForTest,
} from '../__testUtils__/client';
import { createStandInClock } from '..';

type Row = Record<string, number | string | null>;
interface Table {
  data: Row[];
  meta: {
    fields: Record<string, string>;
    units: Record<string, string | null>;
  };
}
interface Outcomes {
  groups: {
    by: Record<string, string | number>;
    totals: Record<string, number>;
    series: Record<string, number[]>;
  }[];
}
interface Sessions {
  intervals: string[];
  groups: {
    by: Record<string, string | number>;
    totals: Record<string, number>;
    series: Record<string, (number | null)[]>;
  }[];
}
interface Timeseries {
  timeSeries: {
    values: { timestamp: number; value: number; incomplete: boolean }[];
    groupBy?: { key: string; value: string }[];
    meta: { isOther?: boolean };
  }[];
}

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);

describe('what the endpoints of the stand-in of Sentry say together', () => {
  const clock = createStandInClock({ now: START });
  let started: Awaited<ReturnType<typeof startForTest>>;
  beforeAll(async () => {
    started = await startForTest({ clock });
  });
  beforeEach(() => clock.set(START));
  afterAll(() => started.standIn.close());

  const table = (dataset: string, fields: string[], more: string) =>
    started.get<Table>(
      `events/?dataset=${dataset}&${repeated('field', ...fields)}&${more}`,
    );

  it.each(['5m', '24h', '14d'])(
    'agrees on the errors of %s: issues, table, series',
    async period => {
      for (const project of ['visioncrm-api', 'visioncrm-web']) {
        const issues = await started.get<{ id: string; count: string }[]>(
          `issues/?query=&project=${project}&statsPeriod=${period}`,
        );
        const byIssue = await table(
          'errors',
          ['issue.id', 'count()'],
          `project=${project}&statsPeriod=${period}`,
        );
        const total = await table(
          'errors',
          ['count()', 'count_unique(issue)'],
          `project=${project}&statsPeriod=${period}`,
        );
        expect(
          Object.fromEntries(
            issues.map(({ id, count }) => [id, Number(count)]),
          ),
        ).toEqual(
          Object.fromEntries(
            byIssue.data.map(row => [row['issue.id'], row['count()']]),
          ),
        );
        expect(total.data).toEqual([
          {
            'count()': sum(issues.map(({ count }) => Number(count))),
            'count_unique(issue)': issues.length,
          },
        ]);
      }
    },
  );

  it('agrees on errors by bucket: series of both generations and outcomes', async () => {
    const window = `start=2026-11-20T00:00:00&end=2026-11-22T00:00:00&project=visioncrm-web`;
    const current = await started.get<Timeseries>(
      `events-timeseries/?dataset=errors&interval=1h&${window}`,
    );
    const older = await started.get<{ data: [number, [{ count: number }]][] }>(
      `events-stats/?dataset=errors&interval=1h&${window}`,
    );
    const outcomes = await started.get<Outcomes>(
      `stats_v2/?field=sum(quantity)&groupBy=outcome&category=error&interval=1h&${window}`,
    );
    const values = current.timeSeries[0].values.map(({ value }) => value);
    expect(values).toHaveLength(48);
    expect(older.data.map(([, [{ count }]]) => count)).toEqual(values);
    expect(older.data[0][0] * 1000).toBe(
      current.timeSeries[0].values[0].timestamp,
    );
    expect(outcomes.groups[0].series['sum(quantity)']).toEqual(values);
    expect(outcomes.groups[0].totals['sum(quantity)']).toBe(sum(values));
  });

  it('agrees on requests: extrapolated spans are those stored and those sampled out', async () => {
    const window =
      'project=visioncrm-api&start=2026-11-21T00:00:00&end=2026-11-22T00:00:00';
    const spans = await table(
      'spans',
      ['count()', 'failure_count()', 'failure_rate()'],
      `query=is_transaction:true&${window}`,
    );
    const stored = await table(
      'discover',
      ['count()'],
      `query=event.type:transaction&${window}`,
    );
    const { groups } = await started.get<Outcomes>(
      `stats_v2/?field=sum(quantity)&groupBy=outcome&category=transaction&${window}`,
    );
    const outcome = (name: string) =>
      groups.find(({ by }) => by.outcome === name)?.totals['sum(quantity)'] ??
      0;
    const [row] = spans.data;
    expect(outcome('accepted')).toBe(stored.data[0]['count()']);
    expect(outcome('accepted') + outcome('client_discard')).toBe(
      row['count()'],
    );
    expect(row['failure_rate()']).toBeCloseTo(
      Number(row['failure_count()']) / Number(row['count()']),
      3,
    );
  });

  it('agrees on sessions: by status, by bucket, in fractions and in percent', async () => {
    const window = 'project=visioncrm-api&statsPeriod=24h';
    const byStatus = await started.get<Sessions>(
      `sessions/?field=sum(session)&groupBy=session.status&${window}`,
    );
    const byRelease = await started.get<Sessions>(
      `sessions/?${repeated(
        'field',
        'sum(session)',
        'crash_free_rate(session)',
      )}&groupBy=release&${window}`,
    );
    const total = (groups: Sessions['groups']) =>
      sum(groups.map(({ totals }) => totals['sum(session)']));
    const crashed = byStatus.groups.find(
      ({ by }) => by['session.status'] === 'crashed',
    )!.totals['sum(session)'];
    expect(total(byRelease.groups)).toBe(total(byStatus.groups));
    expect(
      sum(
        byRelease.groups.map(
          ({ totals }) =>
            totals['sum(session)'] * (1 - totals['crash_free_rate(session)']),
        ),
      ),
    ).toBeCloseTo(crashed, 4);
    for (const { totals, series } of byRelease.groups) {
      expect(series['sum(session)']).toHaveLength(byRelease.intervals.length);
      expect(sum(series['sum(session)'].map(Number))).toBe(
        totals['sum(session)'],
      );
    }
    // A bucket before the newest release has no rate at all.
    const newest = byRelease.groups.find(
      ({ by }) => by.release === '2026.11.22-2',
    )!;
    expect(newest.series['crash_free_rate(session)'][0]).toBeNull();

    const release = await started.get<{
      projects: {
        healthData: { crashFreeSessions: number; totalSessions: number };
      }[];
    }>('releases/2026.11.22-2/?health=1&summaryStatsPeriod=1d');
    const { crashFreeSessions, totalSessions } = release.projects[0].healthData;
    expect(totalSessions).toBe(newest.totals['sum(session)']);
    expect(crashFreeSessions / 100).toBeCloseTo(
      newest.totals['crash_free_rate(session)'],
      8,
    );
  });

  it('agrees on releases: what is new in one, and when it was met first and last', async () => {
    const releases = await started.get<
      {
        version: string;
        newGroups: number;
        firstEvent: string;
        lastEvent: string;
      }[]
    >('releases/?project=visioncrm-api');
    const [newest] = releases;
    const issues = await started.get<
      { lifetime: { firstSeen: string; lastSeen: string } }[]
    >(`issues/?query=firstRelease:${newest.version}`);
    expect(newest.newGroups).toBe(issues.length);
    const { data } = await table(
      'errors',
      ['release', 'count()', 'min(timestamp)', 'last_seen()'],
      `query=release:${newest.version}&statsPeriod=1h`,
    );
    expect(data[0]['min(timestamp)']).toBe(
      newest.firstEvent.replace(/\.\d+Z$/, '+00:00'),
    );
    expect(data[0]['last_seen()']).toBe(
      newest.lastEvent.replace(/\.\d+Z$/, '+00:00'),
    );
    const dates = releases.map(({ version }) => version);
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it('lets the sum of a table be the sum of its groups, whichever they are', async () => {
    const more = 'statsPeriod=6h&query=is_transaction:true';
    const [{ 'count()': all }] = (await table('spans', ['count()'], more)).data;
    for (const key of [
      'project',
      'release',
      'transaction',
      'environment',
      'span.op',
    ]) {
      const { data } = await table('spans', [key, 'count()'], more);
      expect(data.length).toBeGreaterThan(1);
      expect(sum(data.map(row => Number(row['count()'])))).toBe(all);
    }
  });

  it('names types and units of the columns, and gives null for what has no data', async () => {
    const { data, meta } = await table(
      'spans',
      [
        'p95(span.duration)',
        'epm()',
        'failure_rate()',
        'p75(measurements.lcp)',
        'p95(transaction.duration)',
      ],
      'project=visioncrm-api&statsPeriod=10m&query=is_transaction:true',
    );
    expect(data).toEqual([
      {
        'p95(span.duration)': expect.any(Number),
        'epm()': expect.any(Number),
        'failure_rate()': expect.any(Number),
        'p75(measurements.lcp)': null,
        'p95(transaction.duration)': null,
      },
    ]);
    expect(meta.fields).toMatchObject({
      'p95(span.duration)': 'duration',
      'epm()': 'rate',
      'failure_rate()': 'percentage',
    });
    expect(meta.units).toMatchObject({
      'p95(span.duration)': 'millisecond',
      'epm()': '1/minute',
      'failure_rate()': null,
    });
    const web = await table(
      'spans',
      ['p75(measurements.lcp)', 'p75(measurements.cls)'],
      'project=visioncrm-web&statsPeriod=1h',
    );
    expect(web.data).toEqual([
      {
        'p75(measurements.lcp)': expect.closeTo(2280, 0),
        'p75(measurements.cls)': expect.closeTo(0.07, 3),
      },
    ]);
  });

  it('sorts and narrows tables, by conditions on values too', async () => {
    const fields = ['transaction', 'epm()', 'p95(span.duration)'];
    const slowest = await table(
      'spans',
      fields,
      'project=visioncrm-api&statsPeriod=10m&sort=-p95(span.duration)&per_page=10&query=is_transaction:true',
    );
    const values = slowest.data.map(row => Number(row['p95(span.duration)']));
    expect(values).toHaveLength(10);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    const over = await table(
      'spans',
      fields,
      `project=visioncrm-api&statsPeriod=10m&sort=-p95_span_duration&${repeated(
        'query',
        'is_transaction:true p95(span.duration):>1000',
      )}`,
    );
    expect(over.data.map(row => row.transaction)).toEqual(
      slowest.data
        .filter(row => Number(row['p95(span.duration)']) > 1000)
        .map(row => row.transaction),
    );
    const either = await table(
      'errors',
      ['level', 'count_if(level,equals,error)', 'count()'],
      `statsPeriod=24h&${repeated(
        'query',
        '(level:error OR level:fatal) project:visioncrm-api',
      )}`,
    );
    expect(
      either.data.map(row => [
        row.level,
        row['count_if(level,equals,error)'] === row['count()'],
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['error', true],
        ['fatal', false],
      ]),
    );
  });

  it('lists single events newest first when no aggregate is asked for', async () => {
    const { data } = await table(
      'errors',
      ['id', 'timestamp', 'title', 'issue', 'user.id'],
      'statsPeriod=5m&project=visioncrm-api&query=level:error',
    );
    const count = await table(
      'errors',
      ['count()'],
      'statsPeriod=5m&project=visioncrm-api&query=level:error',
    );
    expect(data).toHaveLength(Number(count.data[0]['count()']));
    const times = data.map(row => Date.parse(String(row.timestamp)));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(new Set(data.map(row => row.id)).size).toBe(data.length);
  });

  it('splits a series into the groups with the most, and all others', async () => {
    const { timeSeries } = await started.get<Timeseries>(
      'events-timeseries/?dataset=errors&statsPeriod=1h&interval=5m&topEvents=2&groupBy=issue&sort=-count()',
    );
    const plain = await started.get<Timeseries>(
      'events-timeseries/?dataset=errors&statsPeriod=1h&interval=5m',
    );
    expect(timeSeries.map(({ meta }) => meta.isOther)).toEqual([
      false,
      false,
      true,
    ]);
    plain.timeSeries[0].values.forEach(({ value }, index) => {
      expect(sum(timeSeries.map(({ values }) => values[index].value))).toBe(
        value,
      );
    });
    expect(plain.timeSeries[0].values.at(-1)?.incomplete).toBe(true);

    const older = await started.get<
      Record<string, { order: number; 'count()': { order: number } }>
    >(
      'events-stats/?dataset=errors&statsPeriod=1h&interval=5m&topEvents=2&field=project&excludeOther=1&yAxis=count()&yAxis=epm()',
    );
    expect(older['visioncrm-api']).toMatchObject({
      order: 0,
      'count()': { order: 0, data: expect.any(Array) },
      'epm()': { order: 1 },
    });
    expect(Object.keys(older)).toEqual(['visioncrm-api', 'visioncrm-web']);
  });

  it('answers the same for a window of the past, however late it is asked', async () => {
    const window = 'start=2026-11-22T10:00:00&end=2026-11-22T13:00:00';
    const ask = async () => ({
      errors: await table(
        'errors',
        ['project', 'release', 'count()', 'count_unique(user)'],
        window,
      ),
      spans: await table(
        'spans',
        ['transaction', 'count()', 'p95(span.duration)'],
        window,
      ),
      sessions: await started.get(
        `sessions/?field=sum(session)&groupBy=release&${window}`,
      ),
    });
    const now = await ask();
    clock.advance(3 * DAY + 17 * MINUTE);
    expect(await ask()).toEqual(now);
  });

  it('goes on as the clock does, and two stand-ins go alike', async () => {
    const last = async () =>
      (await started.get<{ lastSeen: string }[]>('issues/?limit=1'))[0]
        .lastSeen;
    const before = await last();
    clock.advance(5 * MINUTE);
    const after = await last();
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
    expect(Date.parse(after)).toBeGreaterThan(START.getTime());

    const twin = await startForTest({
      clock: createStandInClock({ now: START }),
    });
    twin.standIn.control.clock.advance(5 * MINUTE);
    const path = 'issues/?query=&statsPeriod=14d&groupStatsPeriod=14d';
    expect(await twin.get(path)).toEqual(await started.get(path));
    await twin.standIn.close();
  });

  it.each([
    ['events/?dataset=spans', 'No columns selected'],
    [
      'events/?dataset=spans&field=nonsense()',
      'nonsense() is not a valid function',
    ],
    [
      'events/?dataset=errors&field=count()&sort=-epm()',
      'Cannot sort by a field that is not selected.',
    ],
    [
      'events/?dataset=spans&field=count()&query=span.duration:%3E1s',
      "The stand-in cannot compare 'span.duration' in a query",
    ],
    [
      'events-timeseries/?dataset=errors&topEvents=11&groupBy=issue',
      'Can only get up to 10 top events',
    ],
    ['sessions/?statsPeriod=1d', 'Request is missing a "field"'],
    [
      'sessions/?field=sum(session)&interval=5h',
      'The interval should divide one day cleanly.',
    ],
    ['stats_v2/?groupBy=project', 'At least one field is required.'],
  ])('answers 400 to %s', async (path, detail) => {
    const response = await started.fetchPath(
      `/api/0/organizations/visioncrm/${path}`,
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail });
  });
});
