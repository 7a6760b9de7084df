/*
 * The report of an entity beside the catalog's own answer about it, in the same
 * process, on PostgreSQL, with 10,000 services stored.
 *
 *   POSTGRES_URL=postgres://… yarn workspace @watchkeeper/benchmarks report-route
 */
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import autocannon from 'autocannon';
import {
  fleetCatalogModule,
  fleetEntities,
  fleetProviderModule,
} from './fleet';

const SERVICES = Number(process.env.SERVICES ?? 10_000);
const SECONDS = Number(process.env.SECONDS ?? 15);
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 10);
const PORT = Number(process.env.PORT ?? 7907);
const TOKEN = 'benchmark-token-that-is-long-enough';
const BASE_URL = `http://127.0.0.1:${PORT}`;

async function main(): Promise<void> {
  process.env.LOG_LEVEL ??= 'warn';
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl: BASE_URL },
        backend: {
          baseUrl: BASE_URL,
          listen: { host: '127.0.0.1', port: PORT },
          database: {
            client: 'pg',
            connection: requirePostgres(),
            prefix: 'benchmark_',
          },
          auth: {
            externalAccess: [
              {
                type: 'static',
                options: { token: TOKEN, subject: 'benchmark' },
              },
            ],
          },
        },
        observability: { schedule: { frequency: { minutes: 1 } } },
      },
    }),
  );
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(fleetCatalogModule(fleetEntities(SERVICES)));
  backend.add(import('@watchkeeper/backstage-plugin-observability-backend'));
  backend.add(fleetProviderModule());
  await backend.start();

  await waitUntil('services in the catalog and read', async () => {
    const list = await get('/api/observability/v1/entities?limit=1');
    const { ok, critical } = list.totals;
    return ok + critical;
  });

  const routes = {
    catalog: (index: number) =>
      `/api/catalog/entities/by-name/component/default/service-${index}`,
    report: (index: number) =>
      `/api/observability/v1/entities/component/default/service-${index}/report`,
  };
  const results: Record<string, autocannon.Result> = {};
  for (const round of ['warm up', 'measured']) {
    for (const [name, route] of Object.entries(routes)) {
      results[name] = await load(route, round === 'warm up' ? 5 : SECONDS);
    }
  }
  const { catalog, report } = results;
  console.table(
    Object.fromEntries(
      Object.entries(results).map(([name, result]) => [
        name,
        {
          'requests/s': Math.round(result.requests.average),
          'p50 ms': result.latency.p50,
          'p99 ms': result.latency.p99,
          'kB/answer': Math.round(
            result.throughput.average / result.requests.average / 1000,
          ),
          failed: result.non2xx + result.errors,
        },
      ]),
    ),
  );
  console.log(
    `report / catalog: throughput ${(
      report.requests.average / catalog.requests.average
    ).toFixed(2)} (aim: at least 0.8), p99 ${(
      report.latency.p99 / catalog.latency.p99
    ).toFixed(2)} (aim: at most 1.5)`,
  );
  await backend.stop();
  process.exit(0);
}

async function load(
  route: (index: number) => string,
  seconds: number,
): Promise<autocannon.Result> {
  let next = 0;
  return autocannon({
    url: BASE_URL,
    connections: CONNECTIONS,
    duration: seconds,
    headers: { authorization: `Bearer ${TOKEN}` },
    requests: [
      {
        method: 'GET',
        // A stride that is prime to the number of services visits all of them.
        setupRequest: request => ({
          ...request,
          path: route((next += 7919) % SERVICES),
        }),
      },
    ],
  });
}

async function waitUntil(
  what: string,
  count: () => Promise<number>,
): Promise<void> {
  for (;;) {
    const reached = await count();
    console.log(`${reached} of ${SERVICES} ${what}`);
    if (reached >= SERVICES) {
      return;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 10_000);
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

function requirePostgres(): string {
  const url = process.env.POSTGRES_URL;
  if (!url) {
    throw new Error('Set POSTGRES_URL to a PostgreSQL that may be filled');
  }
  return url;
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
