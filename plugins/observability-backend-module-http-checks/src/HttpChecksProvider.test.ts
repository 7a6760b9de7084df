import {
  Reading,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  collectAll,
  createCollectRequest,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import { JsonObject } from '@backstage/types';
import { readConfig } from './__testUtils__/checks';
import { createTestDatabases, openStores } from './__testUtils__/stores';
import { CheckAnswer } from './check/performCheck';
import { HttpChecksProvider } from './HttpChecksProvider';
import { CheckState, NEW_CHECK } from './schedule/CheckState';
import { DatabaseCheckStore } from './schedule/DatabaseCheckStore';
import { stepCheck } from './schedule/stepCheck';

/*
 * The contract test of the providers is about how a vendor fails. There is none
 * here: what a checked service does is an answer, not a failure (see the tests
 * of the checks). What remains of it is tested below: it reads on any replica
 * from the state alone, says what it cannot tell, and keeps secrets.
 */

jest.setTimeout(60_000);

const START = Date.parse('2026-11-24T12:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000);

const config = readConfig({
  checks: [
    {
      name: 'web',
      url: 'https://app.acme.example/?token=hunter2',
      headers: { Authorization: 'Bearer hunter2' },
    },
    { name: 'api', url: 'https://app.acme.example/api', downAfter: '2m' },
    { name: 'mail', url: 'https://app.acme.example/mail', interval: '30m' },
    { name: 'broken', url: 'app.acme.example' },
  ],
});

function entityWith(value: unknown) {
  const annotations = { 'watchkeeper.io/http-checks': value };
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'crm', annotations: annotations as {} },
  };
}

class TestWorld {
  readonly #store: DatabaseCheckStore;
  readonly provider: HttpChecksProvider;
  readonly states = new Map<string, CheckState>();

  constructor(store: DatabaseCheckStore) {
    this.#store = store;
    this.provider = new HttpChecksProvider({ store, ...config });
  }

  async start(): Promise<void> {
    await this.#store.sync(
      config.checks.map(({ name }) => ({
        name,
        firstDueAt: at(0),
        latestDueAt: at(100_000),
      })),
      at(0),
    );
  }

  async answer(name: string, seconds: number, answer: CheckAnswer) {
    const check = config.checks.find(other => other.name === name)!;
    const { state } = stepCheck(this.states.get(name) ?? NEW_CHECK, answer, {
      ...check,
      at: at(seconds),
    });
    this.states.set(name, state);
    await this.#store.claim({
      names: [name],
      owner: 'test',
      now: at(seconds),
      leaseUntil: at(seconds + 40),
      limit: 1,
    });
    await this.#store.record('test', [
      {
        name,
        state,
        at: at(seconds),
        dueAt: at(0),
        responseMs: answer.responseMs,
      },
    ]);
  }

  async collect(key: string, seconds: number, state?: JsonObject) {
    const { results } = await collectAll(
      this.provider,
      createCollectRequest({
        targets: [
          { key, kinds: ['uptime'], candidate: false, requested: false, state },
        ],
        now: at(seconds),
      }),
    );
    return results[0] as TargetResult | undefined;
  }
}

function readingOf(result: TargetResult | undefined) {
  const [reading] = result?.results ?? [];
  return reading as Extract<Reading, { kind: 'uptime' }>;
}

const GOOD: CheckAnswer = { verdict: 'good', responseMs: 80 };
const FAILED: CheckAnswer = {
  verdict: 'failed',
  reason: 'HTTP 500; expects 2xx',
  responseMs: 20,
};

describe('the checks that an entity names', () => {
  const provider = new HttpChecksProvider({
    store: {} as DatabaseCheckStore,
    ...config,
  });

  it('are one target, however they are written', () => {
    const selection = {
      targets: [{ key: 'api+web', kinds: ['uptime'] }],
      misconfigurations: [],
    };
    expect(provider.select(entityWith(' web ,api'))).toEqual(selection);
    expect(provider.select(entityWith('api,web,api'))).toEqual(selection);
    expect(provider.select(entityWith(undefined))).toEqual({
      targets: [],
      misconfigurations: [],
    });
  });

  it('are told when there are none such, or when they cannot be used', () => {
    const annotation = 'watchkeeper.io/http-checks';
    expect(provider.select(entityWith('web, wen, nonsense, broken'))).toEqual({
      targets: [{ key: 'web', kinds: ['uptime'] }],
      misconfigurations: [
        {
          annotation,
          message: 'There is no HTTP check "wen": did you mean web?',
        },
        {
          annotation,
          message:
            'There is no HTTP check "nonsense" in observability.httpChecks.checks',
        },
        {
          annotation,
          message: expect.stringContaining(
            "'observability.httpChecks.checks[3].url'",
          ),
        },
      ],
    });
    for (const value of ['', ' , ', 5]) {
      expect(provider.select(entityWith(value))).toMatchObject({
        targets: [],
        misconfigurations: [{ annotation }],
      });
    }
  });
});

