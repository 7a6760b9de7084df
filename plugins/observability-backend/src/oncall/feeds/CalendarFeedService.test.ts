import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { EntityAccess } from '../../access/EntityAccess';
import { CatalogDirectory } from '../CatalogDirectory';
import { OnCallService, ScheduleStretch } from '../OnCallService';
import { CalendarFeedService, hashOfToken } from './CalendarFeedService';
import { createCalendarFeedRouter } from './calendarFeedRouter';
import { CalendarFeedStore } from './CalendarFeedStore';
import { ShiftPublisher } from './ShiftPublisher';

const ann = 'user:default/ann';
const token = 'a-secret-that-nobody-may-see';

const stretch: ScheduleStretch = {
  name: 'crm',
  title: 'CRM',
  externalNames: new Map(),
  shifts: [
    {
      key: 'key',
      start: '2026-11-26T00:00:00.000Z',
      end: '2026-11-27T00:00:00.000Z',
      level: 'primary',
      people: [ann],
      source: { type: 'rotation' },
    },
  ],
};

/** One feed of Ann's, in a catalog that knows some people. */
function createFeeds(known: Set<string>) {
  const store: Partial<CalendarFeedStore> = {
    byToken: async hash =>
      hash === hashOfToken(token)
        ? { id: 'one', label: 'Phone', owner: ann, createdAt: '' }
        : undefined,
    use: jest.fn(),
  };
  const directory: Pick<CatalogDirectory, 'people'> = {
    people: async () => ({ people: new Map(), known }),
  };
  const feeds = new CalendarFeedService({
    store: store as CalendarFeedStore,
    publisher: new ShiftPublisher({
      store: {
        read: async () => ({ events: [] }),
        write: async () => true,
        deleteEndedBefore: async () => 0,
      },
      read: async () => [stretch],
      now: () => new Date('2026-11-25T12:00:00Z'),
    }),
    onCall: {} as OnCallService,
    directory: directory as CatalogDirectory,
    access: {} as EntityAccess,
    baseUrl: async () => 'https://portal.example/api/observability',
  });
  return { feeds, store };
}

describe('CalendarFeedService', () => {
  it('gives an empty calendar to whoever has left the catalog', async () => {
    const known = new Set([ann]);
    const { feeds, store } = createFeeds(known);
    const calendar = await feeds.calendar(token);
    expect(calendar).toContain('UID:key@');
    known.clear();
    const empty = await feeds.calendar(token);
    expect(empty).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(empty).not.toContain('BEGIN:VEVENT');
    expect(store.use).toHaveBeenCalledTimes(1);
  });

  it('keeps the secret of a link out of the log of requests', async () => {
    const logger = mockServices.logger.mock();
    const app = express();
    app.use(
      MiddlewareFactory.create({
        config: mockServices.rootConfig(),
        logger,
      }).logging(),
    );
    app.use(
      '/api/observability',
      await createCalendarFeedRouter({
        feeds: createFeeds(new Set([ann])).feeds,
        httpAuth: mockServices.httpAuth(),
        auditor: mockServices.auditor.mock(),
      }),
    );
    for (const [secret, status] of [
      [token, 200],
      ['another', 404],
    ]) {
      await request(app)
        .get(`/api/observability/v1/on-call/calendar/${secret}.ics?x=${secret}`)
        .expect(Number(status));
    }
    const logged = JSON.stringify(logger.info.mock.calls);
    expect(logged).toContain('/v1/on-call/calendar/(secret).ics');
    expect(logged).not.toMatch(/another|a-secret/);
  });
});
