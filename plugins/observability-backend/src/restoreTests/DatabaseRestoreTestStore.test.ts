import { RestoreTest } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import {
  DatabaseRestoreTestStore,
  readLastRestoreTests,
} from './DatabaseRestoreTestStore';

jest.setTimeout(60_000);

const web = 'component:default/web';
const day = (number: number) =>
  `2026-11-${String(number).padStart(2, '0')}T12:00:00.000Z`;

describe('DatabaseRestoreTestStore', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let store: DatabaseRestoreTestStore;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      store = new DatabaseRestoreTestStore(knex);
    });

    function test(
      id: string,
      overrides: Partial<RestoreTest> = {},
    ): RestoreTest {
      return {
        id,
        at: day(1),
        result: 'passed',
        recordedBy: 'user:default/ann',
        recordedAt: day(20),
        ...overrides,
      };
    }

    const add = async (entityRef: string, ...tests: RestoreTest[]) => {
      for (const each of tests) {
        await store.add(entityRef, each, async () => undefined);
      }
    };

    it('lists them a page at a time, the last one first', async () => {
      const tests = [
        test('a', { at: day(3), note: 'Took 4 minutes', signal: 's1' }),
        test('c', { at: day(2), recordedAt: day(21), result: 'failed' }),
        test('b', { at: day(2) }),
        test('a2', { at: day(2) }),
        test('d', { signal: 's2' }),
      ];
      await add(web, ...[...tests].reverse());
      await add('component:default/api', test('other', { at: day(4) }));
      await expect(store.list({ entityRef: web, limit: 10 })).resolves.toEqual(
        tests,
      );

      const read: RestoreTest[] = [];
      for (;;) {
        const [next] = await store.list({
          entityRef: web,
          after: read.at(-1),
          limit: 1,
        });
        if (!next) {
          break;
        }
        read.push(next);
      }
      expect(read).toEqual(tests);

      const forFirst = await store.list({
        entityRef: web,
        signalId: 's1',
        limit: 10,
      });
      expect(forFirst.map(({ id }) => id)).toEqual(['a', 'c', 'b', 'a2']);
    });

    it('tells the last one of each database and of all', async () => {
      await add(
        web,
        test('1', { at: day(1), signal: 's1' }),
        test('2', { at: day(3), signal: 's1', result: 'failed' }),
        test('3', { at: day(2) }),
      );
      const last = await readLastRestoreTests(knex, [web, 'component:x/y']);
      expect([...last]).toEqual([
        [
          web,
          [
            { signalId: 's1', at: day(3), result: 'failed' },
            { signalId: null, at: day(2), result: 'passed' },
          ],
        ],
      ]);
    });

    it('keeps nothing when what follows from it fails', async () => {
      await expect(
        store.add(web, test('1'), async () => {
          throw new Error('no evaluation');
        }),
      ).rejects.toThrow('no evaluation');
      await expect(store.list({ entityRef: web, limit: 1 })).resolves.toEqual(
        [],
      );
    });

    it('forgets those that were made long ago', async () => {
      await add(web, test('1', { at: day(1) }), test('2', { at: day(2) }));
      await expect(store.deleteBefore(new Date(day(2)))).resolves.toBe(1);
      const left = await store.list({ entityRef: web, limit: 10 });
      expect(left.map(({ id }) => id)).toEqual(['2']);
    });
  });
});