describe('HttpChecksProvider', () => {
  const databases = createTestDatabases();

  async function openWorld() {
    const { store } = await openStores(databases, 'SQLITE_3');
    const world = new TestWorld(store);
    await world.start();
    return { world, store };
  }

  it('tells how each check is, and nothing of what is sent', async () => {
    const { world } = await openWorld();
    expect(await world.collect('api+web', 5)).toBeUndefined();
    await world.answer('web', 10, {
      ...GOOD,
      certificateExpiresAt: at(10 * 86_400 + 60),
    });
    await world.answer('api', 20, FAILED);
    const result = await world.collect('api+web', 60);
    const reading = readingOf(result);
    expect(reading).toMatchObject({ kind: 'uptime', observedAt: at(60) });
    expect(reading.data?.monitors).toEqual([
      {
        id: 'api',
        name: 'api',
        url: 'https://app.acme.example/api',
        type: 'http',
        state: 'degraded',
        since: at(20).toISOString(),
        reason: 'HTTP 500; expects 2xx',
        responseMs: 20,
        responseObservedAt: at(20).toISOString(),
        intervalSeconds: 300,
        downAfterSeconds: 120,
        detectionSeconds: 420,
      },
      {
        id: 'web',
        name: 'web',
        url: 'https://app.acme.example/',
        type: 'http',
        state: 'up',
        since: at(10).toISOString(),
        responseMs: 80,
        responseObservedAt: at(10).toISOString(),
        intervalSeconds: 300,
        downAfterSeconds: 60,
        detectionSeconds: 360,
        certificateExpiresAt: at(10 * 86_400 + 60).toISOString(),
      },
    ]);
    expect(reading.measurements).toEqual([
      {
        metric: 'uptime.state',
        subject: { id: 'api', name: 'api' },
        value: 'degraded',
        since: at(20),
      },
      {
        metric: 'uptime.state',
        subject: { id: 'web', name: 'web' },
        value: 'up',
        since: at(10),
      },
      {
        metric: 'uptime.certificateDays',
        subject: { id: 'web', name: 'web' },
        value: 10,
      },
    ]);
    expect(reading.problem).toBeUndefined();
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('gives each response time once, and each change of the past, from state alone', async () => {
    const { world, store } = await openWorld();
    await world.answer('web', 10, GOOD);
    await world.answer('web', 59, GOOD);
    const first = await world.collect('web', 60);
    const timesOf = (result: TargetResult | undefined) =>
      readingOf(result).samples?.map(sample => [
        sample.subject,
        (sample.at.getTime() - START) / 1000,
        sample.value,
      ]);
    // What ended a moment ago may have company that is not stored yet.
    expect(timesOf(first)).toEqual([['web', 10, 80]]);
    expect(readingOf(first).history).toEqual([
      { monitorId: 'web', from: at(10), intervals: [] },
    ]);

    await world.answer('web', 310, FAILED);
    await world.answer('web', 370, FAILED);
    await world.answer('web', 430, GOOD);
    await world.answer('web', 450, GOOD);
    // Another replica.
    const next = new TestWorld(store);
    const second = await next.collect('web', 460, first?.state);
    expect(timesOf(second)).toEqual([
      ['web', 59, 80],
      ['web', 310, 20],
      ['web', 370, 20],
      ['web', 430, 80],
      ['web', 450, 80],
    ]);
    expect(readingOf(second).history).toEqual([
      {
        monitorId: 'web',
        from: at(310),
        intervals: [
          {
            state: 'down',
            startedAt: at(310),
            endedAt: at(430),
            reason: 'HTTP 500; expects 2xx',
          },
        ],
      },
    ]);
    const third = await next.collect('web', 520, second?.state);
    expect(timesOf(third)).toEqual([]);
    expect(readingOf(third).history).toBeUndefined();
  });

  it('does not know how a check is that was not made for three intervals', async () => {
    const { world } = await openWorld();
    await world.answer('web', 10, GOOD);
    await world.answer('mail', 10, GOOD);
    expect(readingOf(await world.collect('mail+web', 900)).problem).toBe(
      undefined,
    );
    const late = readingOf(await world.collect('mail+web', 1000));
    expect(late.data?.monitors).toMatchObject([
      { id: 'mail', state: 'up' },
      {
        id: 'web',
        state: 'unknown',
        since: at(10).toISOString(),
        reason: `it was not checked since ${at(10).toISOString()}`,
      },
    ]);
    expect(late.measurements.map(({ subject }) => subject?.id)).toEqual([
      'mail',
    ]);
    expect(late.problem).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('The check web is not known to be well'),
    });
    // Nobody ever came to make this one.
    const never = readingOf(await world.collect('api', 1000));
    expect(never.data?.monitors).toMatchObject([
      { state: 'unknown', reason: 'it was never checked' },
    ]);
    expect(never.problem).toMatchObject({ code: 'unavailable' });
  });

  it('is misconfigured where a check may not go', async () => {
    const { world } = await openWorld();
    await world.answer('web', 10, {
      verdict: 'refused',
      reason: 'app.acme.example is at a private address',
    });
    const reading = readingOf(await world.collect('web', 60));
    expect(reading.data?.monitors).toMatchObject([{ state: 'unknown' }]);
    expect(reading.measurements).toEqual([]);
    expect(reading.problem).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('is at a private address'),
    });
  });

  it('has its targets read when a check of theirs changed', async () => {
    const { world, store } = await openWorld();
    await world.collect('api+web', 60);
    await world.collect('web', 60);
    const claimed = await store.claim({
      names: ['web'],
      owner: 'test',
      now: at(60),
      leaseUntil: at(90),
      limit: 1,
    });
    // Of the last collection, which is asked about all targets.
    expect(claimed[0].targetKeys).toEqual(['web']);
    const heard: string[][] = [];
    world.provider.notify(['lost, as nobody listens']);
    world.provider.watch(ids => heard.push(ids));
    world.provider.notify(claimed[0].targetKeys);
    expect(heard).toEqual([['web']]);
  });
});
