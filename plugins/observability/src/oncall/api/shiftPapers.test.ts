import { mockApis, registerMswTestHooks } from '@backstage/frontend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { OnCallClient } from './OnCallClient';

const BASE_URL = 'http://portal.test/api/observability';

describe('the client for links, checklists and handoff notes', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  it('names a shift by its whole key, and sends what people write', async () => {
    const client = new OnCallClient({
      fetchApi: mockApis.fetch({
        resolvePluginProtocol: {
          discoveryApi: { getBaseUrl: async () => BASE_URL },
        },
      }),
    });
    const sent: unknown[] = [];
    server.use(
      http.all(`${BASE_URL}/v1/on-call/*`, async ({ request }) => {
        const text = await request.text();
        const path = request.url.slice(`${BASE_URL}/v1/on-call/`.length);
        sent.push([request.method, path, ...(text ? [JSON.parse(text)] : [])]);
        return request.method === 'DELETE'
          ? new HttpResponse(null, { status: 204 })
          : HttpResponse.json({ items: [], shift: {}, url: 'https://x' });
      }),
    );
    const key = 'crm:Level%201:a/b:0';
    await client.listCalendarFeeds();
    await client.createCalendarFeed({ label: 'Phone' });
    await client.revokeCalendarFeed('a b');
    await client.getShiftChecklist(key);
    await client.editShiftChecklist(key, { items: [{ id: 'a', done: true }] });
    await client.getHandoffNote(key);
    await client.editHandoffNote(key, { text: 'Hello', version: 2 });
    await client.signHandoffNote(key, { version: 3, role: 'leaving' });

    const shift = 'shifts/crm%3ALevel%25201%3Aa%2Fb%3A0';
    expect(sent).toEqual([
      ['GET', 'calendar-feeds'],
      ['POST', 'calendar-feeds', { label: 'Phone' }],
      ['DELETE', 'calendar-feeds/a%20b'],
      ['GET', `${shift}/checklist`],
      ['PUT', `${shift}/checklist`, { items: [{ id: 'a', done: true }] }],
      ['GET', `${shift}/handoff`],
      ['PUT', `${shift}/handoff`, { text: 'Hello', version: 2 }],
      ['POST', `${shift}/handoff/sign`, { version: 3, role: 'leaving' }],
    ]);
  });
});
