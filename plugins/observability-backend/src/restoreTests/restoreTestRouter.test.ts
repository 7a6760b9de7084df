import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  DatabaseData,
  restoreTestListSchema,
  restoreTestSchema,
  signalId,
} from '@watchkeeper/backstage-plugin-observability-common';
import request from 'supertest';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { startPlugin, TestPolicy } from '../__testUtils__/startPlugin';
import { testEntity } from '../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const web = '/api/observability/v1/entities/component/default/web';
const tests = `${web}/restore-tests`;
const ann = 'user:default/ann';
const daysAgo = (days: number) =>
  new Date(Date.now() - days * 86_400_000).toISOString();
const idOf = (target: string) =>
  signalId({ kind: 'database', provider: 'db', instance: 'default', target });

const data: DatabaseData = {
  engine: 'PostgreSQL',
  state: 'active',
  services: [],
  slowQueries: [],
  advisories: [],
  limitations: [],
  backups: { items: [{ check: 'daily', passed: true, detail: 'daily' }] },
};

/** A service with two databases, whose backups are well at the vendor, and one with none. */
async function start(policy?: TestPolicy) {
  const auditor = mockServices.auditor.mock();
  const provider = new ScriptedProvider({
    provider: 'db',
    kinds: ['database'],
  });
  provider.script = async function* script({ targets, now }) {
    for (const { key } of targets) {
      yield {
        key,
        results: [
          {
            kind: 'database',
            observedAt: now,
            data,
            measurements: [{ metric: 'database.backup', value: 'passed' }],
          },
        ],
      };
    }
    return undefined;
  };
  const started = await startPlugin({
    entities: [
      testEntity('component:default/web', {
        annotations: { 'db.test/ids': 'one, two' },
      }),
      testEntity('component:default/plain', { ids: 'one' }),
    ],
    providers: [provider, new ScriptedProvider()],
    policy,
    features: [auditor.factory],
  });
  await started.collect();
  const as = (sent: request.Test, user = ann) =>
    sent.set('authorization', mockCredentials.user.header(user));
  return {
    ...started,
    auditor,
    get: (path: string, user?: string) =>
      as(request(started.server).get(path), user),
    post: (body: object, path = tests, user?: string) =>
      as(request(started.server).post(path), user).send(body),
  };
}

describe('restore tests', () => {
  it('are recorded by a person, and count at once', async () => {
    const { get, post, auditor } = await start();
    const report = async () => {
      const { body } = await get(`${web}/report`);
      return {
        status: body.status,
        items: body.signals.map(
          (signal: { data: DatabaseData }) => signal.data.backups?.items[1],
        ),
      };
    };
    await expect(report()).resolves.toEqual({
      status: 'ok',
      items: [1, 2].map(() => ({
        check: 'restore-test',
        passed: null,
        detail: 'no restore on record; one is due every 30 days',
      })),
    });

    const failed = await post({
      at: daysAgo(2),
      result: 'failed',
      note: 'The dump was cut off',
      signal: idOf('one'),
    });
    expect(failed.status).toBe(201);
    expect(restoreTestSchema.parse(failed.body)).toMatchObject({
      result: 'failed',
      note: 'The dump was cut off',
      signal: idOf('one'),
      recordedBy: ann,
    });
    await expect(report()).resolves.toEqual({
      status: 'warning',
      items: [
        expect.objectContaining({ passed: false, detail: 'failed 2 days ago' }),
        expect.objectContaining({ passed: null }),
      ],
    });

    await post({ at: daysAgo(0), result: 'passed' }).expect(201);
    await expect(report()).resolves.toEqual({
      status: 'ok',
      items: [1, 2].map(() =>
        expect.objectContaining({ passed: true, detail: 'passed today' }),
      ),
    });
    expect(auditor.createEvent.mock.calls[0]).toEqual([
      expect.objectContaining({
        eventId: 'restore-test-record',
        meta: { entityRef: 'component:default/web', result: 'failed' },
      }),
    ]);
  });

  it('are listed a page at a time, the last one first', async () => {
    const { get, post } = await start();
    for (const days of [3, 1, 2]) {
      await post({ at: daysAgo(days), result: 'passed', note: `${days}` });
    }
    await post({ at: daysAgo(0), result: 'failed', signal: idOf('two') });
    const read = async (query: string) => {
      const { body } = await get(`${tests}?limit=2${query}`);
      return restoreTestListSchema.parse(body);
    };
    const first = await read('');
    expect(first.items.map(({ result }) => result)).toEqual([
      'failed',
      'passed',
    ]);
    const second = await read(`&cursor=${first.nextCursor}`);
    expect(second.items.map(({ note }) => note)).toEqual(['2', '3']);
    expect(second.nextCursor).toBeUndefined();
    const ofOne = await read(`&signal=${encodeURIComponent(idOf('one'))}`);
    expect(ofOne.items.map(({ note }) => note)).toEqual(['1', '2']);
    await get(`${tests}?cursor=nonsense`).expect(400);
  });

  it('are refused with the reason', async () => {
    const { get, post } = await start();
    const refusal = async (body: object, path?: string) => {
      const answer = await post(body, path);
      return [answer.status, answer.body.error.message];
    };
    const result = 'passed';
    await expect(refusal({ at: daysAgo(-1), result })).resolves.toEqual([
      400,
      '"at": is in the future',
    ]);
    await expect(refusal({ at: daysAgo(401), result })).resolves.toEqual([
      400,
      expect.stringContaining('more than 400 days ago'),
    ]);
    await expect(
      refusal({ at: daysAgo(1), result, signal: 'database:db:default:three' }),
    ).resolves.toEqual([
      400,
      `"signal": component:default/web has no such database; it has ${idOf(
        'one',
      )}, ${idOf('two')}`,
    ]);
    await expect(
      refusal(
        { at: daysAgo(1), result },
        '/api/observability/v1/entities/component/default/plain/restore-tests',
      ),
    ).resolves.toEqual([
      400,
      expect.stringContaining('has no database that is watched'),
    ]);
    await expect(refusal({ at: 'yesterday', result })).resolves.toEqual([
      400,
      expect.stringContaining('"at"'),
    ]);
    await expect(refusal({})).resolves.toEqual([400, expect.any(String)]);
    const { body } = await get(tests);
    expect(body).toEqual({ items: [] });
  });

  it('are for people who may read the service and ask of it', async () => {
    const body = { at: daysAgo(1), result: 'passed' };
    const { server } = await start();
    const byService = await request(server)
      .post(tests)
      .set('authorization', mockCredentials.service.header())
      .send(body);
    expect(byService.status).toBe(403);

    const hidden = await start({ readable: { [ann]: [] } });
    expect((await hidden.post(body)).status).toBe(404);
    expect((await hidden.get(tests)).status).toBe(404);

    const denied = await start({ denied: ['observability.health.refresh'] });
    expect((await denied.post(body)).status).toBe(403);
    expect((await denied.get(tests)).status).toBe(200);
  });

  it('are recorded once when they are sent again with the same Idempotency-Key', async () => {
    const { get, post } = await start();
    const body = { at: daysAgo(1), result: 'passed' };
    const first = await post(body).set('Idempotency-Key', 'a');
    const again = await post(body).set('Idempotency-Key', 'a');
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.get('Idempotent-Replayed')).toBe('true');
    const { body: listed } = await get(tests);
    expect(listed.items).toEqual([first.body]);
  });
});
