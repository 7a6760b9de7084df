import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
  statementsOf,
} from '../__testUtils__/databases';
import {
  errorsData,
  ScriptedProvider,
} from '../__testUtils__/ScriptedProvider';
import { testEntity, TestWorld } from '../__testUtils__/TestWorld';
import { TargetRecord } from './CollectionStore';
import { DatabaseCollectionStore } from './DatabaseCollectionStore';

jest.setTimeout(60_000);

const id = { provider: 'fake', instance: 'default' };
const startedAt = new Date('2026-11-24T12:00:00.000Z');
const later = (seconds: number) =>
  new Date(startedAt.getTime() + seconds * 1000);
const nothing = async () => undefined;

function record(
  targetId: number,
  overrides: Partial<TargetRecord> = {},
): TargetRecord {
  return {
    targetId,
    requested: false,
    news: true,
    readings: [],
    failures: [],
    samples: [],
    ...overrides,
  };
}

function reading(
  observedAt: Date,
  overrides: Partial<TargetRecord['readings'][number]> = {},
): TargetRecord['readings'][number] {
  return {
    kind: 'errors',
    observedAt,
    staleAt: new Date(observedAt.getTime() + 180_000),
    measurements: [],
    ...overrides,
  };
}

describe('DatabaseCollectionStore', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let world: TestWorld;
    let store: DatabaseCollectionStore;

    /** Has targets with these keys, and a cycle that has begun. */
    async function begin(...keys: string[]): Promise<number[]> {
      world.entities = [
        testEntity('component:default/web', { ids: keys.join() }),
      ];
      await world.follow();
      await store.beginCycle(id, 'cycle', startedAt);
      const targets = await store.targetsOf(id);
      return keys.map(key => targets.find(target => target.key === key)!.id);
    }

    const write = (...records: TargetRecord[]) =>
      store.record(id, 'cycle', records, startedAt, nothing);

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      world = new TestWorld({ knex });
      store = world.collection;
    });

    it('keeps the last good data through confirmations and failures', async () => {
      const [one] = await begin('one');
      const snapshot = async () => {
        const rows = await knex('snapshots').where({ target_id: one });
        return rows.map(row => ({
          ...row,
          // SQLite has no booleans.
          problem_is_partial: Boolean(row.problem_is_partial),
        }));
      };
      const good = {
        target_id: one,
        kind: 'errors',
        url: 'https://vendor.test/one',
        data: JSON.stringify(errorsData({ events: 7 })),
        summary: '{"events":7,"trend":[]}',
      };
      const noProblem = {
        problem_code: null,
        problem_message: null,
        problem_since: null,
        problem_retry_at: null,
        problem_is_partial: false,
      };

      await write(
        record(one, {
          readings: [
            reading(startedAt, {
              data: errorsData({ events: 7 }),
              summary: { events: 7, trend: [] },
              measurements: [{ metric: 'errors.count', value: 7 }],
              url: good.url,
            }),
          ],
        }),
      );
      await expect(snapshot()).resolves.toEqual([
        {
          ...good,
          ...noProblem,
          observed_at: startedAt.toISOString(),
          stale_at: later(180).toISOString(),
          measurements: '[{"metric":"errors.count","value":7}]',
        },
      ]);

      // Nothing new: it counts as read now.
      await write(
        record(one, {
          readings: [reading(later(60), { url: good.url, summary: undefined })],
        }),
      );
      await expect(snapshot()).resolves.toEqual([
        {
          ...good,
          ...noProblem,
          observed_at: later(60).toISOString(),
          stale_at: later(240).toISOString(),
          measurements: '[]',
        },
      ]);

      const problem = {
        code: 'rate-limited' as const,
        message: 'The vendor asks to wait',
        since: later(120).toISOString(),
        retryAt: later(180).toISOString(),
      };
      await write(record(one, { failures: [{ kind: 'errors', problem }] }));
      await expect(snapshot()).resolves.toEqual([
        {
          ...good,
          observed_at: later(60).toISOString(),
          stale_at: later(240).toISOString(),
          measurements: '[]',
          problem_code: 'rate-limited',
          problem_message: 'The vendor asks to wait',
          problem_since: later(120).toISOString(),
          problem_retry_at: later(180).toISOString(),
          problem_is_partial: false,
        },
      ]);
      await expect(store.targetsOf(id)).resolves.toMatchObject([
        { key: 'one', problems: { errors: problem } },
      ]);

      await write(record(one, { readings: [reading(later(180))] }));
      await expect(snapshot()).resolves.toMatchObject([
        { data: good.data, ...noProblem },
      ]);

      // A part of it failed: the reading counts, with the problem beside it.
      await write(
        record(one, { readings: [reading(later(240), { problem })] }),
      );
      await expect(snapshot()).resolves.toMatchObject([
        {
          data: good.data,
          observed_at: later(240).toISOString(),
          stale_at: later(420).toISOString(),
          problem_code: 'rate-limited',
          problem_since: later(120).toISOString(),
          problem_is_partial: true,
        },
      ]);
      await write(record(one, { failures: [{ kind: 'errors', problem }] }));
      await expect(snapshot()).resolves.toMatchObject([
        {
          observed_at: later(240).toISOString(),
          problem_code: 'rate-limited',
          problem_is_partial: false,
        },
      ]);
    });

    it('hands out what the provider remembers, and clears requests that the cycle has served', async () => {
      const [one, two] = await begin('one', 'two', 'org/three');
      await store.requestTargets('fake', ['two'], later(5));
      await write(
        record(one, { state: { cursor: 'a' }, listed: true }),
        record(two, { state: { cursor: 'b' }, listed: false }),
      );
      await expect(store.targetsOf(id)).resolves.toMatchObject([
        { key: 'one', state: { cursor: 'a' }, requested: false },
        // Asked for after the cycle had begun, so not served by it.
        { key: 'two', state: { cursor: 'b' }, requested: true },
        { key: 'org/three', state: undefined, requested: true },
      ]);
      await expect(
        knex('targets').orderBy('id').pluck('listed'),
      ).resolves.toEqual(
        databaseId === 'SQLITE_3' ? [1, 0, null] : [true, false, null],
      );
      await expect(store.hasRequestsSince(id, startedAt)).resolves.toBe(true);
      await expect(store.hasRequestsSince(id, later(5))).resolves.toBe(false);

      // A record without a state leaves it alone.
      await write(record(one), record(two, { state: { cursor: 'c' } }));
      await expect(store.targetsOf(id)).resolves.toMatchObject([
        { state: { cursor: 'a' } },
        { state: { cursor: 'c' } },
        { state: undefined },
      ]);
    });

    it('finds what a webhook names, in whichever instances and environments', async () => {
      const eu = new ScriptedProvider({ instance: 'eu' });
      const other = new ScriptedProvider({ provider: 'other' });
      world = new TestWorld({ knex, providers: [eu, other] });
      world.entities = [
        testEntity('component:default/web', {
          ids: 'my_app,my_app@prod,myxapp,myxapp@prod,my',
          annotations: { 'other.test/ids': 'my_app' },
        }),
      ];
      await world.follow();
      await knex('targets').update({ requested_at: null });
      const requested = async () => {
        const keys = await knex('targets')
          .whereNotNull('requested_at')
          .orderBy('target_key')
          .select('provider', 'target_key');
        await knex('targets').update({ requested_at: null });
        return keys.map(row => `${row.provider} ${row.target_key}`);
      };

      await expect(
        store.requestTargets('fake', ['my_app', 'unknown%'], startedAt),
      ).resolves.toEqual([{ provider: 'fake', instance: 'eu' }]);
      await expect(requested()).resolves.toEqual([
        'fake my_app',
        'fake my_app@prod',
      ]);

      await expect(
        store.requestTargets('fake', ['nothing'], startedAt),
      ).resolves.toEqual([]);
      await expect(
        store.requestTargets('fake', 'all', startedAt),
      ).resolves.toHaveLength(1);
      await expect(requested()).resolves.toHaveLength(5);

      await expect(
        store.requestEntity('component:default/web', startedAt),
      ).resolves.toEqual(
        expect.arrayContaining([
          { provider: 'fake', instance: 'eu' },
          { provider: 'other', instance: 'default' },
        ]),
      );
      await expect(requested()).resolves.toHaveLength(6);
      await expect(
        store.requestEntity('component:default/unknown', startedAt),
      ).resolves.toEqual([]);
    });

    it('lets a superseded cycle write nothing more', async () => {
      const [one] = await begin('one');
      await store.beginCycle(id, 'newer', later(60));
      const then = jest.fn(nothing);
      await expect(
        store.record(
          id,
          'cycle',
          [record(one, { readings: [reading(startedAt)] })],
          startedAt,
          then,
        ),
      ).rejects.toThrow(
        'Another cycle of fake (default) has begun; this one writes nothing more',
      );
      expect(then).not.toHaveBeenCalled();
      await expect(knex('snapshots')).resolves.toEqual([]);
      await expect(
        store.endCycle(id, 'cycle', { now: later(61), success: true }),
      ).resolves.toBe(false);
      await expect(store.instanceStates()).resolves.toEqual([
        {
          ...id,
          lastRunAt: later(60).toISOString(),
          lastSuccessAt: null,
          problem: undefined,
        },
      ]);
    });

    it('remembers how the cycles of an instance ended', async () => {
      await begin('one');
      const problem = {
        code: 'unauthorized' as const,
        message: 'The token was refused',
        since: startedAt.toISOString(),
      };
      await store.endCycle(id, 'cycle', {
        now: later(1),
        state: { cursor: 'x' },
        success: true,
      });
      await expect(
        store.beginCycle(id, 'second', later(60)),
      ).resolves.toMatchObject({
        state: { cursor: 'x' },
        lastSuccessAt: later(1).toISOString(),
        problem: undefined,
      });
      await store.endCycle(id, 'second', {
        now: later(61),
        problem,
        success: false,
      });
      await expect(store.beginCycle(id, 'third', later(120))).resolves.toEqual({
        state: { cursor: 'x' },
        lastRunAt: later(120).toISOString(),
        lastSuccessAt: later(1).toISOString(),
        problem,
      });
    });

    it('stores all of a batch or nothing, and leaves out targets that were forgotten meanwhile', async () => {
      const [one, two] = await begin('one', 'two');
      const records = [
        record(one, {
          readings: [reading(startedAt)],
          samples: [{ metric: 'errors.count', at: startedAt, value: 1 }],
        }),
        record(two, { readings: [reading(startedAt)] }),
      ];
      await expect(
        store.record(id, 'cycle', records, startedAt, async () => {
          throw new Error('evaluation failed');
        }),
      ).rejects.toThrow('evaluation failed');
      await expect(knex('snapshots')).resolves.toEqual([]);
      await expect(knex('samples_raw')).resolves.toEqual([]);

      world.entities = [testEntity('component:default/web', { ids: 'two' })];
      await world.follow();
      await write(...records);
      await expect(knex('snapshots').pluck('target_id')).resolves.toEqual([
        two,
      ]);
    });

    it('counts targets and the entities that a source leaves without fresh data', async () => {
      world.entities = [
        testEntity('component:default/web', { ids: 'one,two' }),
        testEntity('component:default/api', { ids: 'two' }),
        testEntity('component:default/job', { ids: 'three' }),
      ];
      await world.follow();
      await store.beginCycle(id, 'cycle', startedAt);
      const [one, two, three] = await store.targetsOf(id);
      await write(
        record(one.id, { readings: [reading(startedAt)] }),
        record(two.id, {
          failures: [
            {
              kind: 'errors',
              problem: {
                code: 'timeout',
                message: 'No answer',
                since: startedAt.toISOString(),
              },
            },
          ],
        }),
        record(three.id, { readings: [reading(later(-600))] }),
      );
      const now = startedAt.toISOString();
      await expect(store.sourceCounts('all', now)).resolves.toEqual([
        { ...id, targets: 3, affected: 3 },
      ]);
      await expect(
        store.sourceCounts(new Set(['component:default/web']), now),
      ).resolves.toEqual([{ ...id, targets: 2, affected: 1 }]);
      await expect(store.sourceCounts(new Set(), now)).resolves.toEqual([]);

      // Where only a part fails, the rest is fresh.
      await write(
        record(two.id, {
          readings: [
            reading(startedAt, {
              problem: { code: 'timeout', message: 'No answer', since: now },
            }),
          ],
        }),
      );
      await expect(store.sourceCounts('all', now)).resolves.toEqual([
        { ...id, targets: 3, affected: 1 },
      ]);
    });

    it('sends as many statements for five hundred targets as for fifty', async () => {
      const keys = Array.from({ length: 500 }, (_, index) => `id-${index}`);
      const ids = await begin(...keys);
      const records = ids.map(targetId =>
        record(targetId, {
          state: { cursor: targetId },
          listed: targetId % 2 === 0,
          readings: [reading(startedAt, { data: errorsData() })],
          samples: [{ metric: 'errors.count', at: startedAt, value: 1 }],
        }),
      );
      // Names of series are written once.
      await write(...records);

      const few = await statementsOf(knex, () =>
        write(...records.slice(0, 50)),
      );
      const many = await statementsOf(knex, () => write(...records));
      expect(many).toHaveLength(few.length);
      const listed = await statementsOf(knex, () => store.targetsOf(id));
      expect(listed.length).toBeLessThanOrEqual(2);
    });
  });
});
