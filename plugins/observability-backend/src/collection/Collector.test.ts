import { ProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { errorsReading } from '../__testUtils__/ScriptedProvider';
import { testEntity, TestWorld } from '../__testUtils__/TestWorld';
import { MisconfiguredProvider } from './MisconfiguredProvider';

jest.setTimeout(60_000);

const refused = () =>
  new ProviderError({
    code: 'unauthorized',
    message: 'The token of fake (default) was refused',
    statusCode: 401,
  });

describe('Collector', () => {
  const databases = createTestDatabases();
  let knex: Knex;
  let world: TestWorld;

  /** The rules are the same on both databases; each of the two is held against them by its store. */
  beforeEach(async () => {
    knex = await openTestDatabase(databases, 'SQLITE_3');
    world = new TestWorld({ knex });
  });

  /** One service a target: `service-0` names `id-0`. */
  async function services(count: number): Promise<void> {
    world.entities = Array.from({ length: count }, (_, index) =>
      testEntity(`component:default/service-${index}`, { ids: `id-${index}` }),
    );
    await world.follow();
  }

  const snapshots = () =>
    knex('snapshots')
      .join('targets', 'targets.id', 'target_id')
      .orderBy('targets.id')
      .select('target_key', 'observed_at', 'problem_code', 'problem_since');

  const source = async () => {
    const [state] = await world.collection.instanceStates();
    return state;
  };

  it('stores readings in batches as they come, with what follows from them', async () => {
    await services(250);
    const [provider] = world.providers;
    const stored: number[] = [];
    provider.values = { 'id-7': 60 };
    provider.script = async function* script({ targets, now }) {
      for (const [index, { key }] of targets.entries()) {
        if (index % 50 === 0) {
          stored.push((await knex('snapshots')).length);
        }
        yield {
          key,
          results: [errorsReading(now, provider.values[key] ?? 0)],
          state: { cursor: index },
        };
      }
      yield { key: 'id-0', results: [errorsReading(now, 1000)] };
      yield { key: 'never-heard-of', results: [errorsReading(now, 1000)] };
      return { page: 3 };
    };
    await world.cycle();

    expect(stored).toEqual([0, 0, 100, 100, 200]);
    await expect(snapshots()).resolves.toHaveLength(250);
    // A key that comes twice, or was not asked for, counts for nothing.
    await expect(
      world.statusOf('component:default/service-0'),
    ).resolves.toMatchObject({ status: 'ok' });
    await expect(
      world.statusOf('component:default/service-7'),
    ).resolves.toMatchObject({ status: 'critical' });
    await expect(source()).resolves.toMatchObject({
      lastRunAt: world.now.toISOString(),
      lastSuccessAt: world.now.toISOString(),
      problem: undefined,
    });

    await world.cycle();
    expect(provider.requests[1]).toMatchObject({
      instanceState: { page: 3 },
      now: world.now,
    });
    expect(provider.requests[1].targets[249]).toMatchObject({
      key: 'id-249',
      kinds: ['errors'],
      state: { cursor: 249 },
      requested: false,
    });
  });

  it('gives what a provider did not get to the problem that stopped it, and keeps what it got', async () => {
    await services(3);
    await world.cycle();
    const readAt = world.now.toISOString();
    world.pass(60);
    const [provider] = world.providers;
    provider.script = async function* script({ targets, now }) {
      yield { key: targets[1].key, results: [errorsReading(now, 0)] };
      throw refused();
    };
    await expect(world.cycle()).rejects.toThrow(
      'Could not read fake (default); caused by ProviderError: The token of fake (default) was refused',
    );
    const failedAt = world.now.toISOString();
    await expect(snapshots()).resolves.toEqual([
      {
        target_key: 'id-0',
        observed_at: readAt,
        problem_code: 'unauthorized',
        problem_since: failedAt,
      },
      {
        target_key: 'id-1',
        observed_at: failedAt,
        problem_code: null,
        problem_since: null,
      },
      {
        target_key: 'id-2',
        observed_at: readAt,
        problem_code: 'unauthorized',
        problem_since: failedAt,
      },
    ]);
    await expect(
      world.statusOf('component:default/service-0'),
    ).resolves.toEqual({ status: 'unknown', since: failedAt });
    await expect(
      world.statusOf('component:default/service-1'),
    ).resolves.toEqual({ status: 'ok', since: readAt });
    await expect(source()).resolves.toMatchObject({
      lastRunAt: failedAt,
      lastSuccessAt: readAt,
      problem: { code: 'unauthorized', since: failedAt },
    });

    // The same failure lasts since it first showed.
    world.pass(60);
    await expect(world.cycle()).rejects.toThrow('was refused');
    await expect(source()).resolves.toMatchObject({
      problem: { since: failedAt },
    });
    await expect(snapshots()).resolves.toMatchObject([
      { problem_since: failedAt },
      {},
      { problem_since: failedAt },
    ]);

    // Recovery needs nobody.
    provider.script = request => provider.readAll(request);
    await world.cycle();
    await expect(source()).resolves.toMatchObject({ problem: undefined });
    await expect(
      world.statusOf('component:default/service-0'),
    ).resolves.toEqual({ status: 'ok', since: world.now.toISOString() });
  });

  it('tells a fault of a module as ours, without its details', async () => {
    await services(1);
    world.providers[0].script = async function* script() {
      yield* [];
      throw new TypeError('token=s3cret is not iterable');
    };
    await expect(world.cycle()).rejects.toThrow(
      'The Fake module failed on our side',
    );
    expect(world.logger.error).toHaveBeenCalledWith(
      'The fake module failed unexpectedly',
      expect.any(TypeError),
    );
    await expect(knex('snapshots').first()).resolves.toMatchObject({
      problem_code: 'unavailable',
      problem_message:
        "The Fake module failed on our side; the portal's log says why",
    });
  });

  it('fails visibly when no target could be read, and succeeds when some could', async () => {
    await services(2);
    const [provider] = world.providers;
    const failing = new Set(['id-0', 'id-1']);
    provider.script = async function* script({ targets, now }) {
      for (const { key } of targets) {
        yield {
          key,
          results: [
            failing.has(key)
              ? { kind: 'errors', error: refused() }
              : errorsReading(now, 0),
          ],
        };
      }
      return undefined;
    };
    await expect(world.cycle()).rejects.toThrow(
      'None of the 2 targets of fake (default) could be read: The token of fake (default) was refused',
    );
    failing.delete('id-1');
    await world.cycle();
    await expect(snapshots()).resolves.toMatchObject([
      { problem_code: 'unauthorized' },
      { problem_code: null },
    ]);
  });

  it('keeps a reading of which a part failed, with what failed beside it', async () => {
    await services(1);
    const [provider] = world.providers;
    let code: 'timeout' | 'unavailable' = 'timeout';
    provider.script = async function* script({ targets, now }) {
      yield {
        key: targets[0].key,
        results: [
          {
            ...errorsReading(now, 11),
            measurements: [
              {
                metric: 'errors.count',
                value: 11,
                since: new Date(now.getTime() - 90_000),
              },
              { metric: 'errors.rate', value: 0, since: new Date(NaN) },
            ],
            problem: new ProviderError({ code, message: 'No request counts' }),
          },
        ],
      };
      return undefined;
    };
    const first = world.now;
    await world.cycle();
    world.pass(60);
    await world.cycle();
    await expect(snapshots()).resolves.toEqual([
      {
        target_key: 'id-0',
        observed_at: world.now.toISOString(),
        problem_code: 'timeout',
        problem_since: first.toISOString(),
      },
    ]);
    await expect(source()).resolves.toMatchObject({ problem: undefined });
    await expect(
      world.statusOf('component:default/service-0'),
    ).resolves.toEqual({
      status: 'warning',
      since: new Date(first.getTime() - 90_000).toISOString(),
    });
    await expect(knex('snapshots').pluck('measurements')).resolves.toEqual([
      JSON.stringify([
        {
          metric: 'errors.count',
          value: 11,
          since: new Date(first.getTime() - 30_000).toISOString(),
        },
        { metric: 'errors.rate', value: 0 },
      ]),
    ]);

    code = 'unavailable';
    world.pass(60);
    await world.cycle();
    await expect(snapshots()).resolves.toMatchObject([
      {
        problem_code: 'unavailable',
        problem_since: world.now.toISOString(),
      },
    ]);
  });

  it('writes nothing more once it is aborted, and lets the module clean up', async () => {
    await services(3);
    const abort = new AbortController();
    const cleanUp = jest.fn();
    world.providers[0].script = async function* script({ targets, now }) {
      try {
        for (const { key } of targets) {
          world.pass(10);
          yield { key, results: [errorsReading(now, 60)] };
          abort.abort();
        }
      } finally {
        cleanUp();
      }
      return undefined;
    };
    await expect(world.cycle(undefined, abort.signal)).rejects.toThrow(
      'aborted',
    );
    expect(cleanUp).toHaveBeenCalledTimes(1);
    // What took long was stored before; nobody is told of a problem.
    await expect(snapshots()).resolves.toEqual([
      expect.objectContaining({ target_key: 'id-0', problem_code: null }),
    ]);

    // Neither is an abort that the module notices itself.
    const again = new AbortController();
    world.providers[0].script = async function* script({ signal }) {
      yield* [];
      again.abort();
      signal.throwIfAborted();
      return undefined;
    };
    await expect(world.cycle(undefined, again.signal)).rejects.toThrow(
      'aborted',
    );
    await expect(snapshots()).resolves.toHaveLength(1);
  });

  it('gives way to a cycle that began later, without blaming the vendor', async () => {
    await services(3);
    const [provider] = world.providers;
    provider.script = async function* script({ targets, now }) {
      yield { key: targets[0].key, results: [errorsReading(now, 60)] };
      // Its lock was lost, so another replica begins.
      provider.script = request => provider.readAll(request);
      world.pass(60);
      await world.cycle();
      yield { key: targets[1].key, results: [errorsReading(now, 60)] };
      return { from: 'the older cycle' };
    };
    await expect(world.cycle()).rejects.toThrow(
      'Another cycle of fake (default) has begun; this one writes nothing more',
    );
    await expect(snapshots()).resolves.toEqual(
      ['id-0', 'id-1', 'id-2'].map(key => ({
        target_key: key,
        observed_at: world.now.toISOString(),
        problem_code: null,
        problem_since: null,
      })),
    );
    await expect(
      world.statusOf('component:default/service-1'),
    ).resolves.toMatchObject({ status: 'ok' });
    expect(world.logger.error).not.toHaveBeenCalled();
    await expect(knex('provider_instances').first('state')).resolves.toEqual({
      state: '{"cycles":2}',
    });
  });

  it('reads again at once what was asked for while it ran, a few times at most', async () => {
    await services(2);
    const [provider] = world.providers;
    provider.script = async function* script(request) {
      world.pass(1);
      await world.collection.requestTargets('fake', ['id-1'], world.now);
      return yield* provider.readAll(request);
    };
    await world.cycle();
    expect(
      provider.requests.map(({ targets }) =>
        targets.map(({ requested }) => requested),
      ),
    ).toEqual([
      [true, true],
      [false, true],
      [false, true],
    ]);
    provider.script = request => provider.readAll(request);
    await world.cycle();
    expect(provider.requests).toHaveLength(4);
  });

  it('asks nothing of a vendor that no entity names, but says when it is misconfigured', async () => {
    await services(0);
    await world.cycle();
    expect(world.providers[0].requests).toEqual([]);
    await expect(source()).resolves.toMatchObject({
      lastSuccessAt: world.now.toISOString(),
    });

    const broken = new MisconfiguredProvider({
      provider: 'fake',
      title: 'Fake',
      instance: 'default',
      message: 'fake.instances[0].token is missing',
    });
    await expect(
      world.collector.run(broken, {
        intervalSeconds: 60,
        signal: new AbortController().signal,
      }),
    ).rejects.toThrow('fake.instances[0].token is missing');
    await expect(source()).resolves.toMatchObject({
      problem: {
        code: 'misconfigured',
        message: 'fake.instances[0].token is missing',
      },
    });
  });

  it('takes what a module should not yield', async () => {
    await services(2);
    world.providers[0].script = async function* script({ targets, now }) {
      yield {
        key: targets[0].key,
        results: [
          errorsReading(now, 0),
          errorsReading(now, 60),
          {
            ...errorsReading(new Date(NaN), 0),
            kind: 'performance',
            data: undefined,
          },
        ],
      };
      yield {
        key: targets[1].key,
        results: [
          {
            kind: 'errors',
            error: new ProviderError({
              code: 'rate-limited',
              message: 'Wait\0',
              retryAt: new Date(8.64e15),
            }),
          },
        ],
      };
      return undefined;
    };
    await world.cycle();
    await expect(
      world.statusOf('component:default/service-0'),
    ).resolves.toMatchObject({ status: 'critical' });
    await expect(
      knex('snapshots')
        .orderBy(['target_id', 'kind'])
        .select('kind', 'problem_code', 'problem_message', 'problem_retry_at'),
    ).resolves.toEqual([
      {
        kind: 'errors',
        problem_code: null,
        problem_message: null,
        problem_retry_at: null,
      },
      {
        kind: 'performance',
        problem_code: 'malformed',
        problem_message:
          'It does not say when it was read; this is a fault of the module',
        problem_retry_at: null,
      },
      {
        kind: 'errors',
        problem_code: 'rate-limited',
        problem_message: 'Wait',
        problem_retry_at: null,
      },
    ]);
  });
});
