import { createClient, startForTest } from '../__testUtils__/client';

const PROJECTS = '/api/0/organizations/visioncrm/projects/';
const ISSUES = '/api/0/organizations/visioncrm/issues/';

describe('access to the stand-in of Sentry', () => {
  let started: Awaited<ReturnType<typeof startForTest>>;
  beforeAll(async () => {
    started = await startForTest({
      token: 'good',
      tokens: [
        { token: 'no-events', scopes: ['org:read'] },
        { token: 'elsewhere', organizations: ['another'] },
      ],
    });
  });
  afterAll(() => started.standIn.close());

  it.each([
    [undefined, 'Authentication credentials were not provided.'],
    ['Basic Z29vZDo=', 'Authentication credentials were not provided.'],
    ['Bearer', 'Invalid token header. No credentials provided.'],
    [
      'Bearer go od',
      'Invalid token header. Token string should not contain spaces.',
    ],
    ['Bearer bad', 'Invalid token'],
  ])('is refused with %s', async (authorization, detail) => {
    const response = await started.fetchPath(PROJECTS, {
      headers: authorization ? { Authorization: authorization } : {},
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ detail });
  });

  it('is forbidden where the token lacks the scope', async () => {
    const client = createClient(started.standIn, 'no-events');
    expect((await client.fetchPath(PROJECTS)).status).toBe(200);
    const response = await client.fetchPath(ISSUES);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      detail: 'You do not have permission to perform this action.',
    });
  });

  it('shows an organisation that is not there and one that is not ours alike', async () => {
    const elsewhere = createClient(started.standIn, 'elsewhere');
    const answers = await Promise.all([
      elsewhere.fetchPath(PROJECTS),
      started.fetchPath('/api/0/organizations/no-such/projects/'),
      started.fetchPath(`${ISSUES}1/`),
      started.fetchPath('/api/0/organizations/visioncrm/no-such/'),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({
        detail: 'The requested resource does not exist',
      });
    }
    const own = await elsewhere.fetchPath('/api/0/organizations/');
    expect(await own.json()).toEqual([]);
  });

  it('takes an organisation by id, and refuses projects it does not know', async () => {
    const byId = await started.fetchPath(
      '/api/0/organizations/4507099999999999/projects/',
    );
    expect(await byId.json()).toHaveLength(3);
    const unknown = await started.fetchPath(`${ISSUES}?project=12`);
    expect(unknown.status).toBe(403);
    const environment = await started.fetchPath(`${ISSUES}?environment=moon`);
    expect(environment.status).toBe(404);
  });

  it('needs the slash at the end of a path, and says so in plain text', async () => {
    const response = await started.fetchPath(PROJECTS.slice(0, -1));
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toContain('trailing slash');
  });

  it('answers the sanity check', async () => {
    const response = await started.fetchPath('/api/0/');
    expect(await response.json()).toMatchObject({ version: '0' });
  });
});

describe('rate limits of the stand-in of Sentry', () => {
  it('refuses the 41st request of a second to one endpoint, until the window ends', async () => {
    let nowMs = 1_795_000_000_250;
    const { standIn, fetchPath } = await startForTest({
      rateLimits: { now: () => nowMs },
    });
    const statuses = new Map<number, number>();
    let last = await fetchPath(PROJECTS);
    for (let count = 1; count < 45; count++) {
      statuses.set(last.status, (statuses.get(last.status) ?? 0) + 1);
      last = await fetchPath(PROJECTS);
    }
    expect(statuses.get(200)).toBe(40);
    expect(last.status).toBe(429);
    expect(last.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(last.headers.get('retry-after')).toBeNull();
    expect(last.headers.get('x-sentry-rate-limit-limit')).toBe('40');
    expect(last.headers.get('x-sentry-rate-limit-remaining')).toBe('0');
    expect(last.headers.get('x-sentry-rate-limit-reset')).toBe('1795000001');
    expect(JSON.parse(await last.text())).toEqual({
      detail:
        'You are attempting to use this endpoint too frequently. Limit is 40 requests in 1 seconds',
    });

    const other = await fetchPath(ISSUES);
    expect(other.status).toBe(200);
    expect(other.headers.get('x-sentry-rate-limit-remaining')).toBe('39');
    nowMs += 750;
    expect((await fetchPath(PROJECTS)).status).toBe(200);
    await standIn.close();
  });

  it('refuses what goes above the allowed concurrency', async () => {
    const { standIn, fetchPath } = await startForTest({
      rateLimits: { concurrent: 3, requests: 100 },
    });
    standIn.control.addFault({ fault: { kind: 'delay', delayMs: 100 } });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => fetchPath(PROJECTS)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(2);
    expect(await refused[0].json()).toEqual({
      detail:
        'You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is 3',
    });
    expect(
      refused[0].headers.get('x-sentry-rate-limit-concurrentremaining'),
    ).toBe('0');
    standIn.control.clearFaults();
    expect((await fetchPath(PROJECTS)).status).toBe(200);
    await standIn.close();
  });

  it.each(['self-hosted', 'self-hosted-old'] as const)(
    'are unknown to an installation of one’s own (%s)',
    async mode => {
      const { standIn, fetchPath } = await startForTest({
        mode,
        rateLimits: { requests: 1 },
      });
      await fetchPath(PROJECTS);
      const response = await fetchPath(PROJECTS);
      expect(response.status).toBe(200);
      expect(
        [...response.headers.keys()].filter(name =>
          name.startsWith('x-sentry'),
        ),
      ).toEqual([]);
      await standIn.close();
    },
  );
});
