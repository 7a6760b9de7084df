import { ProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import {
  errorsReading,
  ScriptedProvider,
} from '../__testUtils__/ScriptedProvider';
import {
  followTwoSources,
  testEntity,
  TestWorld,
} from '../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const web = 'component:default/web';

describe('HealthEvaluator', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let world: TestWorld;
    let fake: ScriptedProvider;
    let other: ScriptedProvider;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      fake = new ScriptedProvider();
      other = new ScriptedProvider({ provider: 'other' });
      world = new TestWorld({ knex, providers: [fake, other] });
    });

    /** The changes of a whole entity, oldest first. */
    async function transitions(entityRef = web) {
      const rows = await knex('transitions')
        .where({ entity_ref: entityRef })
        .whereNull('signal_id')
        .orderBy('at')
        .select('from_status', 'to_status', 'at', 'message');
      return rows.map(row => [row.from_status, row.to_status, row.at]);
    }

    const outbox = async () =>
      knex('outbox').orderBy('id').select('kind', 'subject', 'occurrence');

    it('writes the change of a status with the reading that caused it, or neither', async () => {
      await followTwoSources(world, web);
      const before = await transitions();
      world.pass(60);
      fake.values = { one: 60 };
      const save = jest
        .spyOn(world.outbox, 'add')
        .mockRejectedValueOnce(new Error('out of disk'));
      await expect(world.cycle(fake)).rejects.toThrow('out of disk');
      save.mockRestore();

      await expect(transitions()).resolves.toEqual(before);
      await expect(world.statusOf(web)).resolves.toMatchObject({
        status: 'ok',
      });
      const data = await knex('snapshots')
        .join('targets', 'targets.id', 'target_id')
        .where({ provider: 'fake' })
        .first('data');
      expect(JSON.parse(data.data)).toMatchObject({ events: 0 });
      await expect(outbox()).resolves.toEqual([]);

      await world.cycle(fake);
      const at = world.now.toISOString();
      await expect(transitions()).resolves.toEqual([
        ...before,
        ['ok', 'critical', at],
      ]);
      await expect(
        knex('transitions')
          .whereNotNull('signal_id')
          .orderBy('metric')
          .select('signal_id', 'metric', 'from_status', 'to_status', 'at'),
      ).resolves.toEqual(
        expect.arrayContaining([
          {
            signal_id: 'errors:fake:default:one',
            metric: 'errors.count',
            from_status: null,
            to_status: 'critical',
            at,
          },
          {
            signal_id: 'errors:fake:default:one',
            metric: null,
            from_status: 'ok',
            to_status: 'critical',
            at,
          },
        ]),
      );
    });

    it('keeps the worst of several sources, and each change in the order in which it was seen', async () => {
      const at = (minute: number) =>
        new Date(Date.UTC(2026, 10, 24, 12, minute)).toISOString();
      await followTwoSources(world, web);
      world.pass(60);
      fake.values = { one: 20 };
      await world.cycle(fake); // 12:01 warning
      world.pass(60);
      other.values = { two: 60 };
      await world.cycle(other); // 12:02 critical
      await expect(world.statusOf(web)).resolves.toEqual({
        status: 'critical',
        since: at(2),
      });

      other.values = { two: 0 };
      for (let minute = 0; minute < 2; minute++) {
        world.pass(60);
        await world.cycle(fake);
        await world.cycle(other); // 12:04 the second good one
      }
      // The warning has lasted all along; the change to it has not.
      await expect(world.statusOf(web)).resolves.toEqual({
        status: 'warning',
        since: at(1),
      });

      fake.values = { one: 0 };
      for (let minute = 0; minute < 2; minute++) {
        world.pass(60);
        await world.cycle(fake);
        await world.cycle(other);
      }
      await expect(transitions()).resolves.toEqual([
        [null, 'unknown', at(0)],
        ['unknown', 'ok', at(0)],
        ['ok', 'warning', at(1)],
        ['warning', 'critical', at(2)],
        ['critical', 'warning', at(4)],
        ['warning', 'ok', at(6)],
      ]);
    });

    it('sends one notification an episode, and its end under the same occurrence', async () => {
      await followTwoSources(world, web);
      const values = [60, 20, 60, 0, 0, 60];
      for (const value of values) {
        fake.values = { one: value };
        world.pass(60);
        await world.cycle(fake);
        await world.cycle(other);
      }
      const messages = await outbox();
      expect(messages.map(({ kind }) => kind)).toEqual([
        'health-critical',
        'health-recovered',
        'health-critical',
      ]);
      const [first, second, third] = messages.map(
        ({ occurrence }) => occurrence,
      );
      expect(second).toBe(first);
      expect(third).not.toBe(first);
      await expect(knex('entity_health').first('episode_id')).resolves.toEqual({
        episode_id: third,
      });
      await expect(
        knex('transitions').where({ id: third }).first('to_status'),
      ).resolves.toEqual({ to_status: 'critical' });
    });

    it('holds an edited threshold against what was read last, without reading again', async () => {
      world.entities = [testEntity(web, { ids: 'one' })];
      await world.follow();
      fake.values = { one: 8 };
      await world.cycle(fake);
      await expect(world.statusOf(web)).resolves.toMatchObject({
        status: 'ok',
      });

      world.entities = [
        testEntity(web, {
          ids: 'one',
          annotations: {
            'watchkeeper.io/thresholds': '{"errors.count": {"warning": 5}}',
          },
        }),
      ];
      world.pass(30);
      await world.follow();
      await expect(world.statusOf(web)).resolves.toMatchObject({
        status: 'warning',
      });
      await expect(knex('transitions').pluck('to_status')).resolves.toContain(
        'warning',
      );
    });

    it('gives a bare id to the instance that lists it, and forgets what it assumed of the others', async () => {
      const eu = new ScriptedProvider({ instance: 'eu' });
      const us = new ScriptedProvider({ instance: 'us' });
      eu.candidates = true;
      us.candidates = true;
      const lists = (provider: ScriptedProvider, listed: boolean) => {
        provider.script = async function* script({ targets, now }) {
          for (const { key } of targets) {
            yield {
              key,
              listed,
              results: listed ? [errorsReading(now, 0)] : [],
            };
          }
          return undefined;
        };
      };
      world = new TestWorld({ knex, providers: [eu, us] });
      world.entities = [testEntity(web, { ids: 'one' })];
      await world.follow();
      const states = () =>
        knex('signal_states')
          .join('targets', 'targets.id', 'target_id')
          .orderBy('instance')
          .select('instance', 'status');

      lists(eu, false);
      lists(us, true);
      await world.cycle(eu);
      await expect(states()).resolves.toEqual([
        { instance: 'us', status: 'unknown' },
      ]);
      await world.cycle(us);
      await expect(states()).resolves.toEqual([
        { instance: 'us', status: 'ok' },
      ]);
      await expect(world.statusOf(web)).resolves.toMatchObject({
        status: 'ok',
      });

      // Now both list it, and nobody can tell which is meant.
      world.pass(60);
      lists(eu, true);
      await world.cycle(eu);
      const since = world.now.toISOString();
      await expect(world.statusOf(web)).resolves.toEqual({
        status: 'unknown',
        since,
      });
      world.pass(60);
      await world.cycle(eu);
      const row = await knex('entity_health').first('reasons');
      expect(JSON.parse(row.reasons)).toEqual([
        expect.objectContaining({
          since,
          message: expect.stringContaining(
            'one is listed by several instances (eu, us)',
          ),
        }),
      ]);
    });

    it('counts a failure at once where waiting does not help, and otherwise when data is stale', async () => {
      world.entities = [testEntity(web, { ids: 'one' })];
      await world.follow();
      await world.cycle(fake);
      const fail = (code: 'timeout' | 'forbidden') => {
        fake.script = async function* script() {
          yield* [];
          throw new ProviderError({ code, message: 'No.' });
        };
        return expect(world.cycle(fake)).rejects.toThrow('No.');
      };
      world.pass(60);
      await fail('timeout');
      await expect(world.statusOf(web)).resolves.toMatchObject({
        status: 'ok',
      });
      world.pass(121);
      await fail('timeout');
      await expect(world.statusOf(web)).resolves.toMatchObject({
        status: 'unknown',
      });

      fake.script = request => fake.readAll(request);
      await world.cycle(fake);
      await fail('forbidden');
      await expect(world.statusOf(web)).resolves.toMatchObject({
        status: 'unknown',
      });
    });
  });
});
