import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
  statementsOf,
} from '../__testUtils__/databases';
import { testEntity, TestWorld } from '../__testUtils__/TestWorld';

jest.setTimeout(60_000);

describe('DatabaseHealthReadStore', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let world: TestWorld;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      world = new TestWorld({ knex });
    });

    it('reports all of one entity in two statements, however many sources it has', async () => {
      world.entities = [
        testEntity('component:default/web', {
          ids: 'one, two, three, bad-id',
          annotations: {
            'watchkeeper.io/thresholds': '{"errors.count": {"warning": 5}}',
          },
        }),
      ];
      world.providers[0].values = { one: 60 };
      await world.follow();
      await world.cycle();
      let report: Awaited<ReturnType<typeof world.read.report>>;
      const statements = await statementsOf(knex, async () => {
        report = await world.read.report('component:default/web');
      });
      expect(statements).toHaveLength(2);
      expect(report).toMatchObject({
        title: 'web',
        kind: 'component',
        status: 'critical',
        since: world.now.toISOString(),
        thresholds: { 'errors.count': { warning: 5 } },
        misconfigurations: [{ annotation: 'fake.test/ids' }],
      });
      expect(report!.signals.map(({ target }) => target)).toEqual([
        'one',
        'two',
        'three',
      ]);
      expect(report!.signals[0]).toMatchObject({
        provider: 'fake',
        instance: 'default',
        kind: 'errors',
        candidate: false,
        listed: null,
        observedAt: world.now.toISOString(),
        staleAt: new Date(world.now.getTime() + 180_000).toISOString(),
        data: expect.stringContaining('"events":60'),
        url: null,
        problem: undefined,
        previous: { status: 'critical' },
      });

      await expect(
        world.read.report('component:default/unknown'),
      ).resolves.toBeUndefined();
      const names = await statementsOf(knex, async () => {
        await expect(
          world.read.signalsOf('component:default/web'),
        ).resolves.toMatchObject([
          { target: 'one', kind: 'errors' },
          { target: 'two' },
          { target: 'three' },
        ]);
      });
      expect(names).toEqual([expect.not.stringContaining('data')]);
      await expect(
        world.read.signalsOf('component:default/unknown'),
      ).resolves.toBeUndefined();
    });

    it('finds the members of Systems, Domains and Groups, through what is between', async () => {
      world.entities = [
        testEntity('domain:default/sales', {
          relations: [['ownedBy', 'group:default/boss']],
        }),
        testEntity('domain:default/crm', {
          relations: [['partOf', 'domain:default/sales']],
        }),
        testEntity('system:default/vision', {
          relations: [
            ['partOf', 'domain:default/crm'],
            ['ownedBy', 'group:default/platform'],
          ],
        }),
        testEntity('component:default/web', {
          ids: 'web',
          relations: [
            ['partOf', 'system:default/vision'],
            ['ownedBy', 'group:default/team'],
            ['dependsOn', 'resource:default/db'],
          ],
        }),
        testEntity('resource:default/db', {
          relations: [
            ['partOf', 'system:default/vision'],
            ['ownedBy', 'group:default/platform'],
          ],
        }),
        testEntity('group:default/team', {
          relations: [['childOf', 'group:default/boss']],
        }),
        // A ring of groups is walked once.
        testEntity('group:default/boss', {
          relations: [['childOf', 'group:default/team']],
        }),
      ];
      world.providers[0].values = { web: 60 };
      await world.follow();
      await world.cycle();
      const members = async (entityRef: string) =>
        (await world.read.membersOf(entityRef)).map(
          ({ entityRef: ref, status }) => [ref, status],
        );
      const all = [
        ['component:default/web', 'critical'],
        ['resource:default/db', null],
      ];
      await expect(members('system:default/vision')).resolves.toEqual(all);
      await expect(members('domain:default/crm')).resolves.toEqual(all);
      await expect(members('domain:default/sales')).resolves.toEqual(all);
      await expect(members('group:default/boss')).resolves.toEqual([all[0]]);
      await expect(members('group:default/team')).resolves.toEqual([all[0]]);
      await expect(members('group:default/platform')).resolves.toEqual([
        all[1],
      ]);
      await expect(members('system:default/unknown')).resolves.toEqual([]);
      await expect(
        world.read.dependenciesOf('component:default/web'),
      ).resolves.toEqual(['resource:default/db']);
    });

    it('lets one of several ask for a refresh, once in a while', async () => {
      world.entities = [testEntity('component:default/web')];
      await world.follow();
      const claim = (seconds: number) => {
        const now = new Date(world.now.getTime() + seconds * 1000);
        return world.read.claimRefresh(
          'component:default/web',
          now,
          new Date(now.getTime() - 30_000),
        );
      };
      const claims = await Promise.all([claim(0), claim(0), claim(0)]);
      expect(claims.filter(Boolean)).toHaveLength(1);
      await expect(claim(30)).resolves.toBe(false);
      await expect(claim(31)).resolves.toBe(true);
    });
  });
});
