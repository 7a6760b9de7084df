import { readLink, startForTest } from '../__testUtils__/client';
import { largeSentryWorld } from '..';

interface Named {
  id: string;
  lastSeen: string;
}

describe('paging of the stand-in of Sentry', () => {
  let started: Awaited<ReturnType<typeof startForTest>>;
  beforeAll(async () => {
    started = await startForTest({
      world: largeSentryWorld({ projects: 130 }),
    });
  });
  afterAll(() => started.standIn.close());

  async function walk(path: string) {
    const pages: Named[][] = [];
    let next:
      | string
      | undefined = `${started.standIn.url}/api/0/organizations/large/${path}`;
    while (next) {
      const response = await started.fetchPath(
        next.slice(started.standIn.url.length),
      );
      const link = readLink(response);
      expect(Object.keys(link)).toEqual(['previous', 'next']);
      pages.push(await response.json());
      next = link.next.results ? link.next.url : undefined;
    }
    return pages;
  }

  it('gives a hundred rows by default and both relations on every page', async () => {
    const pages = await walk('projects/');
    expect(pages.map(page => page.length)).toEqual([100, 30]);
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(130);
  });

  it('writes links as the vendor does, without the cursor of the request', async () => {
    const response = await started.fetchPath(
      '/api/0/organizations/large/projects/?cursor=0:40:0&per_page=20',
    );
    const base = `${started.standIn.url}/api/0/organizations/large/projects/`;
    expect(response.headers.get('link')).toBe(
      `<${base}?per_page=20&cursor=0:20:1>; rel="previous"; results="true"; cursor="0:20:1", ` +
        `<${base}?per_page=20&cursor=0:60:0>; rel="next"; results="true"; cursor="0:60:0"`,
    );
    const bare = await started.fetchPath(
      '/api/0/organizations/large/environments/',
    );
    expect(bare.status).toBe(200);
    const first = await started.fetchPath(
      '/api/0/organizations/large/projects/',
    );
    expect(readLink(first).previous).toMatchObject({
      url: `${base}?&cursor=0:0:1`,
      results: false,
    });
  });

  it('shortens a page of issues by those dropped after paging, with more to come', async () => {
    const pages = await walk('issues/?query=&limit=10');
    const all = pages.flat().map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
    // Three issues in each project; two of them are being deleted.
    expect(all).toHaveLength(130 * 3 - 2);
    expect(pages.slice(0, -1).some(page => page.length < 10)).toBe(true);
    const alone = await walk('issues/?query=&limit=1&project=service-00050');
    expect(alone.map(page => page.length).sort()).toEqual([0, 1, 1]);
  });

  it('walks issues by date with cursors that carry it, forth and back', async () => {
    const path = '/api/0/organizations/large/issues/?query=&sort=date&limit=50';
    const first = await started.fetchPath(path);
    const rows: Named[] = await first.json();
    const { next } = readLink(first);
    expect(next.cursor).toMatch(/^\d{13}:\d+:0$/);
    const dates = rows.map(({ lastSeen }) => Date.parse(lastSeen));
    expect(dates).toEqual([...dates].sort((a, b) => b - a));

    const second = await started.fetchPath(
      next.url.slice(started.standIn.url.length),
    );
    const { previous } = readLink(second);
    expect(previous.results).toBe(true);
    const back = await started.fetchPath(
      previous.url.slice(started.standIn.url.length),
    );
    expect(await back.json()).toEqual(rows);

    const offsets = await started.fetchPath(path.replace('date', 'freq'));
    expect(readLink(offsets).next.cursor).toBe('0:50:0');
  });

  it('tells how many issues there are', async () => {
    const response = await started.fetchPath(
      '/api/0/organizations/large/issues/?query=&limit=1',
    );
    expect(response.headers.get('x-hits')).toBe('390');
    expect(response.headers.get('x-max-hits')).toBe('1000');
  });

  it('has neither rows nor links where there is no project', async () => {
    const empty = await startForTest({
      world: largeSentryWorld({ projects: 0 }),
    });
    for (const [path, body] of [
      ['issues/', []],
      ['releases/', []],
      [
        'events/?dataset=errors&field=count()',
        { data: [], meta: { tips: {} } },
      ],
    ] as const) {
      const response = await empty.fetchPath(
        `/api/0/organizations/large/${path}`,
      );
      expect(await response.json()).toEqual(body);
      expect(response.headers.get('link')).toBeNull();
    }
    await empty.standIn.close();
  });

  it.each([
    ['issues/?cursor=later', 'Invalid cursor parameter.'],
    [
      'issues/?limit=101',
      'Invalid limit parameter. Must be between 1 and 100.',
    ],
    [
      'projects/?per_page=0',
      'Invalid per_page parameter. Must be between 1 and 100.',
    ],
  ])('refuses %s', async (path, detail) => {
    const response = await started.fetchPath(
      `/api/0/organizations/large/${path}`,
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail });
  });
});
