import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createTestDatabases, openStores } from '../__testUtils__/stores';
import { CheckState, NEW_CHECK } from './CheckState';
import { DatabaseCheckStore } from './DatabaseCheckStore';

jest.setTimeout(60_000);

const START = Date.parse('2026-11-24T12:00:00Z');

function at(seconds: number): Date {
  return new Date(START + seconds * 1000);
}

function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `check-${index}`);
}

function sync(store: DatabaseCheckStore, names: string[], seconds = 0) {
  return store.sync(
    names.map((name, index) => ({
      name,
      firstDueAt: at(seconds + index),
      latestDueAt: at(seconds + 300),
    })),
    at(seconds),
  );
}

function claim(
  store: DatabaseCheckStore,
  names: string[],
  options: { owner?: string; seconds?: number; limit?: number } = {},
) {
  const { owner = 'one', seconds = 1000, limit = 1000 } = options;
  return store.claim({
    names,
    owner,
    limit,
    now: at(seconds),
    leaseUntil: at(seconds + 40),
  });
}

const UP: CheckState = {
  state: 'up',
  reason: 'quotes " and \\ and \u0007 and é',
  changes: [],
};

describe('DatabaseCheckStore', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', id => {
    it('gives each due check to one process, the longest due first', async () => {
      const { store, other } = await openStores(databases, id);
      const names = namesOf(300);
      await sync(store, names);
      expect((await claim(store, names, { limit: 3 })).length).toBe(3);

      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          claim(index % 2 ? store : other, names, {
            owner: `process-${index}`,
            limit: 20,
          }),
        ),
      );
      const rest = await claim(store, names, { owner: 'last' });
      const all = [...taken.flat(), ...rest].map(({ name }) => name);
      expect(all).toHaveLength(297);
      expect(new Set(all).size).toBe(297);

      const later = await openStores(databases, id);
      await sync(later.store, names);
      const first = await claim(later.store, names, { limit: 2 });
      expect(first.map(({ name }) => name).sort()).toEqual(names.slice(0, 2));
      expect(first).toContainEqual({
        name: 'check-1',
        dueAt: at(1),
        state: NEW_CHECK,
        targetKeys: [],
      });
    });

    it('gives a check to another process when its lease has run out, and takes no result of the first', async () => {
      const { store, other } = await openStores(databases, id);
      await sync(store, ['web']);
      const result = {
        name: 'web',
        state: UP,
        dueAt: at(400),
        at: at(101),
        responseMs: 80,
      };
      await claim(store, ['web'], { owner: 'dead', seconds: 100 });
      expect(await claim(other, ['web'], { seconds: 140 })).toEqual([]);
      expect(await claim(other, ['web'], { seconds: 141 })).toHaveLength(1);
      expect(await store.record('dead', [result])).toEqual(new Set());
      const span = { after: at(0), through: at(1000) };
      expect(await store.readResults(['web'], span)).toEqual([]);

      expect(await other.record('one', [result])).toEqual(new Set(['web']));
      expect(await store.readResults(['web'], span)).toEqual([
        { name: 'web', at: at(101), responseMs: 80 },
      ]);
      expect(await claim(store, ['web'], { seconds: 399 })).toEqual([]);
      expect(await claim(store, ['web'], { seconds: 400 })).toEqual([
        { name: 'web', dueAt: at(400), state: UP, targetKeys: [] },
      ]);
    });

    it('stores many results at once, those without an answer too', async () => {
      const { store } = await openStores(databases, id);
      const names = namesOf(1200);
      await sync(store, names);
      await claim(store, names, { seconds: 2000, limit: 2000 });
      const accepted = await store.record(
        'one',
        names.map((name, index) => ({
          name,
          state: { ...UP, responseMs: index },
          dueAt: at(2300),
          at: at(2001),
          responseMs: index % 2 ? index : undefined,
        })),
      );
      expect(accepted.size).toBe(1200);
      expect(
        await store.readResults(names, { after: at(2000), through: at(2001) }),
      ).toHaveLength(600);
      expect(
        await store.readResults(names, { after: at(2001), through: at(3000) }),
      ).toEqual([]);
      await store.deleteResults(at(2002));
      expect(
        await store.readResults(names, { after: at(0), through: at(3000) }),
      ).toEqual([]);
      const [stored] = await store.read(['check-7', 'other']);
      expect(stored).toEqual({
        name: 'check-7',
        state: { ...UP, responseMs: 7 },
        createdAt: at(0),
      });
    });

    it('follows the configuration: new, removed and more frequent checks', async () => {
      const { store, other } = await openStores(databases, id);
      await Promise.all([
        sync(store, ['kept', 'removed']),
        sync(other, ['kept', 'removed']),
      ]);
      await claim(store, ['kept', 'removed']);
      await store.record(
        'one',
        ['kept', 'removed'].map(name => ({
          name,
          state: UP,
          dueAt: at(9000),
          at: at(1001),
          responseMs: 5,
        })),
      );
      await sync(store, ['kept', 'new'], 2000);
      const names = ['kept', 'removed', 'new'];
      const stored = await store.read(names);
      expect(stored.map(({ name, state }) => [name, state]).sort()).toEqual([
        ['kept', UP],
        ['new', NEW_CHECK],
      ]);
      expect(
        (
          await store.readResults(names, { after: at(0), through: at(3000) })
        ).map(({ name }) => name),
      ).toEqual(['kept']);
      // It is due within its interval, which is shorter now.
      const due = await claim(store, names, { seconds: 2300 });
      expect(due.map(({ name }) => name).sort()).toEqual(['kept', 'new']);
    });

    it('sets anew when overdue checks are due, but for those that somebody runs', async () => {
      const { store } = await openStores(databases, id);
      const names = namesOf(4);
      await sync(store, names);
      await claim(store, ['check-0'], { seconds: 100 });
      await store.postpone(at(3), (name, count) => {
        expect(count).toBe(3);
        return at(name === 'check-1' ? 500 : 600);
      });
      const due = async (seconds: number) =>
        (await claim(store, names, { owner: 'two', seconds })).map(
          ({ name }) => name,
        );
      expect(await due(110)).toEqual(['check-3']);
      expect((await due(500)).sort()).toEqual([
        'check-0',
        'check-1',
        'check-3',
      ]);
    });

    it('gives back what a process had when it stops, and keeps whose checks they are', async () => {
      const { store, other } = await openStores(databases, id);
      await sync(store, ['web', 'api']);
      await store.rememberTargets(new Map([['web', ['web', 'api+web']]]));
      await claim(store, ['web', 'api']);
      await store.release('somebody else');
      expect(await claim(other, ['web', 'api'])).toEqual([]);
      await store.release('one');
      expect(
        (await claim(other, ['web', 'api']))
          .map(({ name, targetKeys }) => [name, targetKeys])
          .sort(),
      ).toEqual([
        ['api', []],
        ['web', ['api+web', 'web']],
      ]);
    });

    it('goes down over data and up again', async () => {
      const { knex, store } = await openStores(databases, id);
      await sync(store, ['web']);
      const migrations = {
        directory: resolvePackagePath(
          '@watchkeeper/backstage-plugin-observability-backend-module-http-checks',
          'migrations',
        ),
        tableName: 'observability_module_http_checks__knex_migrations',
      };
      await knex.migrate.rollback(migrations, true);
      expect(await knex.schema.hasTable('http_checks')).toBe(false);
      expect(await knex.schema.hasTable('http_check_results')).toBe(false);
      await knex.migrate.latest(migrations);
      expect(await store.read(['web'])).toEqual([]);
    });
  });
});
