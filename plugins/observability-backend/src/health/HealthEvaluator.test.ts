import { ProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { Knex } from 'knex';
import { setTimeout } from 'node:timers/promises';
import {
  createTestDatabases,
  openTestDatabase,
  statementsOf,
} from '../__testUtils__/databases';
import {
  errorsReading,
  ScriptedProvider,
} from '../__testUtils__/ScriptedProvider';
import { testEntity, TestWorld } from '../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const web = 'component:default/web';

/** Until a transaction waits for a lock of another; SQLite has but one at a time. */
async function someoneWaits(knex: Knex): Promise<void> {
  if (String(knex.client.config.client).includes('sqlite')) {
    return;
  }
  for (let tries = 0; tries < 500; tries++) {
    const waiting = await knex('pg_stat_activity')
      .whereRaw('datname = current_database()')
      .where({ wait_event_type: 'Lock' });
    if (waiting.length > 0) {
      return;
    }
    await setTimeout(10);
  }
  throw new Error('No transaction came to wait');
}

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

    /** One service that both vendors know. */
    async function twoSources(): Promise<void> {
      world.entities = [
        testEntity(web, {
          title: 'Web',
          ids: 'one',
          annotations: { 'other.test/ids': 'two' },
          relations: [['ownedBy', 'group:default/crm']],
        }),
      ];
      await world.follow();
      await world.cycle(fake);
      await world.cycle(other);
    }

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
      await twoSources();
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
      await twoSources();
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
      await twoSources();
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

    it('takes both into account when two sources of one entity are stored at the same time', async () => {
      await twoSources();
      world.pass(60);
      fake.values = { one: 60 };
      other.values = { two: 60 };
      await Promise.all([world.cycle(fake), world.cycle(other)]);
      const row = await knex('entity_health').first(
        'status',
        'signal_counts',
        'reason_count',
      );
      expect({ ...row, signal_counts: JSON.parse(row.signal_counts) }).toEqual({
        status: 'critical',
        signal_counts: { ok: 0, warning: 0, critical: 2, unknown: 0 },
        reason_count: 2,
      });
      // Whoever came second saw that it was critical already.
      await expect(outbox()).resolves.toHaveLength(1);
    });

    it('lets an index run that meets a cycle in its middle wait for it', async () => {
      await twoSources();
      world.entities = [testEntity(web, { title: 'Edited', ids: 'one' })];
      world.pass(60);
      fake.values = { one: 60 };
      let index: Promise<unknown> | undefined;
      const onReadings = world.evaluator.onReadings.bind(world.evaluator);
      jest
        .spyOn(world.evaluator, 'onReadings')
        .mockImplementationOnce(async (trx, targets, now) => {
          // The cycle has the target, and is about to lock the entity.
          index = world.follow();
          await someoneWaits(knex);
          return onReadings(trx, targets, now);
        });
      await world.cycle(fake);
      await index;
      await expect(
        knex('entities')
          .join(
            'entity_health',
            'entity_health.entity_ref',
            'entities.entity_ref',
          )
          .first('title', 'status'),
      ).resolves.toEqual({ title: 'Edited', status: 'critical' });
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

    it('takes the good status from data that went stale, and never lowers a worse one', async () => {
      world.entities = [
        testEntity(web, { ids: 'one' }),
        testEntity('component:default/api', { ids: 'two' }),
        testEntity('component:default/new', { ids: 'three' }),
      ];
      fake.values = { two: 60 };
      fake.script = async function* script({ targets, now }) {
        for (const { key } of targets.filter(
          target => target.key !== 'three',
        )) {
          yield { key, results: [errorsReading(now, fake.values[key] ?? 0)] };
        }
        return undefined;
      };
      await world.follow();
      await world.cycle(fake);
      const readAt = world.now;

      world.pass(180);
      await world.sweep();
      await expect(world.statusOf(web)).resolves.toMatchObject({
        status: 'ok',
      });

      world.pass(1);
      world.signals.publish.mockClear();
      await world.sweep();
      const staleAt = new Date(readAt.getTime() + 180_000).toISOString();
      await expect(world.statusOf(web)).resolves.toEqual({
        status: 'unknown',
        since: world.now.toISOString(),
      });
      const [reason] = JSON.parse(
        (
          await knex('entity_health')
            .where({ entity_ref: web })
            .first('reasons')
        ).reasons,
      );
      expect(reason).toMatchObject({
        metric: 'source',
        value: 'stale',
        level: 'unknown',
        since: staleAt,
        message: expect.stringContaining(
          'Fake (default) gave nothing new for three intervals',
        ),
      });
      await expect(
        world.statusOf('component:default/api'),
      ).resolves.toMatchObject({ status: 'critical' });
      await expect(
        world.statusOf('component:default/new'),
      ).resolves.toMatchObject({ status: 'unknown' });
      expect(
        world.signals.publish.mock.calls.map(([{ channel }]) => channel),
      ).toEqual([
        'observability:entities',
        'observability:entity:component:default/web',
      ]);

      // Seen once is enough.
      const statements = await statementsOf(knex, () => world.sweep());
      expect(statements).toHaveLength(1);
    });

    it('sweeps any number of entities', async () => {
      world.entities = Array.from({ length: 1001 }, (_, index) =>
        testEntity(`component:default/s${index}`, { ids: 'shared' }),
      );
      await world.follow();
      await world.cycle(fake);
      world.pass(181);
      await world.sweep();
      await expect(
        knex('entity_health').where({ status: 'unknown' }).pluck('entity_ref'),
      ).resolves.toHaveLength(1001);
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

    it('writes nothing of a health that did not change', async () => {
      world.entities = [testEntity(web, { ids: 'one' })];
      await world.follow();
      await world.cycle(fake);
      world.pass(60);
      const statements = await statementsOf(knex, () => world.cycle(fake));
      expect(
        statements.filter(statement =>
          /insert into [`"](entity_health|transitions|outbox)/.test(statement),
        ),
      ).toEqual([]);
    });

    it('sends hardly more statements for five hundred services than for fifty', async () => {
      const count = async (services: number) => {
        const own = await openTestDatabase(databases, databaseId);
        const many = new TestWorld({ knex: own });
        many.entities = Array.from({ length: services }, (_, index) =>
          testEntity(`component:default/s${index}`, { ids: 'shared' }),
        );
        await many.follow();
        await many.cycle();
        many.pass(60);
        many.providers[0].values = { shared: 60 };
        return (await statementsOf(own, () => many.cycle())).length;
      };
      // Three transitions a service are three inserts of five hundred rows.
      expect(await count(500)).toBe((await count(50)) + 2);
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
