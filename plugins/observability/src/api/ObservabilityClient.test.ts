import { mockApis, registerMswTestHooks } from '@backstage/frontend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { ObservabilityClient } from './ObservabilityClient';

const BASE_URL = 'http://portal.test/api/observability';
const REPORT_URL = `${BASE_URL}/v1/entities/component/default/web/report`;
const report = { entityRef: 'component:default/web', signals: [] };

describe('ObservabilityClient', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  const client = () =>
    new ObservabilityClient({
      fetchApi: mockApis.fetch({
        resolvePluginProtocol: {
          discoveryApi: { getBaseUrl: async () => BASE_URL },
        },
      }),
    });

  it('asks for a report again only to confirm it', async () => {
    const confirmed: (string | null)[] = [];
    let version = 1;
    server.use(
      http.get(REPORT_URL, ({ request }) => {
        confirmed.push(request.headers.get('if-none-match'));
        return request.headers.get('if-none-match') === `"${version}"`
          ? new HttpResponse(null, { status: 304 })
          : HttpResponse.json(
              { ...report, generatedAt: `version ${version}` },
              { headers: { etag: `"${version}"` } },
            );
      }),
    );
    const reader = client();
    const first = await reader.getEntityReport('component:default/web');
    expect(await reader.getEntityReport('component:default/web')).toBe(first);
    version = 2;
    expect(
      await reader.getEntityReport('component:default/web'),
    ).toHaveProperty('generatedAt', 'version 2');
    expect(confirmed).toEqual([null, '"1"', '"1"']);
  });

  it('reads a month, hands over its file, and puts restore tests on record', async () => {
    const asked: string[] = [];
    const entity = `${BASE_URL}/v1/entities/component/default/web`;
    server.use(
      http.get(`${entity}/uptime-report`, ({ request }) => {
        asked.push(new URL(request.url).search);
        return request.url.includes('format=csv')
          ? new HttpResponse('monitor,uptime', {
              headers: { 'content-type': 'text/csv; charset=utf-8' },
            })
          : HttpResponse.json({ month: '2026-10', monitors: [] });
      }),
      http.get(`${entity}/restore-tests`, () =>
        HttpResponse.json({ items: [{ id: '1' }] }),
      ),
      http.post(`${entity}/restore-tests`, async ({ request }) =>
        HttpResponse.json({ ...((await request.json()) as object), id: '2' }),
      ),
    );
    const reader = client();
    const web = 'component:default/web';
    expect(await reader.getUptimeReport(web, '2026-10')).toHaveProperty(
      'month',
      '2026-10',
    );
    expect(
      await (await reader.getUptimeReportFile(web, '2026-10')).text(),
    ).toBe('monitor,uptime');
    expect(asked).toEqual(['?month=2026-10', '?month=2026-10&format=csv']);
    expect(await reader.listRestoreTests(web)).toEqual([{ id: '1' }]);
    const test = { at: '2026-11-23T13:41:00.000Z', result: 'passed' } as const;
    expect(await reader.recordRestoreTest(web, test)).toEqual({
      ...test,
      id: '2',
    });

    // The sign-in page of a proxy is no file, and being forbidden no success.
    server.use(
      http.get(`${entity}/uptime-report`, () => HttpResponse.html('<p>')),
      http.post(`${entity}/restore-tests`, () =>
        HttpResponse.json({}, { status: 403 }),
      ),
    );
    await expect(reader.getUptimeReportFile(web, '2026-10')).rejects.toThrow(
      'The answer is not one of the observability back end',
    );
    await expect(reader.recordRestoreTest(web, test)).rejects.toMatchObject({
      statusCode: 403,
    });
  });

  it('encodes names and filters, and leaves out what does not narrow the list', async () => {
    const asked: string[] = [];
    server.use(
      http.get(`${BASE_URL}/v1/*`, ({ request }) => {
        const { pathname, search } = new URL(request.url);
        asked.push(pathname + search);
        return HttpResponse.json(
          pathname.endsWith('/series') ? [] : { items: [], signals: [] },
        );
      }),
    );
    const reader = client();
    await reader.getEntityReport('api:team-a/web v1?');
    await reader.listEntityHealth({});
    await reader.listEntityHealth({
      status: ['critical', 'unconfigured'],
      owner: 'group:default/crm',
      text: 'a&b',
      limit: 50,
      cursor: 'x=',
    });
    await reader.getSeries('component:default/web', {
      metric: 'performance.p95Ms',
      from: new Date('2026-11-22T13:00:00Z'),
      resolution: 'hour',
    });
    const prefix = '/api/observability/v1/entities';
    expect(asked).toEqual([
      `${prefix}/api/team-a/web%20v1%3F/report`,
      prefix,
      `${prefix}?status=critical%2Cunconfigured&owner=group%3Adefault%2Fcrm&q=a%26b&limit=50&cursor=x%3D`,
      `${prefix}/component/default/web/series?metric=performance.p95Ms&from=2026-11-22T13%3A00%3A00.000Z&resolution=hour`,
    ]);
  });

  it('says what the back end said when it refuses', async () => {
    server.use(
      http.get(REPORT_URL, () =>
        HttpResponse.json(
          {
            error: { name: 'NotAllowedError', message: 'Ask the admins' },
            response: { statusCode: 403 },
          },
          { status: 403 },
        ),
      ),
    );
    await expect(
      client().getEntityReport('component:default/web'),
    ).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 403,
      cause: { name: 'NotAllowedError', message: 'Ask the admins' },
    });
  });

  it.each([
    ['a sign-in page', HttpResponse.html('<html>Sign in</html>')],
    ['another document', HttpResponse.json({ ok: true })],
    ['nothing', HttpResponse.json(null)],
  ])('takes %s for a failure', async (_, answer) => {
    server.use(http.get(REPORT_URL, () => answer));
    await expect(
      client().getEntityReport('component:default/web'),
    ).rejects.toThrow();
  });

  it('asks the sources, and tells when they were asked a moment ago', async () => {
    let asked = 0;
    server.use(
      http.post(REPORT_URL.replace('/report', '/refresh'), () => {
        asked += 1;
        return asked === 1
          ? new HttpResponse(null, { status: 202 })
          : HttpResponse.json({ alreadyRequested: true }, { status: 202 });
      }),
    );
    const writer = client();
    expect(await writer.refreshEntity('component:default/web')).toEqual({
      alreadyRequested: false,
    });
    expect(await writer.refreshEntity('component:default/web')).toEqual({
      alreadyRequested: true,
    });
  });
});
