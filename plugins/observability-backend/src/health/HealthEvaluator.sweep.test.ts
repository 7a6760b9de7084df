import { Knex } from 'knex';
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

describe('HealthEvaluator, sweeping', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let world: TestWorld;
    let fake: ScriptedProvider;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      fake = new ScriptedProvider();
      world = new TestWorld({ knex, providers: [fake] });
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
  });
});
