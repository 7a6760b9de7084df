import { Knex } from 'knex';
import { setTimeout } from 'node:timers/promises';
import {
  createTestDatabases,
  openTestDatabase,
  statementsOf,
} from '../__testUtils__/databases';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import {
  followTwoSources,
  testEntity,
  TestWorld,
} from '../__testUtils__/TestWorld';

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

describe('HealthEvaluator under load', () => {
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

    it('takes both into account when two sources of one entity are stored at the same time', async () => {
      await followTwoSources(world, web);
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
      await expect(knex('outbox')).resolves.toHaveLength(1);
    });

    it('lets an index run that meets a cycle in its middle wait for it', async () => {
      await followTwoSources(world, web);
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
  });
});
