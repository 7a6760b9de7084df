/*
 * What a cycle over 10,000 services adds to the memory of an idle back end.
 *
 *   yarn workspace @watchkeeper/benchmarks cycle-memory
 *   POSTGRES_URL=postgres://… yarn workspace @watchkeeper/benchmarks cycle-memory
 */
import { createBackend } from '@backstage/backend-defaults';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  observabilityProvidersExtensionPoint,
  Provider,
} from '@watchkeeper/backstage-plugin-observability-node';
import { fleetEntities, fleetProvider } from './fleet';

const SERVICES = Number(process.env.SERVICES ?? 10_000);
const PORT = Number(process.env.PORT ?? 7908);
const CYCLES = 3;
const MB = 1024 * 1024;

async function main(): Promise<void> {
  process.env.LOG_LEVEL ??= 'warn';
  const gate = createGate();
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        backend: {
          baseUrl: `http://127.0.0.1:${PORT}`,
          listen: { host: '127.0.0.1', port: PORT },
          database: process.env.POSTGRES_URL
            ? {
                client: 'pg',
                connection: process.env.POSTGRES_URL,
                prefix: 'benchmark_memory_',
              }
            : { client: 'better-sqlite3', connection: ':memory:' },
        },
      },
    }),
  );
  backend.add(
    catalogServiceMock.factory({ entities: fleetEntities(SERVICES) }),
  );
  backend.add(import('@watchkeeper/backstage-plugin-observability-backend'));
  backend.add(gate.module);
  await backend.start();

  await gate.waiting();
  const rows = [];
  for (let cycle = 1; cycle <= CYCLES; cycle++) {
    global.gc?.();
    const idle = process.memoryUsage();
    const peak = { rss: 0, heapUsed: 0 };
    const sampler = setInterval(() => {
      const { rss, heapUsed } = process.memoryUsage();
      peak.rss = Math.max(peak.rss, rss);
      peak.heapUsed = Math.max(peak.heapUsed, heapUsed);
    }, 20);
    const start = performance.now();
    await gate.runCycle();
    clearInterval(sampler);
    rows.push({
      cycle,
      seconds: ((performance.now() - start) / 1000).toFixed(1),
      'idle heap MB': Math.round(idle.heapUsed / MB),
      'peak heap above idle MB': Math.round(
        (peak.heapUsed - idle.heapUsed) / MB,
      ),
      'peak RSS above idle MB': Math.round((peak.rss - idle.rss) / MB),
    });
  }
  console.table(rows);
  console.log(`${SERVICES} services; aim: under 150 MB above idle`);
  process.exit(0);
}

/** A provider whose cycles wait for us, so that what is measured is one of them. */
function createGate() {
  const fleet = fleetProvider();
  let arrived: () => void;
  let arrival = new Promise<void>(resolve => (arrived = resolve));
  let open: () => void;
  let opening = new Promise<void>(resolve => (open = resolve));

  const provider: Provider = {
    ...fleet,
    schedule: { frequencySeconds: 1, timeoutSeconds: 600 },
    async *collect(request) {
      arrived();
      await opening;
      opening = new Promise<void>(resolve => (open = resolve));
      return yield* fleet.collect(request);
    },
  };
  return {
    module: createBackendModule({
      pluginId: 'observability',
      moduleId: 'benchmark-gate',
      register(env) {
        env.registerInit({
          deps: { providers: observabilityProvidersExtensionPoint },
          async init({ providers }) {
            providers.addProvider(provider);
          },
        });
      },
    }),
    waiting: () => arrival,
    /** Ends when the next cycle waits: all of this one is stored then. */
    async runCycle() {
      arrival = new Promise<void>(resolve => (arrived = resolve));
      open();
      await arrival;
    },
  };
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
