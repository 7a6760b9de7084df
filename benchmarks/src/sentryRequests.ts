/*
 * What a cycle asks of Sentry: an organisation of 1,000 projects, of which 20
 * change between two cycles, against a stand-in that enforces Sentry's limits.
 *
 *   yarn workspace @watchkeeper/benchmarks sentry-requests
 */
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  largeSentryWorld,
  STAND_IN_SENTRY_TOKEN,
  startSentryStandIn,
} from '@watchkeeper/stand-ins';

const PROJECTS = Number(process.env.PROJECTS ?? 1000);
const CHANGED = Number(process.env.CHANGED ?? 20);
const CYCLES = Number(process.env.CYCLES ?? 5);
const PORT = Number(process.env.PORT ?? 7909);
const TOKEN = 'benchmark-token-that-is-long-enough';
const BASE_URL = `http://127.0.0.1:${PORT}`;

async function main(): Promise<void> {
  process.env.LOG_LEVEL ??= 'error';
  const sentry = await startSentryStandIn({
    world: largeSentryWorld({ projects: PROJECTS }),
  });
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        backend: {
          baseUrl: BASE_URL,
          listen: { host: '127.0.0.1', port: PORT },
          database: { client: 'better-sqlite3', connection: ':memory:' },
          auth: {
            externalAccess: [
              {
                type: 'static',
                options: { token: TOKEN, subject: 'benchmark' },
              },
            ],
          },
        },
        observability: {
          schedule: { frequency: { seconds: 30 }, timeout: { minutes: 5 } },
          sentry: {
            instances: [
              {
                organization: 'large',
                token: STAND_IN_SENTRY_TOKEN,
                baseUrl: sentry.url,
              },
            ],
          },
        },
      },
    }),
  );
  backend.add(catalogServiceMock.factory({ entities: services() }));
  backend.add(import('@watchkeeper/backstage-plugin-observability-backend'));
  backend.add(
    import('@watchkeeper/backstage-plugin-observability-backend-module-sentry'),
  );
  await backend.start();

  const rows = [];
  let lastSuccessAt: string | null = null;
  for (let cycle = 0; cycle <= CYCLES; cycle++) {
    const source = await nextSuccess(lastSuccessAt);
    lastSuccessAt = source.lastSuccessAt;
    const { total, byStatus, byPath } = sentry.control.requestCounts();
    rows.push({
      cycle: cycle === 0 ? 'first' : `${CHANGED} of ${PROJECTS} changed`,
      requests: total,
      'of them 429': byStatus['429'] ?? 0,
      endpoints: Object.keys(byPath).length,
    });
    sentry.control.clearRequests();
    sentry.control.changeScenario({ projects: CHANGED, events: 30 });
  }
  console.table(rows);
  console.log('aim: at most 40 requests a cycle, the first aside, never a 429');
  process.exit(0);
}

function services(): Entity[] {
  return Array.from({ length: PROJECTS }, (_, index) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `service-${index + 1}`,
      annotations: {
        'sentry.io/project-slug': `large/service-${String(index + 1).padStart(
          5,
          '0',
        )}`,
      },
    },
    spec: { type: 'service', owner: 'everyone', lifecycle: 'production' },
  }));
}

/** Waits for a cycle that read all projects and ended later than that. */
async function nextSuccess(
  after: string | null,
): Promise<{ lastSuccessAt: string; targets: number }> {
  for (;;) {
    const response = await fetch(
      `${BASE_URL}/api/observability/v1/entities?limit=1`,
      { headers: { authorization: `Bearer ${TOKEN}` } },
    );
    const { sources, totals } = await response.json();
    const [source] = sources;
    const unread = totals.unknown + totals.unconfigured;
    if (
      source.targets === PROJECTS &&
      unread === 0 &&
      source.lastSuccessAt !== after
    ) {
      return source;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 250);
    });
  }
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
