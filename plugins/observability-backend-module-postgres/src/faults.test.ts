import {
  collectAll,
  createCollectRequest,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import { PostgresProvider } from './PostgresProvider';
import {
  closedPort,
  Loopback,
  startLoopback,
  startProxy,
  startRefusing,
} from './__testUtils__/loopback';
import {
  createTestDatabase,
  POSTGRES,
  providerOf,
  TestDatabase,
} from './__testUtils__/testDatabase';

jest.setTimeout(60_000);

const USER = 'the-user-name';
const PASSWORD = 'the-secret-password';
const HOST = '127.0.0.1';
const at = (port: number, more = '') =>
  `postgresql://${USER}:${PASSWORD}@${HOST}:${port}/the-database${more}`;

const targetOf = (key: string) => ({
  key,
  kinds: ['database' as const],
  candidate: false,
  requested: false,
});

/** Why the database could not be read; it has told no secret by then. */
async function failureOf(provider: PostgresProvider) {
  const { results } = await collectAll(
    provider,
    createCollectRequest({ targets: [targetOf('crm')] }),
  );
  const told = JSON.stringify(results, (_, value) =>
    value instanceof Error
      ? {
          ...value,
          message: value.message,
          stack: value.stack,
          cause: value.cause,
        }
      : value,
  );
  for (const secret of [USER, PASSWORD, HOST, 'the-database', 'someone']) {
    expect(told).not.toContain(secret);
  }
  expect(results).toHaveLength(1);
  const [entry] = results[0].results;
  if (!('error' in entry)) throw new Error('It was read');
  expect(entry.error.message).toContain('"crm"');
  return { code: entry.error.code, message: entry.error.message };
}

describe('a server that cannot be read', () => {
  let loopback: Loopback | undefined;
  afterEach(async () => {
    await loopback?.close();
    loopback = undefined;
  });

  it('that does not run is unavailable', async () => {
    expect(await failureOf(providerOf(at(await closedPort())))).toEqual({
      code: 'unavailable',
      message: expect.stringMatching(/cannot be reached \(ECONNREFUSED\)/),
    });
  });

  it('that says nothing is given up in time, and its connection is closed', async () => {
    const server = await startLoopback(socket => socket.resume());
    loopback = server;
    const provider = providerOf(at(server.port), { connectTimeoutMs: 50 });
    expect(await failureOf(provider)).toEqual({
      code: 'timeout',
      message: expect.stringContaining('did not let us in in time'),
    });
    await untilNobodyIsConnected(server);
  });

  it('that hangs up is unavailable', async () => {
    loopback = await startLoopback(socket =>
      socket.once('data', () => socket.resetAndDestroy()),
    );
    expect(await failureOf(providerOf(at(loopback.port)))).toMatchObject({
      code: 'unavailable',
    });
  });

  it('that cannot encrypt says so', async () => {
    loopback = await startLoopback(socket =>
      socket.once('data', () => socket.write('N')),
    );
    const provider = providerOf(at(loopback.port, '?sslmode=verify-full'));
    expect(await failureOf(provider)).toEqual({
      code: 'misconfigured',
      message: expect.stringContaining('encrypted'),
    });
  });

  it.each([
    ['28P01', 'unauthorized', /password/],
    ['28000', 'unauthorized', /pg_hba\.conf/],
    ['42501', 'forbidden', /Grant CONNECT/],
    ['3D000', 'not-found', /name of the database/],
    ['57P03', 'unavailable', /starting, stopping or recovering/],
    ['53300', 'unavailable', /no free connection/],
    ['XX000', 'unavailable', /refused the connection/],
  ])('and answers %s is %s', async (sqlState, code, message) => {
    loopback = await startRefusing({ code: sqlState });
    expect(await failureOf(providerOf(at(loopback.port)))).toEqual({
      code,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['one role', 'InitializeSessionUserId'],
    ['one database', 'CheckMyDatabase'],
  ])(
    'because of the limit of %s tells nothing of all connections',
    async (_, routine) => {
      loopback = await startRefusing({ code: '53300', routine });
      expect(await failureOf(providerOf(at(loopback.port)))).toMatchObject({
        code: 'unavailable',
      });
    },
  );

  it('because all connections are in use tells just that, beside the problem', async () => {
    loopback = await startRefusing({ code: '53300', routine: 'InitProcess' });
    const now = new Date('2026-09-01T12:00:00Z');
    const { results } = await collectAll(
      providerOf(at(loopback.port)),
      createCollectRequest({ targets: [targetOf('crm')], now }),
    );
    expect(results).toEqual([
      {
        key: 'crm',
        results: [
          {
            kind: 'database',
            observedAt: now,
            measurements: [{ metric: 'database.connections', value: 1 }],
            samples: [{ metric: 'database.connections', at: now, value: 1 }],
            problem: expect.objectContaining({ code: 'unavailable' }),
          },
        ],
      },
    ]);
  });

  it('does not outlast its cycle', async () => {
    const cycle = new AbortController();
    const server = await startLoopback(socket => {
      socket.once('data', () => cycle.abort(new Error('the cycle is over')));
    });
    loopback = server;
    const running = collectAll(
      providerOf(at(server.port)),
      createCollectRequest({
        targets: [targetOf('crm')],
        signal: cycle.signal,
      }),
    );
    await expect(running).rejects.toThrow('the cycle is over');
    await untilNobodyIsConnected(server);
  });

  it('holds up no other, and one that is no longer configured is told', async () => {
    const server = await startLoopback(socket => socket.resume());
    loopback = server;
    const { results } = await collectAll(
      providerOf(at(server.port), { connectTimeoutMs: 50 }),
      createCollectRequest({ targets: [targetOf('crm'), targetOf('gone')] }),
    );
    expect(results).toEqual([
      {
        key: 'gone',
        results: [
          {
            kind: 'database',
            error: expect.objectContaining({ code: 'misconfigured' }),
          },
        ],
      },
      {
        key: 'crm',
        results: [
          {
            kind: 'database',
            error: expect.objectContaining({ code: 'timeout' }),
          },
        ],
      },
    ]);
  });
});

// Without a real PostgreSQL there is nothing that could be tried here.
const describeOnPostgres = POSTGRES ? describe : describe.skip;

describeOnPostgres('a real server that cannot be read', () => {
  let database: TestDatabase;
  let proxy: Loopback | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await proxy?.close();
    proxy = undefined;
  });
  afterAll(async () => database?.drop());

  const target = () => {
    const { hostname, port } = new URL(database.connectionString());
    return { host: hostname, port: Number(port) };
  };
  /** Reads through a proxy that does something when connections are asked for. */
  const interrupted = async (
    then: Parameters<typeof startProxy>[1]['then'],
  ) => {
    proxy = await startProxy(target(), {
      clientSays: 'pg_stat_activity',
      then,
    });
    const provider = providerOf(
      database.connectionString({ host: HOST, port: proxy.port }),
      { budgetMs: 2_000 },
    );
    return { failure: await failureOf(provider), proxy };
  };

  it.each([
    ['another password', { password: 'wrong-one' }, 'unauthorized'],
    ['no password', { password: '' }, 'unauthorized'],
    ['another role', { user: 'nobody-like-this' }, 'unauthorized'],
    ['another database', { database: 'no_such_database' }, 'not-found'],
  ])('with %s', async (_, parts, code) => {
    const provider = providerOf(database.connectionString(parts));
    const failure = await failureOf(provider);
    expect(failure.code).toBe(code);
    for (const secret of [database.password, database.role, database.name]) {
      expect(failure.message).not.toContain(secret);
    }
  });

  it('because the role may not connect is forbidden, one that may not log in unauthorized', async () => {
    const { admin, name, role } = database;
    const provider = providerOf(database.connectionString());
    await admin.query(`revoke connect on database ${name} from public`);
    expect(await failureOf(provider)).toMatchObject({ code: 'forbidden' });
    await admin.query(`grant connect on database ${name} to public`);
    await admin.query(`alter role ${role} nologin`);
    expect(await failureOf(provider)).toMatchObject({ code: 'unauthorized' });
    await admin.query(`alter role ${role} login connection limit 0`);
    expect(await failureOf(provider)).toEqual({
      code: 'unavailable',
      message: expect.stringContaining('no free connection'),
    });
    await admin.query(`alter role ${role} connection limit -1`);
  });

  it('because the connection breaks in the middle is unavailable', async () => {
    const { failure } = await interrupted(async ({ client, server }) => {
      server.destroy();
      client.resetAndDestroy();
    });
    expect(failure).toEqual({
      code: 'unavailable',
      message: expect.stringContaining('cut the connection off'),
    });
  });

  it('because it shuts down in the middle is unavailable', async () => {
    const { failure } = await interrupted(async () => {
      await database.admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where usename = $1',
        [database.role],
      );
    });
    expect(failure).toEqual({
      code: 'unavailable',
      message: expect.stringMatching(/ended our connection.*\(57P01\)/),
    });
  });

  it('because it falls silent in the middle is given up in time', async () => {
    const { failure, proxy: silent } = await interrupted(async ({ server }) => {
      server.pause();
      server.removeAllListeners('data');
    });
    expect(failure).toEqual({
      code: 'timeout',
      message: expect.stringContaining('did not answer everything in time'),
    });
    await untilNobodyIsConnected(silent);
  });

  it('is asked over one connection, which is closed after', async () => {
    const counted = await startProxy(target(), {
      clientSays: 'never said',
      then: async () => {},
    });
    proxy = counted;
    const provider = providerOf(
      database.connectionString({ host: HOST, port: counted.port }),
    );
    const { results } = await collectAll(
      provider,
      createCollectRequest({ targets: [targetOf('crm')] }),
    );
    expect(results[0].results[0]).toHaveProperty('observedAt');
    await untilNobodyIsConnected(counted);
    expect(counted.connections().most).toBe(1);
  });
});

/** The other side hears of it a moment later. */
async function untilNobodyIsConnected(loopback: Loopback): Promise<void> {
  while (loopback.connections().now > 0) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
