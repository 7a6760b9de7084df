/*
 * One service's page as twenty people watch it, with a vendor that answers in
 * 300 ms: what is asked of the vendor, and how long until there is data. Beside
 * it, what `@backstage-community/plugin-sentry` asks for: the project's issues,
 * through the portal's proxy, each time the page is opened.
 *
 *   yarn workspace @watchkeeper/benchmarks page-view
 */
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  STAND_IN_SENTRY_TOKEN,
  startSentryStandIn,
} from '@watchkeeper/stand-ins';

const VIEWS = Number(process.env.VIEWS ?? 20);
const VENDOR_MS = 300;
const PORT = Number(process.env.PORT ?? 7910);
const TOKEN = 'benchmark-token-that-is-long-enough';
const BASE_URL = `http://127.0.0.1:${PORT}`;

const REPORT =
  '/api/observability/v1/entities/component/default/visioncrm-api/report';
/** As the plugin writes it, for the last 24 hours. */
const THROUGH_PROXY =
  '/api/proxy/sentry/api/0/projects/visioncrm/visioncrm-api/issues/?statsPeriod=24h&query=';

async function main(): Promise<void> {
  process.env.LOG_LEVEL ??= 'error';
  const sentry = await startSentryStandIn();
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
        proxy: {
          endpoints: {
            '/sentry/api': {
              target: `${sentry.url}/api/`,
              headers: { Authorization: `Bearer ${STAND_IN_SENTRY_TOKEN}` },
            },
          },
        },
        observability: {
          sentry: {
            instances: [
              {
                organization: 'visioncrm',
                token: STAND_IN_SENTRY_TOKEN,
                baseUrl: sentry.url,
              },
            ],
          },
        },
      },
    }),
  );
  backend.add(
    catalogServiceMock.factory({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'visioncrm-api',
            annotations: {
              'sentry.io/project-slug': 'visioncrm/visioncrm-api',
            },
          },
          spec: { type: 'service', owner: 'crm', lifecycle: 'production' },
        },
      ],
    }),
  );
  backend.add(import('@backstage/plugin-proxy-backend'));
  backend.add(import('@watchkeeper/backstage-plugin-observability-backend'));
  backend.add(
    import('@watchkeeper/backstage-plugin-observability-backend-module-sentry'),
  );
  await backend.start();
  await firstData();

  sentry.control.addFault({
    fault: { kind: 'delay', delayMs: VENDOR_MS },
  });
  const measure = async (path: string) => {
    sentry.control.clearRequests();
    const times: number[] = [];
    for (let view = 0; view < VIEWS; view++) {
      const start = performance.now();
      await get(path);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    return {
      'vendor requests a view': sentry.control.requestCounts().total / VIEWS,
      'median ms to data': Math.round(times[Math.floor(VIEWS / 2)]),
      'slowest ms': Math.round(times[VIEWS - 1]),
    };
  };
  console.table({
    'community plugin, issues alone': await measure(THROUGH_PROXY),
    'Watchkeeper, the whole report': await measure(REPORT),
  });
  process.exit(0);
}

async function firstData(): Promise<void> {
  for (;;) {
    const report = await get(REPORT);
    if (
      report.signals.length > 0 &&
      report.signals.every((signal: { data?: unknown }) => signal.data)
    ) {
      return;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 250);
    });
  }
}

async function get(path: string) {
  const response = await fetch(`${BASE_URL}${path}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}`);
  }
  return response.json();
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
