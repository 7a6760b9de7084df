import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { EntityFacts } from '../catalog/EntityFacts';
import { DatabaseOutbox } from '../notifications/DatabaseOutbox';
import { FakeRepository } from './__testUtils__/FakeRepository';
import { DatabaseLinkStore } from './links/DatabaseLinkStore';
import { LinkChecker, ProbeLink } from './links/LinkChecker';
import { createProbeLink } from './links/probeLink';
import { RunbookReminder } from './reminders/RunbookReminder';
import { RunbookIndex } from './RunbookIndex';
import { RunbookSignals } from './RunbookSignals';
import { DatabaseRunbookRunStore } from './runs/DatabaseRunbookRunStore';
import { RunbookCollector } from './sources/RunbookCollector';
import { DatabaseRunbookStore } from './store/DatabaseRunbookStore';

jest.setTimeout(60_000);

const DAY_MS = 24 * 3_600_000;
const START = Date.parse('2026-11-25T12:00:00.000Z');
const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));

describe('what keeps runbooks honest', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let now: number;
    let index: RunbookIndex;
    let links: DatabaseLinkStore;
    let runs: DatabaseRunbookRunStore;
    let repository: FakeRepository;
    const { signal } = new AbortController();

    const anIndex = () =>
      new RunbookIndex({
        store: new DatabaseRunbookStore(knex),
        runs,
        links,
        entities: new EntityFacts(knex),
        now: () => now,
      });

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      now = START;
      links = new DatabaseLinkStore(knex);
      runs = new DatabaseRunbookRunStore(knex);
      repository = new FakeRepository();
      index = anIndex();
    });

    async function collect(): Promise<void> {
      const logger = mockServices.logger.mock();
      await new RunbookCollector({
        store: new DatabaseRunbookStore(knex),
        signals: new RunbookSignals({
          signals: { publish: jest.fn() },
          logger,
        }),
        reading: { reader: repository.reader, integrations, folder: '/' },
        locations: ['https://github.com/acme/crm/tree/main/runbooks'],
        refreshMs: 60_000,
        logger,
        now: () => new Date(now),
      }).run(signal);
    }

    const checkerOf = (probe: ProbeLink) =>
      new LinkChecker({
        index,
        store: links,
        probe,
        now: () => new Date(now),
      });

    async function remind(): Promise<string[]> {
      const outbox = new DatabaseOutbox(knex);
      await new RunbookReminder({ knex, index, runs, links, outbox }).run(
        new Date(now),
        signal,
      );
      const claimed = await outbox.claim({
        now: new Date(now + DAY_MS),
        leaseSeconds: 60,
        limit: 50,
      });
      for (const { id } of claimed) {
        await outbox.markSent(id, new Date(now));
      }
      return claimed.map(
        ({ payload, recipients }) => `${recipients}: ${payload.title}`,
      );
    }

    async function finishRun(outcome: 'worked' | 'did-not-help') {
      const id = `run-${now}`;
      const at = new Date(now).toISOString();
      await runs.create({
        id,
        runbookId: 'a',
        title: 'A',
        entityRefs: [],
        contentHash: '',
        steps: [],
        startedAt: at,
        startedBy: 'user:default/ann',
      });
      await runs.finish(id, { outcome, by: 'user:default/ann', now: at });
    }

    it('calls a link dead when it says so twice, asks anew each week, and believes it when it is back', async () => {
      repository.files = {
        'a.md':
          '---\nid: a\n---\n# A\n\n[x](https://x.example/a#part) [y](https://y.example)\n',
      };
      await collect();
      const answers = new Map<string, 'ok' | 'dead' | 'unknown'>([
        ['https://x.example/a', 'dead'],
        ['https://y.example', 'ok'],
      ]);
      const asked: string[] = [];
      const run = () =>
        checkerOf(async url => {
          asked.push(url);
          return answers.get(url) ?? 'unknown';
        }).run(signal);
      await run();
      await run();
      expect(asked.sort()).toEqual([...answers.keys()]);
      await expect(links.dead()).resolves.toEqual(new Map());

      now += DAY_MS;
      await run();
      // One that could not be told is as it was before.
      answers.set('https://y.example', 'unknown');
      const since = new Date(now).toISOString();
      await expect(links.dead()).resolves.toEqual(
        new Map([['https://x.example/a', since]]),
      );
      expect((await index.runbooks()).get('a')?.deadLinks).toEqual([
        'https://x.example/a',
      ]);
      now += 8 * DAY_MS;
      await run();
      expect((await links.dead()).get('https://x.example/a')).toBe(since);
      answers.set('https://x.example/a', 'ok');
      now += 8 * DAY_MS;
      await run();
      expect((await index.runbooks()).get('a')?.deadLinks).toEqual([]);

      repository.files = { 'a.md': '---\nid: a\n---\n# A' };
      await collect();
      await run();
      await expect(knex('runbook_links').select()).resolves.toEqual([]);
    });

    it('reminds the owner once when a runbook ages, when it goes stale, and when a link dies', async () => {
      repository.files = {
        'a.md':
          '---\nid: a\nowner: group:default/crm\nlastTested: 2026-11-01\n---\n# A\n\n[x](https://x.example)\n',
        'b.md': '---\nowner: somebody\nlastTested: 2020-01-01\n---\n# B',
      };
      await collect();
      await expect(remind()).resolves.toEqual([]);
      now += 70 * DAY_MS;
      await expect(remind()).resolves.toEqual([
        'group:default/crm: A: not tested for 90 days',
      ]);
      await expect(remind()).resolves.toEqual([]);
      now += 90 * DAY_MS;
      await expect(remind()).resolves.toEqual([
        'group:default/crm: A: not tested for 180 days',
      ]);
      await finishRun('worked');
      const run = checkerOf(async () => 'dead');
      await run.run(signal);
      now += DAY_MS;
      await run.run(signal);
      await expect(remind()).resolves.toEqual([
        'group:default/crm: A: a link is dead',
      ]);
      await expect(remind()).resolves.toEqual([]);
      // The run counts as a test, and ages in its turn.
      now += 90 * DAY_MS;
      await expect(remind()).resolves.toEqual([
        'group:default/crm: A: not tested for 90 days',
      ]);
    });

    it('tells once a week of the runbooks that did not help lately', async () => {
      repository.files = {
        'a.md':
          '---\nid: a\nowner: group:default/crm\nlastTested: 2026-11-24\n---\n# A',
      };
      await collect();
      await finishRun('did-not-help');
      const told = ['group:default/crm: A: did not help in 1 of 1 runs'];
      await expect(remind()).resolves.toEqual(told);
      now += DAY_MS;
      await expect(remind()).resolves.toEqual([]);
      now += 6 * DAY_MS;
      await expect(remind()).resolves.toEqual(told);
      now += 91 * DAY_MS;
      const later = await remind();
      expect(later.filter(message => message.includes('help'))).toEqual([]);
    });

    it('is seen by every replica, each with its own index', async () => {
      repository.files = { 'a.md': '---\nid: a\n---\n# Alpha' };
      await collect();
      const other = anIndex();
      expect((await other.runbooks()).get('a')?.facts.title).toBe('Alpha');
      repository.files = { 'a.md': '---\nid: a\n---\n# Beta' };
      now += DAY_MS;
      await collect();
      for (const each of [index, other]) {
        await each.sync();
        const [found] = each.lookup.find({ text: 'beta' });
        expect(found).toMatchObject({ id: 'a', match: { by: 'text' } });
        expect(each.lookup.find({ text: 'alpha' })[0].match).toBeUndefined();
      }
      await finishRun('worked');
      expect((await other.runbooks()).get('a')).toMatchObject({
        lastTested: new Date(now).toISOString(),
        figures: { runs: 1, worked: 1 },
      });
      repository.files = {};
      now += DAY_MS;
      await collect();
      expect((await other.runbooks()).size).toBe(0);
      expect(other.lookup.size).toBe(0);
    });
  });
});

describe('the probe of a link', () => {
  it('asks integrations for files, nobody else, and believes only who says that there is nothing', async () => {
    const reader = mockServices.urlReader.mock();
    const probe = createProbeLink({ reader, integrations });
    const { signal } = new AbortController();
    const url = 'https://github.com/acme/crm/blob/main/a.md';
    reader.readUrl.mockResolvedValueOnce({
      buffer: async () => Buffer.from(''),
    });
    await expect(probe(url, signal)).resolves.toBe('ok');
    reader.readUrl.mockRejectedValueOnce(new NotFoundError('no'));
    await expect(probe(url, signal)).resolves.toBe('dead');
    reader.readUrl.mockRejectedValueOnce(new Error('rate limit'));
    await expect(probe(url, signal)).resolves.toBe('unknown');
    expect(reader.readUrl).toHaveBeenCalledTimes(3);
    for (const other of [
      'http://169.254.169.254/latest',
      'https://x.example/blob/a.md',
      'https://github.com/acme/crm/issues/1',
      'no address',
    ]) {
      await expect(probe(other, signal)).resolves.toBe('unknown');
    }
    expect(reader.readUrl).toHaveBeenCalledTimes(3);
  });
});
