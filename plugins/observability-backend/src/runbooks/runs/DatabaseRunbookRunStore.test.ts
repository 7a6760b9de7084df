import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { DatabaseRunbookRunStore } from './DatabaseRunbookRunStore';

jest.setTimeout(60_000);

const at = '2026-11-25T12:00:00.000Z';

describe('DatabaseRunbookRunStore', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let store: DatabaseRunbookRunStore;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      store = new DatabaseRunbookRunStore(knex);
    });

    const create = (id: string, startedAt = at) =>
      store.create({
        id,
        runbookId: 'runbook',
        title: 'Runbook',
        entityRefs: ['component:default/web'],
        contentHash: 'hash',
        steps: [0, 1, 2].map(index => ({
          index,
          title: `Step ${index}`,
          markdown: `Step ${index}`,
          commands: [],
          line: index + 1,
        })),
        startedAt,
        startedBy: 'user:default/ann',
      });

    it('loses nothing of what two replicas write at once', async () => {
      await create('run');
      const replicas = [store, new DatabaseRunbookRunStore(knex)];
      const refusals = await Promise.all(
        [0, 1, 2, 0, 1, 2].map((index, number) =>
          replicas[number % 2].setStep('run', {
            index,
            state: 'done',
            by: `user:default/${number}`,
            now: at,
          }),
        ),
      );
      expect(refusals).toEqual(Array(6).fill(undefined));
      await expect(store.get('run')).resolves.toMatchObject({
        version: 7,
        settledStepCount: 3,
        steps: [{ state: 'done' }, { state: 'done' }, { state: 'done' }],
      });
    });

    it('lets one of two have a step that both saw, and one end the run', async () => {
      await create('run');
      const step = { index: 0, version: 1, now: at };
      const refusals = await Promise.all([
        store.setStep('run', { ...step, state: 'done', by: 'ann' }),
        store.setStep('run', { ...step, state: 'failed', by: 'bob' }),
      ]);
      expect(refusals.filter(refusal => refusal === 'changed')).toHaveLength(1);
      const ends = await Promise.all(
        (['worked', 'partly'] as const).map(outcome =>
          store.finish('run', { outcome, by: 'ann', now: at }),
        ),
      );
      expect(ends.filter(refusal => refusal === 'finished')).toHaveLength(1);
      await expect(
        store.finish('none', { outcome: 'worked', by: 'ann', now: at }),
      ).resolves.toBe('unknown');
      await expect(store.figures()).resolves.toEqual([
        expect.objectContaining({ runbookId: 'runbook', runs: 1 }),
      ]);
      await expect(
        store.figures(new Date('2026-11-26T00:00:00Z')),
      ).resolves.toEqual([]);
    });

    it('forgets runs of long ago with their steps', async () => {
      await create('old', '2025-01-01T00:00:00.000Z');
      await create('new');
      await store.setStep('old', {
        index: 0,
        state: 'done',
        by: 'ann',
        now: at,
      });
      await expect(
        store.deleteBefore(new Date('2025-10-01T00:00:00Z')),
      ).resolves.toBe(1);
      await expect(store.get('old')).resolves.toBeUndefined();
      await expect(knex('runbook_run_steps').select()).resolves.toEqual([]);
      await expect(store.list({ limit: 5 })).resolves.toHaveLength(1);
    });
  });
});
