import { Schedule } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { DatabaseOutbox } from '../../notifications/DatabaseOutbox';
import { DatabaseOnCallStore } from '../DatabaseOnCallStore';
import { NoticeStore } from './NoticeStore';
import { OnCallReminder } from './OnCallReminder';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const never = new AbortController().signal;

const definition: Schedule = {
  name: 'crm',
  timeZone: 'Europe/Paris',
  levels: [
    {
      name: 'primary',
      layers: [
        {
          members: [ann, bob],
          rotation: { unit: 'week', length: 1, start: '2026-03-02T09:00' },
        },
      ],
    },
  ],
};

describe('OnCallReminder', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let notices: NoticeStore;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      notices = new NoticeStore({ knex, outbox: new DatabaseOutbox(knex) });
      await new DatabaseOnCallStore(knex).create({
        definition,
        origin: { type: 'api' },
        createdBy: ann,
        now: '2026-03-01T00:00:00.000Z',
      });
    });

    /** Another replica. */
    const reminder = () =>
      new OnCallReminder({
        store: new DatabaseOnCallStore(knex),
        notices: new NoticeStore({ knex, outbox: new DatabaseOutbox(knex) }),
        directory: {
          people: async () => ({ people: new Map(), known: new Set() }),
        },
      });
    const run = (at: string, replicas = 1) =>
      Promise.all(
        Array.from({ length: replicas }, () =>
          reminder().run(new Date(`2026-03-${at}:00Z`), never),
        ),
      );
    const told = async () => {
      const rows = await knex('outbox').orderBy('id');
      await knex('outbox').delete();
      return rows
        .map(({ kind, payload }) => `${kind} ${JSON.parse(payload).recipients}`)
        .sort();
    };

    it('tells each thing once, however many replicas look at once', async () => {
      await run('16T08:00', 4);
      await expect(told()).resolves.toEqual([
        `on-call-handoff ${ann}`,
        `on-call-handoff ${bob}`,
        `on-call-reminder ${bob}`,
      ]);
      await run('16T08:01', 4);
      await expect(told()).resolves.toEqual([]);
      await run('22T08:00', 4);
      await expect(told()).resolves.toEqual([`on-call-reminder ${bob}`]);
    });

    it('puts on record what was due while nothing ran, and does not tell it', async () => {
      await run('22T10:30');
      await expect(told()).resolves.toEqual([]);
      const rows = await knex('on_call_notices').orderBy('kind');
      expect(
        rows.map(({ kind, person, state }) => [kind, person, state]),
      ).toEqual([
        ['day', bob, 'late'],
        ['week', bob, 'late'],
      ]);
      await run('22T20:05');
      await expect(told()).resolves.toEqual([`on-call-reminder ${bob}`]);
    });

    it('forgets what was told of shifts that are long over', async () => {
      await run('16T08:00');
      const before = (at: string) =>
        notices.deleteBefore(new Date(`2026-03-${at}:00Z`));
      await expect(before('16T08:00')).resolves.toBe(0);
      await expect(before('16T08:01')).resolves.toBe(2);
    });
  });
});
