import { archivingItem } from './backups';
import { UNUSED_AFTER_SECONDS, unusedIndexes } from './indexes';
import { blockingAdvisories } from './locks';
import { Replica, replicationOf } from './replication';
import { cacheHitBetween } from './storage';

describe('cache hits', () => {
  const counters = (
    hit: number,
    read: number,
    resetAt: number | null = null,
  ) => ({
    hit,
    read,
    resetAt,
  });

  it('are those between two readings, and wait where counting began anew', () => {
    expect(cacheHitBetween(counters(100, 50), counters(190, 60))).toBe(0.9);
    expect(cacheHitBetween(counters(1, 1), counters(1, 1))).toBeUndefined();
    expect(cacheHitBetween(undefined, counters(1, 1))).toBe('pending');
    expect(cacheHitBetween(counters(9, 9), counters(1, 10))).toBe('pending');
    expect(cacheHitBetween(counters(9, 9), counters(10, 1))).toBe('pending');
    expect(cacheHitBetween(counters(1, 1), counters(9, 9, 5))).toBe('pending');
  });
});

describe('unused indexes', () => {
  const index = { id: '1', name: 'i', table: 't', bytes: 2 ** 20 };
  const idle = { indexes: [index], countingSince: 0 };
  const later = UNUSED_AFTER_SECONDS;

  it('are told only after seven days of counting and of being seen idle', () => {
    const first = unusedIndexes(idle, {}, later);
    // It may have been created a minute ago.
    expect(first).toEqual({ advisories: [], seen: { 1: later } });
    expect(unusedIndexes(idle, first.seen, 2 * later - 1).advisories).toEqual(
      [],
    );
    expect(unusedIndexes(idle, first.seen, 2 * later).advisories).toEqual([
      expect.objectContaining({
        name: 'unused_index',
        detail: expect.stringMatching(
          /^1\.0 MB on t; not read once in 14 days/,
        ),
      }),
    ]);
    const anew = { ...idle, countingSince: later + 1 };
    expect(unusedIndexes(anew, first.seen, 2 * later).advisories).toEqual([]);
    const unknown = { ...idle, countingSince: null };
    expect(unusedIndexes(unknown, first.seen, 9 * later).advisories).toEqual(
      [],
    );
  });

  it('begin anew once they were used', () => {
    const used = unusedIndexes({ ...idle, indexes: [] }, { 1: 5 }, later);
    expect(used.seen).toEqual({});
  });
});

describe('replication', () => {
  const replica = (partial: Partial<Replica>): Replica => ({
    name: 'replica-a',
    state: 'streaming',
    lagSeconds: 1.5,
    lagBytes: 2048,
    ...partial,
  });

  it('lags as the slowest replica does, and not where nothing is to be replayed', () => {
    expect(
      replicationOf([
        replica({}),
        replica({ name: 'b', state: 'catchup', lagSeconds: 40 }),
        replica({ name: 'c', lagSeconds: null, lagBytes: 0 }),
        replica({ name: null, state: null, lagSeconds: null, lagBytes: null }),
      ]),
    ).toEqual({
      replicas: 4,
      lagSeconds: 40,
      services: [
        { name: 'replica replica-a', state: 'healthy', detail: '2 KB behind' },
        { name: 'replica b', state: 'starting', detail: '2 KB behind' },
        { name: 'replica c', state: 'healthy' },
        { name: 'replica', state: 'unknown' },
      ],
    });
    expect(
      replicationOf([replica({ lagSeconds: null, lagBytes: 0 })]).lagSeconds,
    ).toBe(0);
    // Behind by an unknown time is not up to date.
    expect(replicationOf([replica({ lagSeconds: null })])).not.toHaveProperty(
      'lagSeconds',
    );
    expect(replicationOf([])).toEqual({ replicas: 0, services: [] });
  });
});

describe('the archiving of the log', () => {
  const archiver = { archivedAt: null, failedAt: null, failures: 0 };

  it('fails when the last attempt did, and is unknown before the first', () => {
    expect(archivingItem(archiver).passed).toBeNull();
    expect(archivingItem({ ...archiver, archivedAt: 10 }).passed).toBe(true);
    expect(
      archivingItem({ archivedAt: 10, failedAt: 5, failures: 3 }).passed,
    ).toBe(true);
    expect(
      archivingItem({ archivedAt: 10, failedAt: 15, failures: 3 }),
    ).toEqual({
      check: 'pitr',
      passed: false,
      detail:
        'Archiving the log fails: the last attempt, at 1970-01-01T00:00:15.000Z, did; the last success was at 1970-01-01T00:00:10.000Z (3 failures since counting began)',
    });
    expect(archivingItem({ ...archiver, failedAt: 15 }).passed).toBe(false);
  });
});

describe('sessions that block others', () => {
  const session = {
    pid: 42,
    waiting: 2,
    seconds: 75,
    state: 'idle in transaction',
    application: 'worker',
    transactionSeconds: 4_000,
  };

  it('are told once others have waited for a while', () => {
    expect(blockingAdvisories([session])).toEqual([
      {
        name: 'blocking_session',
        level: 'warning',
        title: 'A session holds a lock for which 2 others wait, up to 1 min',
        detail:
          'Process 42 of "worker" is idle in transaction in a transaction of 1 h',
        remediation:
          'If it does not end by itself: select pg_terminate_backend(42);',
      },
    ]);
    expect(blockingAdvisories([{ ...session, seconds: 9 }])).toEqual([]);
  });
});
