import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { Knex } from 'knex';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { FakeRepository } from '../__testUtils__/FakeRepository';
import { DatabaseRunbookRunStore } from '../runs/DatabaseRunbookRunStore';
import { RunbookSignals } from '../RunbookSignals';
import { DatabaseRunbookStore } from '../store/DatabaseRunbookStore';
import { RunbookCollector } from './RunbookCollector';

jest.setTimeout(60_000);

const folder = 'https://github.com/acme/crm/tree/main/runbooks';
const web = 'component:default/web';
const api = 'component:default/api';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-11-25T12:00:00.000Z');

const siteDown = `---
title: Site down
alerts: [SiteDown]
owner: group:default/crm
---
# Site down

## Steps

1. Look at the site:

   \`\`\`bash
   curl -sI https://crm.example
   \`\`\`

   Expected: 200
2. Roll back.
`;

describe('RunbookCollector', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let store: DatabaseRunbookStore;
    let repository: FakeRepository;
    let now: number;
    const signals = { publish: jest.fn() };
    const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      store = new DatabaseRunbookStore(knex);
      repository = new FakeRepository();
      now = START;
      signals.publish.mockReset();
    });

    const collectorOf = (
      options: { locations?: string[]; folder?: string } = {},
    ) =>
      new RunbookCollector({
        store,
        signals: new RunbookSignals({
          signals,
          logger: mockServices.logger.mock(),
        }),
        reading: {
          reader: repository.reader,
          integrations,
          folder: options.folder ?? '/nowhere',
        },
        locations: options.locations ?? [folder],
        refreshMs: 10 * MINUTE_MS,
        logger: mockServices.logger.mock(),
        now: () => new Date(now),
      });

    async function collect(options?: Parameters<typeof collectorOf>[0]) {
      await collectorOf(options).run(new AbortController().signal);
    }

    /** Runs again when every place is due. */
    async function collectLater(options?: Parameters<typeof collectorOf>[0]) {
      now += 10 * MINUTE_MS;
      await collect(options);
    }

    async function nameOf(entityRef: string, locations: [string, string?][]) {
      await knex('entities')
        .insert({
          entity_ref: entityRef,
          kind: 'component',
          title: entityRef,
          search_text: '',
          thresholds: '{}',
          misconfigurations: '[]',
          hash: '',
        })
        .onConflict('entity_ref')
        .ignore();
      await knex('entity_runbook_locations')
        .where({ entity_ref: entityRef })
        .delete();
      if (locations.length > 0) {
        await knex('entity_runbook_locations').insert(
          locations.map(([location, kind = 'text'], position) => ({
            entity_ref: entityRef,
            position,
            kind,
            location,
            annotation: 'watchkeeper.io/runbooks',
          })),
        );
      }
    }

    /** The titles of the runbooks that there are, by address. */
    async function titles(): Promise<Record<string, string>> {
      const ids = [...(await store.revisions()).keys()];
      const runbooks = await store.load(ids);
      return Object.fromEntries(
        runbooks
          .map(({ url, facts }): [string, string] => [url, facts.title])
          .sort(),
      );
    }

    async function idOf(title: string): Promise<string | undefined> {
      const runbooks = await store.load([...(await store.revisions()).keys()]);
      return runbooks.find(({ facts }) => facts.title === title)?.id;
    }

    it('reads a folder, and asks once with its etag while nothing changes', async () => {
      repository.files = {
        'site-down.md': siteDown,
        'nested/slow.md': '# Slow\n\n1. Wait.\n',
        'README.md': '# All runbooks',
        'picture.png': 'x',
      };
      await collect();
      await expect(titles()).resolves.toEqual({
        'https://github.com/acme/crm/blob/main/runbooks/nested/slow.md': 'Slow',
        'https://github.com/acme/crm/blob/main/runbooks/site-down.md':
          'Site down',
      });
      const id = await idOf('Site down');
      await expect(store.get(id!)).resolves.toMatchObject({
        path: 'site-down.md',
        editUrl: 'https://github.com/acme/crm/edit/main/runbooks/site-down.md',
        facts: {
          alerts: ['SiteDown'],
          owner: 'group:default/crm',
          stepCount: 2,
        },
        text: siteDown,
      });
      expect(signals.publish).toHaveBeenCalledTimes(1);

      // Not due yet: nothing is asked.
      now += MINUTE_MS;
      await collect();
      expect(repository.asked).toHaveLength(1);
      const revision = await store.revision();
      await collectLater();
      await collectLater();
      expect(repository.asked.map(({ answered }) => answered)).toEqual([
        true,
        false,
        false,
      ]);
      expect(await store.revision()).toBe(revision);
      expect(signals.publish).toHaveBeenCalledTimes(1);
    });

    it('parses only what changed, forgets what is gone, and says when a text changed', async () => {
      repository.files = { 'a.md': '# A', 'b.md': '# B', 'c.md': '# C' };
      await collect();
      const before = await store.revisions();
      const [a, b] = [await idOf('A'), await idOf('B')];
      repository.files = { 'a.md': '# A', 'b.md': '# B2' };
      await collectLater();
      expect(Object.values(await titles())).toEqual(['A', 'B2']);
      const after = await store.revisions();
      expect(after.get(a!)).toBe(before.get(a!));
      expect(after.get(b!)).not.toBe(before.get(b!));
      const [first] = await store.load([a!]);
      const [second] = await store.load([b!]);
      expect(first.changedAt).toBeUndefined();
      expect(second.changedAt).toBe(new Date(now).toISOString());
    });

    it('keeps the last good texts of a place that fails, and says since when', async () => {
      repository.files = { 'a.md': '# A' };
      await collect();
      repository.failure = new Error('secret-token in the answer');
      await collectLater();
      const since = new Date(now).toISOString();
      await collectLater();
      expect(Object.values(await titles())).toEqual(['A']);
      const [source] = await store.sources();
      expect(source).toMatchObject({
        readAt: new Date(START).toISOString(),
        problem: { message: `${folder} cannot be read (Error)`, since },
      });
      repository.failure = undefined;
      await collectLater();
      const [mended] = await store.sources();
      expect(mended).toMatchObject({ readAt: new Date(now).toISOString() });
      expect(mended.problem).toBeUndefined();
    });

    it('follows a file to its new name, by its content or the id that it declares, with its runs', async () => {
      repository.files = {
        'a.md': '# A\n\n1. Do it.',
        'b.md': '---\nid: my-b\n---\n# B',
      };
      await collect();
      const id = await idOf('A');
      const runs = new DatabaseRunbookRunStore(knex);
      await runs.create({
        id: 'run',
        runbookId: id!,
        title: 'A',
        entityRefs: [],
        contentHash: 'hash',
        steps: [],
        startedAt: new Date(now).toISOString(),
        startedBy: 'user:default/ann',
      });
      repository.files = {
        'moved/a.md': '# A\n\n1. Do it.',
        'c.md': '---\nid: my-b\n---\n# B, now other',
      };
      await collectLater();
      await expect(idOf('A')).resolves.toBe(id);
      await expect(idOf('B, now other')).resolves.toBe('my-b');
      // What moved is edited, and then declares an id of its own.
      repository.files = {
        'moved/a.md': '---\nid: site\n---\n# A2\n\n1. Do it.',
      };
      await collectLater();
      await expect(idOf('A2')).resolves.toBe('site');
      expect(Object.values(await titles())).toEqual(['A2']);
      await expect(runs.list({ runbookId: 'site', limit: 5 })).resolves.toEqual(
        [expect.objectContaining({ id: 'run' })],
      );
    });

    it('takes a file that several entities and places name for one runbook', async () => {
      repository.files = { 'a.md': '# A' };
      await nameOf(web, [[folder]]);
      await nameOf(api, [
        ['https://github.com/acme/crm/blob/release/runbooks/a.md'],
        ['https://github.com/acme/crm/blob/main/runbooks/*.md'],
      ]);
      await collect({ locations: [] });
      const ids = [...(await store.revisions()).keys()];
      expect(ids).toHaveLength(1);
      const sources = await store.sourcesOf(ids[0]);
      expect(sources.flatMap(({ entityRefs }) => entityRefs).sort()).toEqual([
        api,
        api,
        web,
      ]);

      await nameOf(web, []);
      await nameOf(api, []);
      await collect({ locations: [] });
      await expect(titles()).resolves.toEqual({});
      await expect(store.sources()).resolves.toEqual([]);
    });

    it('keeps pages that are no Markdown, or that the portal may not read, as links', async () => {
      await nameOf(web, [
        ['https://wiki.example/pages/site-down', 'page'],
        ['https://wiki.example/pages/slow.md', 'link'],
      ]);
      await collect({ locations: [] });
      await expect(titles()).resolves.toEqual({
        'https://wiki.example/pages/site-down': 'site down',
        'https://wiki.example/pages/slow.md': 'slow',
      });
      const [page] = await store.load([(await idOf('site down'))!]);
      expect(page).toMatchObject({
        hasText: false,
        facts: { alerts: ['SiteDown'], stepCount: 0 },
      });
      const states = await store.sources();
      expect(states.map(({ problem }) => problem)).toEqual([
        undefined,
        undefined,
      ]);
    });

    it('lets the first of two files have an id that both declare', async () => {
      const other = 'https://github.com/acme/other/tree/main/runbooks';
      repository.files = { 'a.md': '---\nid: same\n---\n# A' };
      await collect({ locations: [folder, other] });
      const runbooks = await store.load([...(await store.revisions()).keys()]);
      expect(runbooks).toHaveLength(2);
      expect(runbooks.map(({ id }) => id)).toContain('same');
      // And it stays so, whichever changes first.
      repository.files = { 'a.md': '---\nid: same\n---\n# A2' };
      await collectLater({ locations: [folder, other] });
      const after = await store.load([...(await store.revisions()).keys()]);
      expect(after.map(({ id, url }) => [id, url]).sort()).toEqual(
        runbooks.map(({ id, url }) => [id, url]).sort(),
      );
    });

    it('reads each place once, however many replicas are there', async () => {
      repository.files = { 'a.md': '# A' };
      const locations = Array.from(
        { length: 6 },
        (_, index) => `${folder}/${index}`,
      );
      await collectorOf({ locations }).run(new AbortController().signal);
      now += 10 * MINUTE_MS;
      repository.files = { 'a.md': '# A2' };
      const replicas = [1, 2, 3].map(() =>
        collectorOf({ locations }).run(new AbortController().signal),
      );
      await Promise.all(replicas);
      const second = repository.asked.slice(locations.length);
      expect(second.map(({ url }) => url).sort()).toEqual(locations);
      expect(new Set(Object.values(await titles()))).toEqual(new Set(['A2']));
    });

    it('leaves what another replica reads alone, and takes what one left behind', async () => {
      repository.files = { 'a.md': '# A' };
      await collect();
      now += 10 * MINUTE_MS;
      const iso = (laterMs = 0) => new Date(now + laterMs).toISOString();
      const source = await store.claimSource({
        now: iso(),
        until: iso(5 * MINUTE_MS),
      });
      await collect();
      expect(repository.asked).toHaveLength(1);
      now += 5 * MINUTE_MS;
      repository.files = { 'a.md': '# A2' };
      await collect();
      expect(Object.values(await titles())).toEqual(['A2']);
      // The one that comes back late changes nothing.
      await expect(
        store.saveSource(source!, {
          records: [],
          now: iso(),
          nextRunAt: iso(),
        }),
      ).resolves.toBe(false);
      expect(Object.values(await titles())).toEqual(['A2']);
    });

    it('reads files of this machine, and tells nobody where their folder is', async () => {
      const local = await mkdtemp(join(tmpdir(), 'runbooks-'));
      try {
        await writeFile(join(local, 'a.md'), '# A');
        await writeFile(join(local, 'b.txt'), '# B');
        const options = { locations: ['file:.'], folder: local };
        await collect(options);
        await expect(titles()).resolves.toEqual({ 'file:a.md': 'A' });
        const revision = await store.revision();
        await collectLater(options);
        expect(await store.revision()).toBe(revision);
        await writeFile(join(local, 'c.md'), '# C');
        await collectLater({ locations: ['file:*.md'], folder: local });
        expect(Object.values(await titles())).toEqual(['A', 'C']);
        await collectLater({ locations: ['file:missing'], folder: local });
        const [source] = await store.sources();
        expect(source.problem?.message).toBe(
          'file:missing cannot be read: ENOENT',
        );
      } finally {
        await rm(local, { recursive: true });
      }
    });

    it('says what it leaves out of a place that is too large', async () => {
      repository.files = { 'a.md': '# A', 'huge.md': 'x'.repeat(1_048_577) };
      await collect();
      expect(Object.values(await titles())).toEqual(['A']);
      const [source] = await store.sources();
      expect(source.problem?.message).toBe(
        `${folder}: huge.md is larger than 1 MB and not read`,
      );
    });
  });
});
