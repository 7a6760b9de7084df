import { mockApis, registerMswTestHooks } from '@backstage/frontend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { OnCallClient } from './OnCallClient';

const BASE_URL = 'http://portal.test/api/observability';

describe('OnCallClient', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  const client = () =>
    new OnCallClient({
      fetchApi: mockApis.fetch({
        resolvePluginProtocol: {
          discoveryApi: { getBaseUrl: async () => BASE_URL },
        },
      }),
    });

  it('reads who is on call, and sends what people change of it', async () => {
    const base = `${BASE_URL}/v1/on-call`;
    const sent: unknown[] = [];
    const take = async ({ request }: { request: Request }) => {
      const text = await request.text();
      sent.push([
        request.method,
        new URL(request.url).pathname.slice(new URL(base).pathname.length),
        ...(text ? [JSON.parse(text)] : []),
      ]);
      return HttpResponse.json({ id: '1' }, { status: 201 });
    };
    server.use(
      http.get(base, () =>
        HttpResponse.json({ items: [{ level: 'Primary' }] }),
      ),
      http.get(`${base}/shifts`, () => HttpResponse.json({ items: [] })),
      http.get(`${base}/schedules`, () =>
        HttpResponse.json({ items: [{ name: 'a' }], problems: [] }),
      ),
      http.get(`${base}/schedules/a%2Fb`, () =>
        HttpResponse.json({ schedule: { name: 'a/b' } }),
      ),
      http.get(`${base}/schedules/a/shifts`, ({ request }) =>
        HttpResponse.json({ shifts: [new URL(request.url).search] }),
      ),
      http.post(`${base}/schedules/a/overrides`, take),
      http.delete(`${base}/schedules/a/overrides/1`, async info => {
        await take(info);
        return new HttpResponse(null, { status: 204 });
      }),
      http.post(`${base}/schedules/a/swaps`, take),
      http.post(`${base}/swaps/1/:action`, take),
    );
    const reader = client();
    expect(await reader.listOnCall()).toEqual([{ level: 'Primary' }]);
    expect(await reader.listMyShifts()).toEqual([]);
    expect((await reader.listSchedules()).items).toEqual([{ name: 'a' }]);
    expect((await reader.getSchedule('a/b')).schedule.name).toBe('a/b');
    const from = new Date('2026-10-21T00:00:00.000Z');
    const to = new Date('2026-11-04T00:00:00.000Z');
    expect(
      (await reader.getScheduleTimeline('a', { from, to })).shifts,
    ).toEqual([
      '?from=2026-10-21T00%3A00%3A00.000Z&to=2026-11-04T00%3A00%3A00.000Z',
    ]);

    const stretch = { start: from.toISOString(), end: to.toISOString() };
    const override = { ...stretch, add: 'user:default/ana' };
    await reader.createOverride('a', override);
    await reader.deleteOverride('a', '1');
    await reader.createSwap('a', { ...stretch, level: 'Primary' });
    await reader.takeSwap('1');
    await reader.cancelSwap('1');
    expect(sent).toEqual([
      ['POST', '/schedules/a/overrides', override],
      ['DELETE', '/schedules/a/overrides/1'],
      ['POST', '/schedules/a/swaps', { ...stretch, level: 'Primary' }],
      ['POST', '/swaps/1/take', {}],
      ['POST', '/swaps/1/cancel', {}],
    ]);
  });

  it('sends what people write of schedules, so that sending it twice does it once', async () => {
    const schedules = `${BASE_URL}/v1/on-call/schedules`;
    const schedule = { name: 'a', timeZone: 'UTC', levels: [] };
    const sent: unknown[] = [];
    const take = async ({ request }: { request: Request }) => {
      const text = await request.text();
      sent.push([
        request.method,
        new URL(request.url).pathname.slice(new URL(schedules).pathname.length),
        request.headers.get('idempotency-key'),
        ...(text ? [JSON.parse(text)] : []),
      ]);
      return HttpResponse.json({ schedule, shifts: [] });
    };
    server.use(
      http.post(`${schedules}/preview`, take),
      http.post(schedules, take),
      http.put(`${schedules}/a`, take),
      http.delete(`${schedules}/a`, async info => {
        await take(info);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const writer = client();
    const request = {
      schedule,
      from: '2026-10-21T00:00:00.000Z',
      to: '2026-11-18T00:00:00.000Z',
    };
    expect((await writer.previewSchedule(request)).shifts).toEqual([]);
    const key = { idempotencyKey: 'once' };
    expect((await writer.createSchedule(schedule, key)).schedule).toEqual(
      schedule,
    );
    const edit = { schedule, version: 3 };
    await writer.editSchedule('a', edit, key);
    await writer.deleteSchedule('a');
    expect(sent).toEqual([
      ['POST', '/preview', null, request],
      ['POST', '', 'once', schedule],
      ['PUT', '/a', 'once', edit],
      ['DELETE', '/a', null],
    ]);

    server.use(
      http.put(`${schedules}/a`, () =>
        HttpResponse.json(
          { error: { name: 'ConflictError', message: 'edited meanwhile' } },
          { status: 409 },
        ),
      ),
    );
    await expect(writer.editSchedule('a', edit, key)).rejects.toMatchObject({
      statusCode: 409,
    });
  });
});
