import {
  Status,
  STATUS_RANK,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { testEntity, TestWorld } from '../__testUtils__/TestWorld';
import { decodeCursor, toPage } from './cursor';
import { EntityHealthFilter, Readable } from './HealthReadStore';

jest.setTimeout(60_000);

const NO_SINCE = '9999-12-31T23:59:59.999Z';

describe('The list of all services', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let world: TestWorld;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      world = new TestWorld({ knex });
    });

    const list = async (
      filter: EntityHealthFilter = {},
      readable: Readable = 'all',
    ) => {
      const rows = await world.read.list({ filter, readable, limit: 100 });
      return rows.map(({ health }) => health.entityRef.split('/')[1]);
    };

    /** Services with these statuses, as if they had been evaluated. */
    async function services(
      statuses: Record<string, [Status | null, since: string | null]>,
    ): Promise<void> {
      world.entities = Object.keys(statuses).map(name =>
        testEntity(`component:default/${name}`),
      );
      await world.follow();
      for (const [name, [status, since]] of Object.entries(statuses)) {
        await knex('entity_health')
          .where({ entity_ref: `component:default/${name}` })
          .update({
            status,
            since,
            rank: status ? STATUS_RANK[status] : 0,
            sort_since: since ?? NO_SINCE,
          });
      }
    }

    const t = (minute: number) =>
      `2026-11-24T12:${String(minute).padStart(2, '0')}:00.000Z`;
    const mixed: Parameters<typeof services>[0] = {
      ok1: ['ok', t(1)],
      ok2: ['ok', t(1)],
      ok3: ['ok', t(2)],
      none: [null, null],
      unknown: ['unknown', t(0)],
      warning: ['warning', t(9)],
      critical1: ['critical', t(5)],
      critical2: ['critical', t(5)],
      critical0: ['critical', t(3)],
    };
    const order = [
      'critical0',
      'critical1',
      'critical2',
      'warning',
      'unknown',
      'ok1',
      'ok2',
      'ok3',
      'none',
    ];

    it('has the worst first, then those that last longest, then goes by name', async () => {
      await services(mixed);
      await expect(list()).resolves.toEqual(order);
    });

    it.each([1, 2, 3, 4, 8, 9])(
      'shows each service once when paged by %p, forwards and back',
      async limit => {
        await services(mixed);
        const page = async (cursor?: string) => {
          const place = cursor ? decodeCursor(cursor) : undefined;
          const rows = await world.read.list({
            filter: {},
            readable: 'all',
            limit,
            ...(place ? { [place.direction]: place.position } : {}),
          });
          expect(rows.length).toBeLessThanOrEqual(limit + 1);
          return toPage(rows, limit, place?.direction);
        };
        const names = ({ items }: Awaited<ReturnType<typeof page>>) =>
          items.map(({ entityRef }) => entityRef.split('/')[1]);

        const pages = [await page()];
        expect(pages[0].previousCursor).toBeUndefined();
        for (let last = pages[0]; last.nextCursor; last = pages.at(-1)!) {
          pages.push(await page(last.nextCursor));
        }
        expect(pages.flatMap(names)).toEqual(order);

        const back = [pages.at(-1)!];
        for (let first = back[0]; first.previousCursor; first = back[0]) {
          back.unshift(await page(first.previousCursor));
        }
        expect(back.map(names)).toHaveLength(pages.length);
        expect(back.flatMap(names)).toEqual(order);
        expect(back[0].previousCursor).toBeUndefined();
      },
    );

    it('counts what the filters leave, whatever statuses are shown', async () => {
      await services(mixed);
      await expect(
        list({ statuses: ['warning', 'unconfigured'] }),
      ).resolves.toEqual(['warning', 'none']);
      await expect(list({ statuses: ['unknown'] })).resolves.toEqual([
        'unknown',
      ]);
      const totals = {
        ok: 3,
        warning: 1,
        critical: 3,
        unknown: 1,
        unconfigured: 1,
      };
      await expect(
        world.read.totals({
          filter: { statuses: ['warning'] },
          readable: 'all',
        }),
      ).resolves.toEqual(totals);
      await expect(
        world.read.totals({ filter: { text: 'ok' }, readable: 'all' }),
      ).resolves.toMatchObject({ ok: 3, critical: 0 });
      await expect(
        world.read.totals({
          filter: {},
          readable: new Set(['component:default/ok1']),
        }),
      ).resolves.toEqual({
        ok: 1,
        warning: 0,
        critical: 0,
        unknown: 0,
        unconfigured: 0,
      });
    });

    it('is searched in names, titles, tags and reasons, for just what was typed', async () => {
      world.entities = [
        testEntity('component:default/web', {
          title: 'Shop Frontend',
          tags: ['react'],
        }),
        testEntity('component:default/rate', { title: '100% uptime_goal' }),
        testEntity('component:default/plain', { title: '100 uptimeXgoal' }),
        testEntity('component:default/back', { title: 'a\\b' }),
        testEntity('component:default/umlaut', { title: 'ÜBERSICHT' }),
        testEntity('component:default/broken', { ids: 'broken' }),
      ];
      world.providers[0].values = { broken: 60 };
      await world.follow();
      await world.cycle();

      for (const [text, names] of [
        ['SHOP', ['web']],
        ['react front', ['web']],
        ['react nothing', []],
        ['100%', ['rate']],
        ['uptime_', ['rate']],
        ['a\\b', ['back']],
        ['übersicht', ['umlaut']],
        ['errors in 5', ['broken']],
        // Of a reason, only its words.
        ['threshold', []],
        ["'; drop table entities; --", []],
      ] as [string, string[]][]) {
        await expect(list({ text })).resolves.toEqual(names);
      }
      await expect(list({ text: '  ' })).resolves.toHaveLength(6);
    });

    it('shows services, by owner and system, that the caller may read', async () => {
      world.entities = [
        testEntity('component:default/web', {
          relations: [
            ['ownedBy', 'group:default/a'],
            ['partOf', 'system:default/x'],
          ],
        }),
        testEntity('api:default/rest', {
          relations: [['ownedBy', 'group:default/b']],
        }),
        testEntity('resource:default/db', {
          relations: [['partOf', 'system:default/y']],
        }),
        testEntity('system:default/x', {
          relations: [['ownedBy', 'group:default/c']],
        }),
      ];
      await world.follow();
      await expect(list()).resolves.toEqual(['rest', 'web', 'db']);
      await expect(
        list({ owners: ['group:default/a', 'group:default/b'] }),
      ).resolves.toEqual(['rest', 'web']);
      await expect(
        list({ owners: ['group:default/b'], systems: ['system:default/y'] }),
      ).resolves.toEqual([]);
      await expect(
        list({}, new Set(['resource:default/db', 'system:default/x'])),
      ).resolves.toEqual(['db']);
      await expect(list({}, new Set())).resolves.toEqual([]);

      await expect(world.read.facets('all')).resolves.toEqual({
        owners: ['group:default/a', 'group:default/b'],
        systems: ['system:default/x', 'system:default/y'],
      });
      await expect(
        world.read.facets(new Set(['api:default/rest'])),
      ).resolves.toEqual({ owners: ['group:default/b'], systems: [] });
    });

    it('has for each service what its row draws', async () => {
      world.entities = [
        testEntity('component:default/web', {
          title: 'Web',
          ids: 'one,two',
          relations: [
            ['ownedBy', 'group:default/a'],
            ['partOf', 'system:default/x'],
          ],
        }),
      ];
      world.providers[0].values = { one: 60, two: 20 };
      await world.follow();
      await world.cycle();
      const [row] = await world.read.list({
        filter: {},
        readable: 'all',
        limit: 1,
      });
      expect(row).toEqual({
        health: {
          entityRef: 'component:default/web',
          title: 'Web',
          owner: 'group:default/a',
          system: 'system:default/x',
          status: 'critical',
          since: world.now.toISOString(),
          reasons: [
            expect.objectContaining({ level: 'critical', value: 60 }),
            expect.objectContaining({ level: 'warning', value: 20 }),
          ],
          reasonCount: 2,
          signals: { ok: 0, warning: 1, critical: 1, unknown: 0 },
          errors: { events: 80, trend: [] },
          onCall: [],
          openIncidents: 0,
        },
        position: {
          rank: 4,
          since: world.now.toISOString(),
          entityRef: 'component:default/web',
        },
      });
    });

    it('shows of a database what is nearest to its limit, as of its last reading', async () => {
      world.entities = [testEntity('component:default/web', { ids: 'one' })];
      await world.follow();
      await knex('targets').update({ kinds: '["database"]' });
      let disk = 0.4;
      world.providers[0].script = async function* script({ targets, now }) {
        yield {
          key: targets[0].key,
          results: [
            {
              kind: 'database',
              observedAt: now,
              measurements: [
                { metric: 'database.cpu', value: 0.42 },
                { metric: 'database.disk', value: disk },
              ],
            },
          ],
        };
        return undefined;
      };
      const database = async () => {
        world.pass(60);
        await world.cycle();
        const [row] = await world.read.list({
          filter: {},
          readable: 'all',
          limit: 1,
        });
        return row.health.database;
      };
      await expect(database()).resolves.toEqual({
        metric: 'database.cpu',
        value: 0.42,
        status: 'ok',
      });
      disk = 0.95;
      await expect(database()).resolves.toEqual({
        metric: 'database.disk',
        value: 0.95,
        status: 'critical',
      });
    });

    it('answers for ten thousand readable entities in one statement', async () => {
      await services({ ok1: ['ok', '2026-11-24T12:00:00.000Z'] });
      const readable = new Set(
        Array.from(
          { length: 10_000 },
          (_, index) => `component:default/${index}`,
        ),
      ).add('component:default/ok1');
      await expect(list({}, readable)).resolves.toEqual(['ok1']);
    });
  });
});
