import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import observabilityPlugin from '@watchkeeper/backstage-plugin-observability-backend';
import observabilitySentry from '@watchkeeper/backstage-plugin-observability-backend-module-sentry';
import {
  EntityReport,
  ProblemCode,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  Fault,
  largeSentryWorld,
  SentryStandIn,
  STAND_IN_SENTRY_TOKEN,
  startSentryStandIn,
} from '@watchkeeper/stand-ins';
import request from 'supertest';

const PROJECT = 'large/service-00001';
const REPORT =
  '/api/observability/v1/entities/component/default/service/report';

interface Portal {
  /** One cycle of the source; its failure is the scheduler's to show. */
  collect(): Promise<void>;
  report(): Promise<EntityReport>;
  stop(): Promise<void>;
}

/** The observability plugin with the real Sentry module, as the portal runs them. */
async function startPortal(options: {
  baseUrl: string;
  organization?: string;
  project?: string;
}): Promise<Portal> {
  const { baseUrl, organization = 'large', project = PROJECT } = options;
  const scheduler = mockServices.scheduler.mock();
  const backend = await startTestBackend({
    features: [
      observabilityPlugin,
      observabilitySentry,
      scheduler.factory,
      mockServices.rootConfig.factory({
        data: {
          observability: {
            sentry: {
              instances: [
                {
                  organization,
                  baseUrl,
                  token: STAND_IN_SENTRY_TOKEN,
                  // A call may take 30 % of it: a vendor that hangs is given up soon.
                  schedule: {
                    frequency: { minutes: 1 },
                    timeout: { seconds: 2 },
                  },
                },
              ],
            },
          },
        },
      }),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'service',
              annotations: {
                'sentry.io/project-slug': project,
                // Its last release is worse than the one before; that is not the point here.
                'watchkeeper.io/thresholds':
                  '{ "releases.regression": { "warning": null, "critical": null } }',
              },
            },
            spec: { type: 'service', owner: 'everyone' },
          },
        ],
      }),
    ],
  });
  const run = async (id: string) => {
    const call = scheduler.scheduleTask.mock.calls.find(
      ([task]) => task.id === id,
    );
    await call?.[0].fn(new AbortController().signal);
  };
  await run('observability-index-entities');
  return {
    async collect() {
      await run('observability-collect-sentry-default').catch(() => {});
    },
    async report() {
      const response = await request(backend.server).get(REPORT);
      expect(response.status).toBe(200);
      return response.body;
    },
    stop: () => backend.stop(),
  };
}

function byKind(report: EntityReport) {
  return Object.fromEntries(
    report.signals.map(({ kind, data, problem, status }) => [
      kind,
      { hasData: data !== undefined, problem: problem?.code, status },
    ]),
  );
}

const readable = (status = 'ok') => ({
  hasData: true,
  problem: undefined,
  status,
});

describe('a portal whose Sentry fails', () => {
  let sentry: SentryStandIn;
  let portal: Portal;

  beforeAll(async () => {
    sentry = await startSentryStandIn({
      world: largeSentryWorld({ projects: 2 }),
      // Cycles follow each other here without a minute in between.
      rateLimits: false,
    });
    portal = await startPortal({ baseUrl: sentry.url });
    await portal.collect();
  });
  afterAll(async () => {
    await portal.stop();
    await sentry.close();
  });

  it.each<[string, Fault, ProblemCode, 'at once' | 'later']>([
    ['401', { kind: 'status', status: 401 }, 'unauthorized', 'at once'],
    ['403', { kind: 'status', status: 403 }, 'forbidden', 'at once'],
    ['404', { kind: 'status', status: 404 }, 'not-found', 'at once'],
    ['500', { kind: 'status', status: 500 }, 'unavailable', 'later'],
    ['a hang', { kind: 'hang' }, 'timeout', 'later'],
    ['a cut-off body', { kind: 'cut-off' }, 'unavailable', 'later'],
    ['a reset connection', { kind: 'reset' }, 'unavailable', 'later'],
    ['an HTML page', { kind: 'html' }, 'malformed', 'later'],
    ['malformed JSON', { kind: 'malformed' }, 'malformed', 'later'],
  ])(
    'keeps the last good data through %s, says what is wrong, and recovers by itself',
    async (_name, fault, code, unknown) => {
      await portal.collect();
      const before = await portal.report();
      expect(byKind(before)).toMatchObject({
        errors: readable(),
        performance: readable(),
        releases: readable(),
      });

      sentry.control.addFault({ fault });
      await portal.collect();
      const during = await portal.report();
      for (const [index, signal] of during.signals.entries()) {
        expect(signal.problem).toMatchObject({ code });
        expect(signal.problem?.message).not.toContain(STAND_IN_SENTRY_TOKEN);
        expect(signal.data).toEqual(before.signals[index].data);
        expect(signal.observedAt).toBe(before.signals[index].observedAt);
        expect(signal.status).toBe(unknown === 'at once' ? 'unknown' : 'ok');
      }

      sentry.control.clearFaults();
      await portal.collect();
      const after = await portal.report();
      expect(byKind(after)).toEqual(byKind(before));
      expect(after.status).toBe('ok');
    },
    60_000,
  );

  it('waits as long as Sentry asks, and says until when', async () => {
    await portal.collect();
    const reset = Math.ceil(Date.now() / 1000) + 40;
    sentry.control.addFault({
      fault: {
        kind: 'status',
        status: 429,
        headers: {
          'X-Sentry-Rate-Limit-Remaining': '0',
          'X-Sentry-Rate-Limit-Reset': `${reset}`,
        },
      },
    });
    await portal.collect();
    const { signals } = await portal.report();
    for (const { problem, data } of signals) {
      expect(problem).toMatchObject({ code: 'rate-limited' });
      expect(Date.parse(problem?.retryAt ?? '')).toBeGreaterThan(
        Date.now() + 20_000,
      );
      expect(data).toBeDefined();
    }
    sentry.control.clearFaults();
  }, 60_000);
});

describe('a portal of which one kind fails', () => {
  it('leaves the other kinds alone', async () => {
    const sentry = await startSentryStandIn({
      world: largeSentryWorld({ projects: 2 }),
      rateLimits: false,
    });
    const portal = await startPortal({ baseUrl: sentry.url });
    await portal.collect();

    sentry.control.addFault({
      match: { path: '/releases/' },
      fault: { kind: 'status', status: 403 },
    });
    await portal.collect();
    expect(byKind(await portal.report())).toEqual({
      errors: readable(),
      performance: readable(),
      releases: { hasData: true, problem: 'forbidden', status: 'unknown' },
    });
    await portal.stop();
    await sentry.close();
  }, 60_000);
});

describe('a portal whose settings are wrong', () => {
  it.each([
    [
      'another organisation',
      { organization: 'elsewhere', project: 'elsewhere/service-00001' },
      'not-found',
    ],
    ['another project', { project: 'large/unknown' }, 'not-found'],
    [
      'a host that has no address',
      { baseUrl: 'http://sentry.invalid' },
      'unavailable',
    ],
  ])(
    'says so for %s, and is unknown',
    async (_name, settings, code) => {
      const sentry = await startSentryStandIn({
        world: largeSentryWorld({ projects: 2 }),
      });
      const portal = await startPortal({ baseUrl: sentry.url, ...settings });
      await portal.collect();
      const report = await portal.report();
      expect(report.status).toBe('unknown');
      expect(report.signals).toHaveLength(3);
      for (const signal of report.signals) {
        expect(signal).toMatchObject({ status: 'unknown', problem: { code } });
      }
      await portal.stop();
      await sentry.close();
    },
    60_000,
  );
});
