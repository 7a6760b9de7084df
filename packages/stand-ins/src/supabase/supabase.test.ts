import {
  createStandInClock,
  startSupabaseStandIn,
  STAND_IN_SUPABASE_SERVICE_ROLE_KEY,
  STAND_IN_SUPABASE_TOKEN,
  VISION_CRM_SUPABASE_REF as ref,
  type SupabaseStandIn,
} from '..';

const MINUTE = 60_000;
const DAY = 86_400_000;
let standIn: SupabaseStandIn;
let machineMs: number;

beforeEach(async () => {
  machineMs = Date.parse('2026-11-22T13:41:10Z');
  standIn = await startSupabaseStandIn({
    clock: createStandInClock({ now: new Date('2026-11-22T13:41:00Z') }),
    rateLimits: { now: () => machineMs },
  });
});
afterEach(() => standIn.close());

function ask(path: string, init: RequestInit = {}) {
  return fetch(`${standIn.url}/v1/projects${path}`, {
    headers: {
      Authorization: `Bearer ${STAND_IN_SUPABASE_TOKEN}`,
      'Content-Type': 'application/json',
    },
    ...init,
  });
}

function query(sql: string) {
  return ask(`/${ref}/database/query/read-only`, {
    method: 'POST',
    body: JSON.stringify({ query: sql }),
  });
}

async function scrape(key = STAND_IN_SUPABASE_SERVICE_ROLE_KEY) {
  const response = await fetch(standIn.metricsUrl(ref), {
    headers: {
      Authorization: `Basic ${btoa(`service_role:${key}`)}`,
    },
  });
  const text = await response.text();
  /** The sum of all series of a name whose labels hold that text. */
  const sum = (name: string, labels = '') =>
    text
      .split('\n')
      .filter(line => line.startsWith(`${name}{`) && line.includes(labels))
      .reduce((total, line) => total + Number(line.split('} ')[1]), 0);
  return { response, text, sum };
}

describe('the Management API', () => {
  it('lists the projects, one of them paused', async () => {
    const projects = await (await ask('')).json();
    expect(
      projects.map(({ name, status }: Record<string, string>) => [
        name,
        status,
      ]),
    ).toEqual([
      ['visioncrm-prod', 'ACTIVE_HEALTHY'],
      ['visioncrm-staging', 'INACTIVE'],
    ]);
  });

  it('refuses in its own words and form', async () => {
    const wrong = await ask('', { headers: { Authorization: 'Bearer no' } });
    expect([wrong.status, await wrong.json()]).toEqual([
      401,
      { message: 'Unauthorized' },
    ]);
    expect((await ask(`/${'z'.repeat(20)}/health?services=db`)).status).toBe(
      403,
    );
    expect((await ask(`/${ref}/health`)).status).toBe(400);
    expect((await ask(`/${ref}/health?services=mail`)).status).toBe(400);
    standIn.control.changeScenario({
      project: 'visioncrm-prod',
      change: { notInPlan: ['/database/backups'] },
    });
    const unpaid = await ask(`/${ref}/database/backups`);
    expect([unpaid.status, await unpaid.json()]).toEqual([
      402,
      { message: expect.stringContaining('plan') },
    ]);
  });

  it('takes 120 requests a minute and tells the seconds that are left', async () => {
    const first = await ask('');
    expect(first.headers.get('x-ratelimit-limit')).toBe('120');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('119');
    expect(first.headers.get('x-ratelimit-reset')).toBe('50');
    for (let count = 1; count < 120; count++) await ask('');
    const refused = await ask('');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    machineMs += 50_000;
    expect((await ask('')).status).toBe(200);
  });

  it('answers statements with 201 and rows, their whole numbers as text', async () => {
    const one = await query('select 1');
    expect([one.status, await one.json()]).toEqual([201, [{ '?column?': 1 }]]);
    const slow = await query(
      'select * from extensions.pg_stat_statements where mean_ms > 1000 limit 51',
    );
    expect(await slow.json()).toEqual([
      expect.objectContaining({
        query: expect.stringContaining('"Quote"'),
        calls: expect.stringMatching(/^\d+$/),
        mean_ms: 1820,
      }),
      expect.objectContaining({ mean_ms: 1120 }),
    ]);
  });

  it('knows statistics of statements by their qualified name, where the extension is installed', async () => {
    const unqualified = await query('select query from pg_stat_statements');
    expect(unqualified.status).toBe(400);
    expect((await unqualified.json()).message).toMatch(/ERROR: {2}42P01: /);
    standIn.control.changeScenario({ change: { hasStatements: false } });
    const missing = await query('select 1 from extensions.pg_stat_statements');
    expect((await missing.json()).message).toContain(
      '42P01: relation "extensions.pg_stat_statements" does not exist',
    );
    expect((await query('drop table x')).status).toBe(400);
  });

  it('makes a backup a day, until it does no more', async () => {
    const backups = { pitr: false, lastAgeMs: 3_600_000, keptDays: 7 };
    const newest = async () => {
      const body = await (await ask(`/${ref}/database/backups`)).json();
      return [body.backups.length, body.backups[0]?.inserted_at];
    };
    standIn.control.changeScenario({
      change: { backups: { ...backups, goOn: true } },
    });
    expect(await newest()).toEqual([7, '2026-11-22T12:41:00.000Z']);
    standIn.control.clock.advance(DAY);
    expect(await newest()).toEqual([7, '2026-11-23T12:41:00.000Z']);
    standIn.control.changeScenario({
      change: { backups: { ...backups, goOn: false } },
    });
    expect(await newest()).toEqual([6, '2026-11-22T12:41:00.000Z']);
  });
});

describe('the metrics endpoint', () => {
  it('asks for the service role key and not for the access token', async () => {
    expect((await scrape()).response.status).toBe(200);
    expect((await scrape(STAND_IN_SUPABASE_TOKEN)).response.status).toBe(401);
  });

  it('writes exposition text with values that are no numbers and labels that need escaping', async () => {
    const { response, text } = await scrape();
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toMatch(/^replication_slots_max_lag_bytes\{.*\} NaN$/m);
    expect(text).toMatch(/\} \+Inf$/m);
    expect(text).toContain('database="the \\"old\\" one\\\\copy, {2}"');
    expect(text).toMatch(/\} \d\.\d+e\+\d+$/m);
  });

  it('counts on with time as busy as the scenario says, and from nothing after a restart', async () => {
    const before = await scrape();
    standIn.control.clock.advance(MINUTE);
    const after = await scrape();
    const grown = (labels: string) =>
      after.sum('node_cpu_seconds_total', labels) -
      before.sum('node_cpu_seconds_total', labels);
    // Two processors.
    expect(grown('')).toBeCloseTo(120, 6);
    expect(1 - grown('mode="idle"') / grown('')).toBeCloseTo(0.74, 1);

    standIn.control.changeScenario({ change: { cpu: 0.2 }, restart: true });
    standIn.control.clock.advance(MINUTE);
    const restarted = await scrape();
    expect(restarted.sum('node_cpu_seconds_total')).toBeCloseTo(120, 6);
    expect(
      1 - restarted.sum('node_cpu_seconds_total', 'mode="idle"') / 120,
    ).toBeCloseTo(0.2, 1);
  });
});
