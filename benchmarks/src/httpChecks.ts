/*
 * How many HTTP checks one process makes: 2,000 with an interval of a minute,
 * against a real server on this machine, all quick at first, then with some that
 * never answer.
 *
 *   yarn workspace @watchkeeper/benchmarks http-checks
 */
import { createBackend } from '@backstage/backend-defaults';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  MetricsService,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

const CHECKS = Number(process.env.CHECKS ?? 2000);
const HANGING = Number(process.env.HANGING ?? 100);
const MINUTES = Number(process.env.MINUTES ?? 2);
const CHECKS_EACH_SERVICE = 4;
const PORT = Number(process.env.PORT ?? 7910);

/** A process of its own, so that its work is not counted as ours. */
const SERVER = `
  let hanging = 0;
  process.on('message', count => { hanging = count; });
  const server = require('node:http').createServer((request, response) => {
    if (Number(request.url.slice(1)) < hanging) return;
    response.setHeader('Content-Type', 'application/json');
    response.end('{"status":"ok"}');
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
`;

/** How late each check began, in seconds. */
let lateness: number[] = [];

async function main(): Promise<void> {
  process.env.LOG_LEVEL ??= 'error';
  const server = spawn(process.execPath, ['-e', SERVER], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = await once(server, 'message');
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        backend: {
          baseUrl: `http://127.0.0.1:${PORT}`,
          listen: { host: '127.0.0.1', port: PORT },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        observability: {
          httpChecks: {
            allowPrivateNetworks: true,
            checks: Array.from({ length: CHECKS }, (_, index) => ({
              name: `check-${index}`,
              url: `http://127.0.0.1:${port}/${index}`,
              interval: { minutes: 1 },
              expect: { status: 200, body: '{"status":"ok"}' },
            })),
          },
        },
      },
    }),
  );
  backend.add(catalogServiceMock.factory({ entities: services() }));
  backend.add(
    createServiceFactory({
      service: metricsServiceRef,
      deps: {},
      factory: recordingMetrics,
    }),
  );
  backend.add(import('@watchkeeper/backstage-plugin-observability-backend'));
  backend.add(
    import(
      '@watchkeeper/backstage-plugin-observability-backend-module-http-checks'
    ),
  );
  await backend.start();
  // The first minute spreads them, the second is the first of the usual ones.
  await wait(100_000);

  const rows = [await measure('all answer at once')];
  await setHanging(server, HANGING);
  await wait(60_000);
  rows.push(await measure(`${HANGING} never answer`));
  console.table(rows);
  console.log(
    `aim: ${CHECKS} checks a minute in one process on one core; a slow one delays no other`,
  );
  server.kill();
  process.exit(0);
}

async function measure(what: string) {
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  lateness = [];
  const before = process.cpuUsage();
  await wait(MINUTES * 60_000);
  const { user, system } = process.cpuUsage(before);
  loop.disable();
  const sorted = [...lateness].sort((a, b) => a - b);
  const at = (fraction: number) =>
    `${sorted[Math.floor(fraction * (sorted.length - 1))].toFixed(2)} s`;
  return {
    checks: what,
    'a minute': Math.round(sorted.length / MINUTES),
    'late p50': at(0.5),
    'late p99': at(0.99),
    'late max': at(1),
    'CPU a minute': `${((user + system) / 1e6 / MINUTES).toFixed(1)} s`,
    'loop delay p99': `${(loop.percentile(99) / 1e6 - 10).toFixed(0)} ms`,
  };
}

async function setHanging(server: ChildProcess, count: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.send(count, error => (error ? reject(error) : resolve()));
  });
}

/** Keeps how late checks were, and nothing else. */
function recordingMetrics(): MetricsService {
  const ignored = {
    add: () => {},
    record: () => {},
    addCallback: () => {},
    removeCallback: () => {},
  };
  return {
    createCounter: () => ignored,
    createUpDownCounter: () => ignored,
    createGauge: () => ignored,
    createHistogram: name => ({
      record: value => {
        if (name === 'observability.http_checks.lateness') lateness.push(value);
      },
    }),
    createObservableCounter: () => ignored,
    createObservableUpDownCounter: () => ignored,
    createObservableGauge: () => ignored,
  };
}

function services(): Entity[] {
  return Array.from({ length: CHECKS / CHECKS_EACH_SERVICE }, (_, service) => {
    const names = Array.from(
      { length: CHECKS_EACH_SERVICE },
      (__, index) => `check-${service * CHECKS_EACH_SERVICE + index}`,
    );
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: `service-${service + 1}`,
        annotations: { 'watchkeeper.io/http-checks': names.join(',') },
      },
      spec: { type: 'service', owner: 'everyone', lifecycle: 'production' },
    };
  });
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
