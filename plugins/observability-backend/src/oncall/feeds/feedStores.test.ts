import { CalendarFeed } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { ScheduleStretch } from '../OnCallService';
import { DatabaseCalendarFeedStore } from './DatabaseCalendarFeedStore';
import { DatabasePublishedShiftStore } from './DatabasePublishedShiftStore';
import { ShiftPublisher } from './ShiftPublisher';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const now = new Date('2026-11-25T12:00:00.000Z');

const day = (number: number) =>
  new Date(Date.UTC(2026, 10, number)).toISOString();

function stretch(people: string[], keys = ['one']): ScheduleStretch {
  return {
    name: 'crm',
    title: 'CRM',
    externalNames: new Map(),
    shifts: keys.map((key, index) => ({
      key,
      start: day(26 + index),
      end: day(27 + index),
      level: 'primary',
      people,
      source: { type: 'rotation' },
    })),
  };
}

describe('what is kept of calendar feeds', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
    });

    it('finds a feed by what is kept of its secret, until it is forgotten', async () => {
      const store = new DatabaseCalendarFeedStore(knex);
      const feed = (id: string, hours: number, more = {}): CalendarFeed => ({
        id,
        label: id,
        owner: ann,
        createdAt: new Date(now.getTime() + hours * 3_600_000).toISOString(),
        ...more,
      });
      const feeds = [
        feed('one', 0),
        feed('two', 1, { schedule: 'crm' }),
        feed('three', 2, { schedule: 'crm', owner: bob }),
      ];
      for (const each of feeds) {
        await store.add(each, `hash of ${each.id}`);
      }
      const ids = async (selection: object) =>
        (await store.list(selection)).map(({ id }) => id);
      await expect(ids({ owner: ann })).resolves.toEqual(['two', 'one']);
      await expect(ids({ schedule: 'crm' })).resolves.toEqual(['three', 'two']);
      await expect(ids({ owner: ann, schedule: 'crm' })).resolves.toEqual([
        'two',
      ]);
      await expect(store.byToken('hash of one')).resolves.toEqual(feeds[0]);
      await expect(store.byToken('one')).resolves.toBeUndefined();

      await store.use('one', '2026-11-25');
      await store.use('one', '2026-11-24');
      await expect(store.feed('one')).resolves.toEqual({
        ...feeds[0],
        lastUsedOn: '2026-11-25',
      });

      const revoked = await Promise.all(
        [day(26), day(26)].map(at => store.revoke('one', at)),
      );
      expect(revoked.filter(Boolean)).toHaveLength(1);
      await expect(store.feed('one')).resolves.toBeUndefined();
      await expect(ids({ owner: ann })).resolves.toEqual(['two']);
      await expect(store.byToken('hash of one')).resolves.toMatchObject({
        revokedAt: day(26),
      });
      await expect(store.deleteRevokedBefore(day(25))).resolves.toBe(0);
      await expect(store.deleteRevokedBefore(day(26))).resolves.toBe(1);
      await expect(store.byToken('hash of one')).resolves.toBeUndefined();
    });

    it('raises a sequence once however many replicas see a change at once', async () => {
      let people = [ann];
      const replicas = [1, 2, 3].map(
        () =>
          new ShiftPublisher({
            store: new DatabasePublishedShiftStore(knex),
            read: async () => [stretch(people)],
            now: () => now,
          }),
      );
      const answers = () =>
        Promise.all(
          replicas.map(replica => replica.publish({ schedule: 'crm' })),
        );
      for (const sequence of [0, 1, 2]) {
        people = sequence % 2 === 0 ? [ann] : [bob];
        const [first, ...others] = await answers();
        expect(first.events).toMatchObject([{ sequence, people }]);
        expect(others).toEqual([first, first]);
      }
    });

    it('never tells calendars what was before, after somebody told them what is', async () => {
      const store = new DatabasePublishedShiftStore(knex);
      const fast = new ShiftPublisher({
        store,
        read: async () => [stretch([bob])],
        now: () => now,
      });
      let people = [ann];
      const slow = new ShiftPublisher({
        store,
        read: async () => {
          const seen = [stretch(people)];
          // The schedule is edited, and told of, just after it was read.
          people = [bob];
          await fast.publish({ schedule: 'crm' });
          return seen;
        },
        now: () => now,
      });
      const { events } = await slow.publish({ schedule: 'crm' });
      expect(events).toMatchObject([{ people: [bob], sequence: 0 }]);
    });

    it('keeps what a person and a schedule were told apart, and forgets what ended', async () => {
      const store = new DatabasePublishedShiftStore(knex);
      let people = [ann, bob];
      const publisher = new ShiftPublisher({
        store,
        read: async () => [stretch(people, ['one', 'two'])],
        now: () => now,
      });
      await publisher.publish({ person: ann });
      await publisher.publish({ schedule: 'crm' });
      people = [bob];
      const { events: own } = await publisher.publish({ person: ann });
      expect(own.map(({ key, cancelledAt }) => [key, cancelledAt])).toEqual([
        ['one', now.toISOString()],
        ['two', now.toISOString()],
      ]);
      const { events: all } = await publisher.publish({ schedule: 'crm' });
      expect(all).toMatchObject([
        { people: [bob], sequence: 1 },
        { people: [bob], sequence: 1 },
      ]);

      await expect(store.deleteEndedBefore(day(27))).resolves.toBe(2);
      expect((await store.read(ann)).events.map(({ key }) => key)).toEqual([
        'two',
      ]);
      await expect(store.deleteEndedBefore(day(28))).resolves.toBe(2);
      await expect(store.read(ann)).resolves.toEqual({ events: [] });
    });
  });
});
