import {
  Override,
  Schedule,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { DatabaseOnCallStore } from './DatabaseOnCallStore';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const hour = (number: number) =>
  `2026-11-25T${String(number).padStart(2, '0')}:00:00.000Z`;

function definition(name: string, owner?: string): Schedule {
  return { name, owner, timeZone: 'UTC', levels: [] };
}

describe('DatabaseOnCallStore', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let store: DatabaseOnCallStore;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      store = new DatabaseOnCallStore(knex);
    });

    const create = (name: string, owner?: string) =>
      store.create({
        definition: definition(name, owner),
        origin: { type: 'api' },
        createdBy: ann,
        now: hour(1),
      });
    const edit = (version: number, effectiveFrom: string, now = hour(2)) =>
      store.edit({
        definition: { ...definition('crm'), title: `from ${effectiveFrom}` },
        version,
        effectiveFrom,
        createdBy: ann,
        now,
      });
    const load = (now = hour(2)) =>
      store.load({ names: ['crm'], from: hour(0), now });

    it('lets one of several writers win, and none use a name twice', async () => {
      const created = await Promise.all([create('crm'), create('crm')]);
      expect(created.sort()).toEqual([false, true]);
      const edited = await Promise.all(
        [3, 4, 5].map(from => edit(1, hour(from))),
      );
      expect(edited.filter(Boolean)).toHaveLength(1);
      await expect(store.end('crm', hour(3))).resolves.toBe(true);
      await expect(store.end('crm', hour(4))).resolves.toBe(false);
      await expect(create('crm')).resolves.toBe(false);
      await expect(edit(2, hour(5))).resolves.toBe(false);
      await expect(load()).resolves.toEqual([]);
    });

    it('replaces what is not in force yet, and nothing that ever was', async () => {
      await create('crm');
      await edit(1, hour(4));
      await edit(2, hour(6));
      await edit(3, hour(5));
      const effective = async () =>
        (await load())[0].versions.map(({ effectiveFrom }) => effectiveFrom);
      await expect(effective()).resolves.toEqual([hour(1), hour(4), hour(5)]);
      await edit(4, hour(8), hour(7));
      await edit(5, hour(7), hour(7));
      await expect(effective()).resolves.toEqual([
        hour(1),
        hour(4),
        hour(5),
        hour(7),
      ]);
    });

    it('takes back overrides that have not begun, and ends those that run', async () => {
      await create('crm');
      const override = (id: string, from: number): Override => ({
        id,
        start: hour(from),
        end: hour(from + 2),
        add: ann,
        createdBy: ann,
        createdAt: hour(1),
      });
      const all = [override('a', 3), override('b', 5), override('c', 8)];
      for (const each of all) {
        await store.addOverride('crm', each);
      }
      expect((await load())[0].overrides).toEqual(all);
      await expect(store.endOverride('a', hour(6))).resolves.toBe(false);
      await expect(store.endOverride('b', hour(6))).resolves.toBe(true);
      await expect(store.endOverride('c', hour(6))).resolves.toBe(true);
      expect((await load())[0].overrides).toEqual([
        all[0],
        { ...all[1], end: hour(6) },
      ]);
    });

    it('gives a swap to one alone, and to nobody once it has begun', async () => {
      await create('crm');
      const swap: Swap = {
        id: 'swap',
        schedule: 'crm',
        level: 'primary',
        start: hour(5),
        end: hour(6),
        from: ann,
        state: 'open',
        createdAt: hour(1),
      };
      await store.addSwap(swap);
      await expect(store.swap('swap', hour(5))).resolves.toEqual({
        ...swap,
        state: 'expired',
      });
      const take = (to: string, now = hour(2)) =>
        store.changeSwap({ id: 'swap', from: 'open', state: 'taken', to, now });
      await expect(take('user:default/eve', hour(5))).resolves.toBe(false);
      const taken = await Promise.all(
        ['bob', 'eve'].map(name => take(`user:default/${name}`)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect((await load())[0].swaps).toMatchObject([{ state: 'taken' }]);
    });

    it('finds schedules by the groups that own them', async () => {
      await create('crm', 'group:default/crm');
      await create('mail', 'group:default/crm');
      await create('other', 'group:default/other');
      await store.end('mail', hour(2));
      await expect(
        store.namesByOwner(['group:default/crm', 'group:default/none']),
      ).resolves.toEqual(new Map([['group:default/crm', ['crm']]]));
      await expect(store.namesOf(['mail', 'other', 'x'])).resolves.toEqual(
        new Set(['other']),
      );
    });
  });
});
