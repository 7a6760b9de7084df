import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
  statementsOf,
} from '../__testUtils__/databases';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { testEntity, TestWorld } from '../__testUtils__/TestWorld';
import { MisconfiguredProvider } from '../collection/MisconfiguredProvider';
import { EntityIndexer } from './EntityIndexer';

jest.setTimeout(60_000);

async function targetsOf(knex: Knex, entityRef: string): Promise<string[]> {
  return knex('entity_targets')
    .join('targets', 'targets.id', 'entity_targets.target_id')
    .where({ entity_ref: entityRef })
    .orderBy('position')
    .pluck('target_key');
}

async function keysOf(knex: Knex): Promise<string[]> {
  return knex('targets').orderBy('target_key').pluck('target_key');
}

function isWrite(statement: string): boolean {
  return /^\s*(insert|update|delete)/i.test(statement);
}

describe('EntityIndexer', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let world: TestWorld;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      world = new TestWorld({ knex });
    });

    it('keeps what it needs of each entity, marks new targets and evaluates in one go', async () => {
      world.entities = [
        testEntity('component:default/web', {
          title: 'Web Shop',
          tags: ['react'],
          ids: 'one, two',
          annotations: {
            'watchkeeper.io/thresholds': '{"errors.count": {"warning": 5}}',
          },
          relations: [
            ['ownedBy', 'group:default/crm'],
            ['partOf', 'system:default/vision'],
            ['dependsOn', 'resource:default/db'],
            ['providesApi', 'api:default/rest'],
          ],
        }),
        testEntity('system:default/vision'),
        testEntity('user:default/anna', { ids: 'three' }),
      ];

      await expect(world.follow()).resolves.toMatchObject({
        changedEntityRefs: ['component:default/web', 'system:default/vision'],
        instancesWithNewTargets: [{ provider: 'fake', instance: 'default' }],
      });

      await expect(
        knex('entities').where({ kind: 'component' }).first(),
      ).resolves.toMatchObject({
        entity_ref: 'component:default/web',
        title: 'Web Shop',
        owner_ref: 'group:default/crm',
        system_ref: 'system:default/vision',
        search_text: 'component:default/web web shop react',
        thresholds: '{"errors.count":{"warning":5}}',
        misconfigurations: '[]',
        misconfigured_since: null,
      });
      await expect(
        knex('entity_relations').orderBy('type').pluck('type'),
      ).resolves.toEqual(['dependsOn', 'ownedBy', 'partOf', 'providesApi']);
      await expect(targetsOf(knex, 'component:default/web')).resolves.toEqual([
        'one',
        'two',
      ]);
      await expect(knex('targets').pluck('requested_at')).resolves.toEqual([
        world.now.toISOString(),
        world.now.toISOString(),
      ]);
      // What was never read is unknown; what names no source has no status.
      await expect(
        world.statusOf('component:default/web'),
      ).resolves.toMatchObject({ status: 'unknown' });
      await expect(world.statusOf('system:default/vision')).resolves.toEqual({
        status: null,
        since: null,
      });
      expect(world.signals.publish).toHaveBeenCalledWith(
        expect.objectContaining({
          channel: 'observability:entity:component:default/web',
        }),
      );
    });

    it('reads any number of entities page by page, and writes nothing when nothing changed', async () => {
      world.entities = Array.from({ length: 1100 }, (_, index) =>
        testEntity(`component:default/service-${index}`, {
          ids: `id-${index}, more-${index}`,
          relations: [
            ['ownedBy', 'group:default/crm'],
            ['dependsOn', `component:default/service-${index + 1}`],
          ],
        }),
      );
      const first = await statementsOf(knex, () => world.follow());
      await expect(keysOf(knex)).resolves.toHaveLength(2200);

      const again = await statementsOf(knex, () => world.follow());
      expect(again.filter(isWrite)).toEqual([]);
      expect(again.length).toBeLessThan(5);

      // Per page of 500, not per service.
      expect(first.length).toBeLessThan(100);
    });

    it('binds an edited entity to other targets; a shared one stays while one entity names it', async () => {
      world.entities = [
        testEntity('component:default/web', { ids: 'own, shared' }),
        testEntity('component:default/api', { ids: 'shared' }),
      ];
      await world.follow();
      await world.cycle();
      await expect(keysOf(knex)).resolves.toEqual(['own', 'shared']);

      world.entities[0] = testEntity('component:default/web', { ids: 'other' });
      await expect(world.follow()).resolves.toMatchObject({
        changedEntityRefs: ['component:default/web'],
        instancesWithNewTargets: [{ provider: 'fake', instance: 'default' }],
      });
      await expect(targetsOf(knex, 'component:default/web')).resolves.toEqual([
        'other',
      ]);
      await expect(keysOf(knex)).resolves.toEqual(['other', 'shared']);
      // The new target is the only one that somebody waits for.
      await expect(
        knex('targets').whereNotNull('requested_at').pluck('target_key'),
      ).resolves.toEqual(['other']);
      // What was known of the signals that are gone went with them.
      await expect(
        knex('signal_states').orderBy('entity_ref').pluck('entity_ref'),
      ).resolves.toEqual(['component:default/api', 'component:default/web']);
      await expect(world.statusOf('component:default/api')).resolves.toEqual({
        status: 'ok',
        since: world.now.toISOString(),
      });

      world.entities[1] = testEntity('component:default/api');
      await world.follow();
      await expect(keysOf(knex)).resolves.toEqual(['other']);
      await expect(world.statusOf('component:default/api')).resolves.toEqual({
        status: null,
        since: null,
      });
    });

    it('forgets a removed entity with its history, and the targets that nobody else names', async () => {
      world.entities = [
        testEntity('component:default/web', { ids: 'one, shared' }),
        testEntity('component:default/api', { ids: 'shared' }),
      ];
      await world.follow();
      world.providers[0].values = { one: 60 };
      await world.cycle();

      world.entities = [world.entities[1]];
      await world.follow();

      for (const table of ['entities', 'signal_states', 'entity_health']) {
        await expect(knex(table).pluck('entity_ref')).resolves.toEqual([
          'component:default/api',
        ]);
      }
      await expect(
        knex('transitions').where({ entity_ref: 'component:default/web' }),
      ).resolves.toEqual([]);
      await expect(keysOf(knex)).resolves.toEqual(['shared']);
      await expect(knex('snapshots')).resolves.toHaveLength(1);
      await expect(knex('series')).resolves.toHaveLength(1);
    });

    it('forgets nothing when the catalog is suddenly empty or cannot be read to its end', async () => {
      world.entities = [
        testEntity('component:default/web', { ids: 'one' }),
        testEntity('component:default/api', { ids: 'two' }),
      ];
      await world.follow();

      world.entities = [];
      await expect(world.follow()).rejects.toThrow(
        'The catalog returned none of the 2 entities that it had before; nothing was forgotten',
      );

      const catalog = catalogServiceMock.mock({
        streamEntities: async function* streamEntities() {
          yield [testEntity('component:default/web', { ids: 'three' })];
          throw new Error('connection lost');
        },
      });
      const indexer = new EntityIndexer({
        auth: mockServices.auth(),
        catalog,
        store: world.index,
        listener: world.evaluator,
        providers: () => world.providers,
        logger: world.logger,
      });
      const run = indexer.run({
        now: world.now,
        signal: new AbortController().signal,
      });
      await expect(run).rejects.toThrow(
        'Could not read the catalog; caused by Error: connection lost',
      );
      await expect(
        knex('entities').orderBy('entity_ref').pluck('entity_ref'),
      ).resolves.toEqual(['component:default/api', 'component:default/web']);
      // The page that came counts all the same.
      await expect(targetsOf(knex, 'component:default/web')).resolves.toEqual([
        'three',
      ]);
    });

    it('stores neither an entity nor its evaluation when one of them fails', async () => {
      world.entities = [testEntity('component:default/web', { ids: 'one' })];
      jest
        .spyOn(world.evaluator, 'onIndexed')
        .mockRejectedValueOnce(new Error('out of disk'));
      await expect(world.follow()).rejects.toThrow('out of disk');
      for (const table of ['entities', 'targets', 'entity_targets']) {
        await expect(knex(table)).resolves.toEqual([]);
      }
      await world.follow();
      await expect(
        world.statusOf('component:default/web'),
      ).resolves.toMatchObject({ status: 'unknown' });
    });

    it('keeps since when an annotation cannot be read', async () => {
      const startedAt = world.now.toISOString();
      const entity = (ids: string, tags: string[] = []) =>
        testEntity('component:default/web', { ids, tags });
      const since = async () =>
        knex('entities').first('misconfigurations', 'misconfigured_since');

      world.entities = [entity('bad-1')];
      await world.follow();
      world.pass(60);
      world.entities = [entity('bad-1', ['edited'])];
      await world.follow();
      await expect(since()).resolves.toEqual({
        misconfigurations:
          '[{"annotation":"fake.test/ids","message":"\\"bad-1\\" is no id"}]',
        misconfigured_since: startedAt,
      });
      await expect(world.statusOf('component:default/web')).resolves.toEqual({
        status: 'unknown',
        since: startedAt,
      });

      world.pass(60);
      world.entities = [entity('bad-2')];
      await world.follow();
      await expect(since()).resolves.toMatchObject({
        misconfigured_since: world.now.toISOString(),
      });

      world.entities = [entity('')];
      await world.follow();
      await expect(since()).resolves.toEqual({
        misconfigurations: '[]',
        misconfigured_since: null,
      });
    });

    it('keeps what a module said of an entity before it began to fail on it', async () => {
      world.entities = [testEntity('component:default/web', { ids: 'one' })];
      await world.follow();
      const select = jest
        .spyOn(world.providers[0], 'select')
        .mockImplementation(() => {
          throw new Error('cannot read properties of undefined');
        });
      world.entities = [
        testEntity('component:default/web', { ids: 'one', title: 'Edited' }),
        testEntity('component:default/new', { ids: 'two' }),
      ];
      await world.follow();

      await expect(keysOf(knex)).resolves.toEqual(['one']);
      await expect(
        knex('entities').where({ entity_ref: 'component:default/new' }).first(),
      ).resolves.toMatchObject({
        misconfigurations: JSON.stringify([
          {
            annotation: 'fake.test/ids',
            message: "The Fake module failed on it; the portal's log says why",
          },
        ]),
      });
      expect(world.logger.error).toHaveBeenCalledWith(
        'The fake module failed on the annotations of component:default/web',
        expect.objectContaining({
          message: 'cannot read properties of undefined',
        }),
      );

      select.mockRestore();
      await world.follow();
      await expect(keysOf(knex)).resolves.toEqual(['one', 'two']);
    });

    it('keeps the history of an instance that left the configuration for a week', async () => {
      world.entities = [testEntity('component:default/web', { ids: 'one' })];
      await world.follow();
      await world.cycle();

      const [provider] = world.providers;
      world.providers[0] = new ScriptedProvider({ instance: 'renamed' });
      await world.follow();
      await expect(
        knex('targets').orderBy('id').pluck('instance'),
      ).resolves.toEqual(['default', 'renamed']);
      // It counts no more, though.
      await expect(knex('signal_states')).resolves.toHaveLength(1);

      // A configuration with a mistake must not cost the history either.
      const broken = new MisconfiguredProvider({
        provider: 'fake',
        title: 'Fake',
        instance: 'renamed',
        message: 'fake.instances[0].token is missing',
      });
      await followWith(world, [broken]);
      await expect(
        knex('targets').orderBy('id').pluck('instance'),
      ).resolves.toEqual(['default']);

      world.providers[0] = provider;
      world.pass(6 * 86_400);
      await world.follow();
      await expect(targetsOf(knex, 'component:default/web')).resolves.toEqual([
        'one',
      ]);
      await expect(knex('samples_raw')).resolves.toHaveLength(1);

      world.providers[0] = new ScriptedProvider({ instance: 'renamed' });
      world.pass(2 * 86_400);
      await world.follow();
      await expect(knex('targets').pluck('instance')).resolves.toEqual([
        'renamed',
      ]);
    });

    it('takes text that a database would refuse', async () => {
      const long = 'x'.repeat(600);
      world.entities = [
        testEntity('component:default/web', {
          title: `Web\0 ${long}`,
          ids: `${long}, nul\0, good`,
          relations: [['dependsOn', `component:default/${long}`]],
        }),
        testEntity('component:default/api', { ids: 'two' }),
      ];
      await world.follow();
      await expect(keysOf(knex)).resolves.toEqual(['good', 'two']);
      await expect(
        knex('entities')
          .where('title', `Web ${long}`)
          .first('misconfigurations'),
      ).resolves.toEqual({
        misconfigurations: expect.stringContaining(
          'longer than 512 characters',
        ),
      });
    });
  });
});

async function followWith(
  world: TestWorld,
  providers: MisconfiguredProvider[],
): Promise<void> {
  const indexer = new EntityIndexer({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities: world.entities }),
    store: world.index,
    listener: world.evaluator,
    providers: () => providers,
    logger: world.logger,
  });
  await indexer.run({ now: world.now, signal: new AbortController().signal });
}
