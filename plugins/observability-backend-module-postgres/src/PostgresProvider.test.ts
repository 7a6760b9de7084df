import {
  CollectTarget,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  collectAll,
  createCollectRequest,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import { Client } from 'pg';
import { z } from 'zod/v4';
import { adviseOnSlowest } from './advice/adviseOnSlowest';
import { StatementError } from './connection/failures';
import { Session } from './connection/Session';
import { readBlockingSessions } from './parts/locks';
import { readServer } from './parts/server';
import { readStatements } from './parts/statements';
import { PostgresProvider } from './PostgresProvider';
import { readState } from './state';
import {
  createTestDatabase,
  POSTGRES,
  providerOf,
  TestDatabase,
} from './__testUtils__/testDatabase';

const DAY_MS = 86_400_000;
const target = (partial: Partial<CollectTarget> = {}): CollectTarget => ({
  key: 'crm',
  kinds: ['database'],
  candidate: false,
  requested: false,
  ...partial,
});

async function collect(
  provider: PostgresProvider,
  options: { state?: CollectTarget['state']; now?: Date } = {},
): Promise<TargetResult> {
  const { results } = await collectAll(
    provider,
    createCollectRequest({
      targets: [target({ state: options.state })],
      now: options.now ?? new Date(),
    }),
  );
  return results[0];
}

function readingOf(result: TargetResult) {
  const [entry] = result.results;
  if (!('observedAt' in entry) || entry.kind !== 'database') {
    throw new Error(`No reading: ${JSON.stringify(entry)}`);
  }
  return { ...entry, data: entry.data! };
}

// Without a real PostgreSQL there is nothing that could be tried here.
const describeOnPostgres = POSTGRES ? describe : describe.skip;

describeOnPostgres('a real PostgreSQL, read with pg_monitor alone', () => {
  jest.setTimeout(60_000);
  let database: TestDatabase;
  const openSession = () =>
    Session.open({
      name: 'crm',
      connection: {
        host: new URL(database.connectionString()).hostname,
        port: Number(new URL(database.connectionString()).port),
        user: database.role,
        password: database.password,
        database: database.name,
        ssl: false,
        statementTimeoutMs: 5_000,
      },
      connectTimeoutMs: 5_000,
      budgetMs: 30_000,
      signal: new AbortController().signal,
    });

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.admin.query(`
      create schema extensions;
      create extension pg_stat_statements schema extensions;
      grant usage on schema extensions to ${database.role};
      create table "Contact" (id int primary key, email text);
      create table "Quote" (
        id int primary key,
        "contactId" int not null references "Contact",
        status text not null,
        note text not null
      );
      insert into "Contact" select n, 'person' || n from generate_series(1, 100) n;
      insert into "Quote"
        select n, 1 + n % 100, 'STATUS' || n % 20, md5(n::text)
        from generate_series(1, 40000) n;
      create index quote_note on "Quote" (note);
      analyze`);
    await database.admin.query('select count(*) from "Quote"');
  });
  afterAll(async () => database?.drop());

  it('tells connections, size, version and state, and what SQL cannot tell', async () => {
    const result = await collect(providerOf(database.connectionString()));
    const { data, measurements, samples, problem } = readingOf(result);
    expect(problem).toBeUndefined();
    const { rows } = await database.admin.query('show server_version');
    expect(data).toMatchObject({
      engine: 'PostgreSQL',
      version: rows[0].server_version,
      state: 'active',
      standby: false,
      readOnly: false,
      vacuum: { wraparound: expect.any(Number) },
      limitations: [
        { area: 'metrics', code: 'not-supported' },
        { area: 'metrics', code: 'pending' },
      ],
    });
    for (const unknown of ['cpu', 'memory', 'disk', 'cacheHit', 'backups']) {
      expect(data).not.toHaveProperty(unknown);
    }
    expect(data.vacuum!.wraparound).toBeLessThan(0.1);
    expect(data.sizeBytes).toBeGreaterThan(5_000_000);
    const { used, max } = data.connections!;
    const limits = await database.admin.query(
      "select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as max",
    );
    expect(max).toBeLessThanOrEqual(limits.rows[0].max);
    // Ours, the test's own, and that of the maintenance database.
    expect(used).toBeGreaterThanOrEqual(3);
    expect(measurements).toEqual(
      expect.arrayContaining([
        { metric: 'database.connections', value: used / max },
        { metric: 'database.connectionCount', value: used },
      ]),
    );
    expect(samples!.map(({ metric }) => metric)).toEqual([
      'database.connections',
      'database.connectionCount',
      'database.sizeBytes',
    ]);
  });

  it('tells cache hits between two readings, and nothing across a reset', async () => {
    const provider = providerOf(database.connectionString());
    const first = await collect(provider);
    // Older servers count late.
    const { hit } = readState(first.state).blocks!;
    for (let counted = false; !counted; ) {
      const { rows } = await database.admin.query(
        'select blks_hit > $1 as counted from pg_stat_database where datname = $2',
        [hit, database.name],
      );
      counted = rows[0].counted;
    }
    const second = await collect(provider, { state: first.state });
    const { data } = readingOf(second);
    expect(data.cacheHit).toBeGreaterThan(0);
    expect(data.cacheHit).toBeLessThanOrEqual(1);
    expect(data.limitations).toEqual([
      expect.objectContaining({ code: 'not-supported' }),
    ]);
    await database.admin.query('select pg_stat_reset()');
    const { resetAt } = readState(second.state).blocks!;
    for (let reset = false; !reset; ) {
      const { rows } = await database.admin.query(
        'select extract(epoch from stats_reset)::float8 is distinct from $1 as reset from pg_stat_database where datname = $2',
        [resetAt, database.name],
      );
      reset = rows[0].reset;
    }
    const third = await collect(provider, { state: second.state });
    expect(readingOf(third).data).not.toHaveProperty('cacheHit');
    expect(readingOf(third).data.limitations).toContainEqual(
      expect.objectContaining({ area: 'metrics', code: 'pending' }),
    );
  });

  it('tells slow statements without their values and without its own, until they run no more', async () => {
    // What came before may have been slow too.
    await database.admin.query(
      'select extensions.pg_stat_statements_reset(0, oid, 0) from pg_database where datname = $1',
      [database.name],
    );
    await database.admin.query(
      `select /* for mrs. jones */ pg_sleep(1.1), 'secret value' as note`,
    );
    // A busy server may forget a statement while it runs, and then tells its
    // values: those are left out by us.
    const shown = /^select pg_sleep\((?:\$1|\?)\), (?:\$2|\?) as note$/;
    const provider = providerOf(database.connectionString());
    const result = await collect(provider);
    const { data, measurements } = readingOf(result);
    expect(data.slowQueries).toEqual([
      expect.objectContaining({
        query: expect.stringMatching(shown),
        calls: 1,
        rows: 1,
      }),
    ]);
    const [slow] = data.slowQueries;
    expect(slow.meanMs).toBeGreaterThan(1_090);
    expect(slow.maxMs).toBe(slow.meanMs);
    expect(slow.totalMs).toBe(slow.meanMs);
    expect(measurements).toContainEqual({
      metric: 'database.slowQueryMs',
      value: slow.meanMs,
      subject: {
        id: expect.stringMatching(/^-?\d+$/),
        name: expect.stringMatching(shown),
      },
    });

    const aDayLater = readingOf(
      await collect(provider, {
        state: result.state,
        now: new Date(Date.now() + DAY_MS),
      }),
    );
    expect(aDayLater.data.slowQueries).toEqual([]);
    expect(
      aDayLater.measurements.find(
        ({ metric }) => metric === 'database.slowQueryMs',
      )?.value,
    ).toBeLessThan(1_000);

    const session = await openSession();
    const statements = await readStatements(session.ask);
    await session.close();
    expect(JSON.stringify(statements)).not.toMatch(/watchkeeper|savepoint/);
  });

  it('tells who waits for a lock, and how long transactions last', async () => {
    const holder = await database.connect();
    const other = await database.connect();
    const pidOf = async (client: Client) =>
      (await client.query('select pg_backend_pid() as pid')).rows[0].pid;
    const holderPid = await pidOf(holder);
    const otherPid = await pidOf(other);
    await holder.query('begin; update "Contact" set email = null where id = 1');
    const blocked = other.query('delete from "Contact" where id = 1');
    blocked.catch(() => {});
    for (let waits = false; !waits; ) {
      const { rows } = await database.admin.query(
        `select wait_event_type = 'Lock' as waits from pg_stat_activity where pid = $1`,
        [otherPid],
      );
      waits = rows[0].waits === true;
    }

    const result = await collect(providerOf(database.connectionString()));
    const { activity } = readingOf(result).data;
    expect(activity).toMatchObject({ waiting: 1, idleInTransaction: 1 });
    expect(activity!.active).toBeGreaterThanOrEqual(1);
    expect(activity!.longestTransactionSeconds).toBeGreaterThan(0);
    expect(activity!.longestQuerySeconds).toBeGreaterThanOrEqual(0);
    const session = await openSession();
    expect(await readBlockingSessions(session.ask)).toEqual([
      expect.objectContaining({
        pid: holderPid,
        waiting: 1,
        state: 'idle in transaction',
      }),
    ]);
    await session.close();
    await holder.query('rollback');
    await blocked.catch(() => {});
  });

  it('tells of indexes only what is certain', async () => {
    await database.admin.query('select count(*) from "Quote"');
    await database.admin.query('select pg_stat_reset()');
    await database.admin.query('analyze');
    // Statistics reach the views when a session ends its transaction, or later.
    for (let scanned = false; !scanned; ) {
      await database.admin.query(
        `select count(*) from "Quote" where md5(note) = ''`,
      );
      const { rows } = await database.admin.query(
        `select seq_scan > 0 as scanned from pg_stat_user_tables where relname = 'Quote'`,
      );
      scanned = rows[0].scanned;
    }
    const provider = providerOf(database.connectionString());
    const first = await collect(provider);
    expect(readingOf(first).data.advisories).toEqual([
      expect.objectContaining({
        name: 'unindexed_foreign_keys',
        title: expect.stringContaining(
          'of public."Quote" has no index on "contactId"',
        ),
        remediation:
          'create index concurrently on public."Quote" ("contactId");',
      }),
    ]);
    const later = await collect(provider, {
      state: first.state,
      now: new Date(Date.now() + 8 * DAY_MS),
    });
    expect(readingOf(later).data.advisories).toContainEqual(
      expect.objectContaining({
        name: 'unused_index',
        title: 'Index public.quote_note is not used',
        remediation: 'drop index concurrently public.quote_note;',
      }),
    );
  });

  it('advises on a statement whose plan proves it, as far as the role may read the table', async () => {
    const { admin, role } = database;
    const select =
      'select * from "Quote" left join "Contact" on "Quote"."contactId" = "Contact".id where "Quote".status = $1';
    const advise = async (text: string) => {
      const session = await openSession();
      const server = await readServer(session.ask);
      const advice = await adviseOnSlowest(session, {
        statements: [
          { id: '1', text, calls: 1, totalMs: 1, meanMs: 1, maxMs: 1, rows: 1 },
        ],
        server,
        known: {},
        nowSeconds: 1_000,
      });
      await session.close();
      return advice['1']?.text;
    };
    expect(await advise(select)).toBeUndefined();
    await admin.query(`grant select on all tables in schema public to ${role}`);
    const advised =
      database.version >= 160_000
        ? 'sequential scan on "Quote" filtered by "status": no index begins with it'
        : undefined;
    expect(await advise(select)).toBe(advised);
    // Nothing is proven by, or must not be planned of, any of these.
    expect(await advise('select * from "Quote" where id = $1')).toBeUndefined();
    expect(
      await advise('select * from "Quote" where status <> $1'),
    ).toBeUndefined();
    await admin.query('create view open_quotes as select * from "Quote"');
    await admin.query(`grant select on open_quotes to ${role}`);
    expect(
      await advise('select * from open_quotes where status = $1'),
    ).toBeUndefined();
    await admin.query(`
      create schema theirs;
      grant usage, create on schema theirs to ${role};
      set role ${role};
      create function theirs.upper(timestamptz) returns text
        language sql immutable as $$ select 'x' $$;
      reset role`);
    expect(await advise(select)).toBeUndefined();
    await admin.query('drop schema theirs cascade');
    expect(await advise(select)).toBe(advised);
    await admin.query('create index quote_status on "Quote" (status)');
    expect(await advise(select)).toBeUndefined();
  });

  it('cannot write, and cannot be made to', async () => {
    const session = await openSession();
    const refusedWith = async (sql: string) => {
      const error = await session.ask(sql, z.unknown()).catch(e => e);
      return error instanceof StatementError ? error.sqlState : error;
    };
    expect(await refusedWith('create table mine (id int)')).toBe('25006');
    expect(
      await refusedWith(
        "select set_config('transaction_read_only', 'off', false)",
      ),
    ).toBe('25001');
    expect(await refusedWith('commit; create table mine (id int)')).toBe(
      '42601',
    );
    await session.close();
  });

  it('says what the role may not see, and is not well without it', async () => {
    await database.admin.query(`revoke pg_monitor from ${database.role}`);
    const result = await collect(providerOf(database.connectionString()));
    await database.admin.query(`grant pg_monitor to ${database.role}`);
    const { data, problem } = readingOf(result);
    expect(data.connections?.used).toBeGreaterThanOrEqual(3);
    expect(data).not.toHaveProperty('activity');
    expect(data.limitations).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ area: 'activity', code: 'not-permitted' }),
        expect.objectContaining({
          area: 'slow-queries',
          code: 'not-permitted',
        }),
      ]),
    );
    expect(problem).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('Grant pg_monitor'),
    });
  });

  it('tells the rest when a part cannot be read', async () => {
    const holder = await database.connect();
    await holder.query('begin; lock extensions.pg_stat_statements');
    const result = await collect(providerOf(database.connectionString()));
    await holder.query('rollback');
    const { data, problem, measurements } = readingOf(result);
    expect(data.connections).toBeDefined();
    expect(data.sizeBytes).toBeDefined();
    expect(data.limitations).toContainEqual({
      area: 'slow-queries',
      code: 'failed',
      message: 'Slow queries could not be read: a lock was in the way (55P03).',
    });
    expect(problem).toMatchObject({ code: 'unavailable' });
    expect(measurements.map(({ metric }) => metric)).toEqual([
      'database.connections',
      'database.connectionCount',
    ]);
  });

  it('says where pg_stat_statements is missing', async () => {
    await database.admin.query('drop extension pg_stat_statements');
    const result = await collect(providerOf(database.connectionString()));
    await database.admin.query(
      'create extension pg_stat_statements schema extensions',
    );
    const { data, problem, measurements } = readingOf(result);
    expect(data.limitations).toContainEqual(
      expect.objectContaining({
        area: 'slow-queries',
        code: 'not-enabled',
        message: expect.stringContaining('create extension'),
      }),
    );
    expect(problem).toBeUndefined();
    expect(measurements.map(({ metric }) => metric)).not.toContain(
      'database.slowQueryMs',
    );
  });

  it('tells a database that takes no writes', async () => {
    const { admin, name } = database;
    await admin.query(
      `alter database ${name} set default_transaction_read_only = on`,
    );
    const result = await collect(providerOf(database.connectionString()));
    await admin.query(
      `alter database ${name} reset default_transaction_read_only`,
    );
    expect(readingOf(result).data.readOnly).toBe(true);
  });
});
