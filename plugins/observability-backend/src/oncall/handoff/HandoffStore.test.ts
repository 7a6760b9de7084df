import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { HandoffStore } from './HandoffStore';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const NOW = '2026-03-02T12:00:00.000Z';
const LATER = '2026-03-02T13:00:00.000Z';
const shift = { schedule: 'crm', key: 'crm:primary:@0:20260302T0900:0' };

describe('HandoffStore', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let store: HandoffStore;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      store = new HandoffStore(knex);
    });

    const tick = (itemId: string, done: boolean, changedBy: string, at = NOW) =>
      store.tick(shift, [{ itemId, done, changedBy, changedAt: at }]);
    const save = (text: string, version: number, by = ann) =>
      store.save(shift, { text, version, by, now: NOW });
    const sign = (role: 'leaving' | 'arriving', version: number) =>
      store.sign(shift, { role, version, by: bob, now: LATER, draft: 'Draft' });

    it('lets people tick at once without undoing each other, and keeps who did so first', async () => {
      await Promise.all([tick('one', true, ann), tick('two', true, bob)]);
      await tick('one', true, bob, LATER);
      const ticks = await store.ticks(shift.key);
      expect(
        [...ticks.values()].map(({ changedBy }) => changedBy).sort(),
      ).toEqual([ann, bob]);
      expect(ticks.get('one')).toEqual({
        itemId: 'one',
        done: true,
        changedBy: ann,
        changedAt: NOW,
      });
      await tick('one', false, bob, LATER);
      expect((await store.ticks(shift.key)).get('one')).toMatchObject({
        done: false,
        changedBy: bob,
      });
    });

    it('lets one of several writers win, and each side sign once', async () => {
      const saved = await Promise.all([save('a', 0), save('b', 0, bob)]);
      expect(saved.sort()).toEqual([false, true]);
      const signed = await Promise.all([
        sign('leaving', 1),
        sign('leaving', 1),
        sign('arriving', 0),
      ]);
      expect(signed.filter(Boolean)).toHaveLength(1);
      await expect(save('c', 1)).resolves.toBe(true);
      expect((await store.note(shift.key))?.signatures).toEqual([]);
      await expect(sign('leaving', 1)).resolves.toBe(false);
      await sign('leaving', 2);
      await sign('arriving', 2);
      await expect(save('d', 2)).rejects.toThrow('Both have signed');
      await expect(store.note(shift.key)).resolves.toMatchObject({
        version: 2,
        text: 'c',
        signatures: [{ role: 'leaving' }, { role: 'arriving' }],
      });
    });

    it('deletes what is old, with its signatures', async () => {
      await tick('one', true, ann);
      await sign('leaving', 0);
      await store.deleteBefore(new Date(NOW));
      expect((await store.ticks(shift.key)).size).toBe(1);
      await store.deleteBefore(new Date('2026-03-02T13:00:01Z'));
      expect((await store.ticks(shift.key)).size).toBe(0);
      await expect(store.note(shift.key)).resolves.toBeUndefined();
      await expect(knex('on_call_handoff_signatures')).resolves.toEqual([]);
    });
  });
});
