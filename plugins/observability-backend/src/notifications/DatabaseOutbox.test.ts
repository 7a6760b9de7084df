import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { DatabaseOutbox } from './DatabaseOutbox';
import { OutboxMessage } from './Outbox';

jest.setTimeout(60_000);

const start = new Date('2026-11-24T12:00:00.000Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);

function message(
  occurrence: string,
  overrides: Partial<OutboxMessage> = {},
): OutboxMessage {
  return {
    kind: 'health-critical',
    subject: 'component:default/web',
    occurrence,
    recipients: ['group:default/crm'],
    payload: {
      title: 'Web is critical',
      severity: 'critical',
      topic: 'health',
      scope: `health:component:default/web:${occurrence}`,
    },
    ...overrides,
  };
}

describe('DatabaseOutbox', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let outbox: DatabaseOutbox;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      outbox = new DatabaseOutbox(knex);
    });

    const add = (...messages: OutboxMessage[]) =>
      knex.transaction(trx => outbox.add(trx, messages, start.toISOString()));
    const claim = async (seconds: number, limit = 10) =>
      outbox.claim({ now: after(seconds), leaseSeconds: 60, limit });
    const claimed = async (seconds: number, limit?: number) =>
      (await claim(seconds, limit)).map(({ occurrence }) => occurrence);

    it('keeps one message an occurrence, and hands out all of it', async () => {
      await add(message('one'), message('one'));
      await add(message('one', { recipients: ['group:default/other'] }));
      await expect(claim(0)).resolves.toEqual([
        {
          id: expect.any(Number),
          attempts: 1,
          createdAt: start.toISOString(),
          ...message('one'),
        },
      ]);
    });

    it('gives a message to one of several senders until its lease is over', async () => {
      const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
      await add(...names.map(name => message(name)));
      const all = await Promise.all([
        claimed(0, 20),
        claimed(0, 20),
        claimed(0, 20),
      ]);
      expect(all.flat().sort()).toEqual([...names].sort());
      await expect(claimed(59)).resolves.toEqual([]);
      await expect(claimed(60, 3)).resolves.toEqual(['n0', 'n1', 'n2']);
      const [{ attempts }] = await claim(60, 1);
      expect(attempts).toBe(2);
    });

    it('hands out no more of what was sent, and again what was postponed', async () => {
      await add(message('one'), message('two'));
      const [one, two] = await claim(0);
      await outbox.markSent(one.id, after(1));
      await outbox.postpone(two.id, after(15));
      await expect(claimed(14)).resolves.toEqual([]);
      await expect(claimed(15)).resolves.toEqual(['two']);
      await expect(claimed(1000)).resolves.toEqual(['two']);
    });

    it('tells the end of an occurrence only after its beginning', async () => {
      await add(message('one'), message('two'));
      await add(message('one', { kind: 'health-recovered' }));
      const kinds = async (seconds: number) =>
        (await claim(seconds)).map(({ kind, occurrence }) => [
          kind,
          occurrence,
        ]);
      const [one, two] = await claim(0);
      await outbox.markSent(two.id, after(1));
      await outbox.postpone(one.id, after(100));
      await expect(kinds(90)).resolves.toEqual([]);
      await expect(kinds(100)).resolves.toEqual([['health-critical', 'one']]);
      await outbox.markSent(one.id, after(101));
      await expect(kinds(102)).resolves.toEqual([['health-recovered', 'one']]);
    });

    it('goes with the transaction that it is a part of', async () => {
      const failing = knex.transaction(async trx => {
        await outbox.add(trx, [message('one')], start.toISOString());
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
      await expect(claim(0)).resolves.toEqual([]);
    });

    it('deletes what is old, sent or not', async () => {
      await add(message('one'));
      await expect(outbox.deleteBefore(start)).resolves.toBe(0);
      await expect(outbox.deleteBefore(after(1))).resolves.toBe(1);
    });
  });
});
