/*
 * What an hour of cycles asks of UptimeRobot: an account of 500 monitors that
 * are checked each five minutes, shown by 500 services, within the free plan's
 * ten requests a minute, which the stand-in enforces. The hour passes by a clock
 * that is moved on, so it takes a few seconds.
 *
 *   yarn workspace @watchkeeper/benchmarks uptimerobot-requests
 */
import { createBackend } from '@backstage/backend-defaults';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  observabilityProvidersExtensionPoint,
  Provider,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  largeUptimeRobotWorld,
  startUptimeRobotStandIn,
  UPTIMEROBOT_STAND_IN_KEYS,
} from '@watchkeeper/stand-ins';
import { mock } from 'node:test';
import { CYCLE_CHANGE_MINUTES, Cycles } from './uptimeRobotCycles';

const MONITORS = Number(process.env.MONITORS ?? 500);
const MINUTES = Number(process.env.MINUTES ?? 60);
const PORT = Number(process.env.PORT ?? 7911);
const MINUTE_MS = 60_000;
const START = Date.parse('2026-11-24T10:00:03Z');

async function main(): Promise<void> {
  process.env.LOG_LEVEL ??= 'error';
  mock.timers.enable({ apis: ['Date'], now: START });
  console.table([
    await measure('both generations', { v3Keys: 'all' }),
    await measure('only the older one', { v3Keys: 'none' }),
  ]);
  console.log(
    'aim: at most 10 requests in any 60 s, never a 429, states of the last minute',
  );
  process.exit(0);
}

async function measure(
  key: string,
  { v3Keys }: { v3Keys: 'all' | 'none' },
): Promise<Record<string, string | number>> {
  const standIn = await startUptimeRobotStandIn({
    world: largeUptimeRobotWorld({ monitors: MONITORS }),
    v3Keys,
  });
  const cycles = new Cycles(await createProvider(standIn.url));
  const ids = largeUptimeRobotWorld({ monitors: MONITORS })
    .describe()
    .monitors.map(({ id }) => id);
  cycles.setTargets(ids.map(String));
  let changes = 0;
  let seenAtOnce = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    await cycles.runCycle();
    const isChange = minute > 0 && minute % CYCLE_CHANGE_MINUTES === 0;
    if (isChange) {
      mock.timers.tick(MINUTE_MS / 3);
      const monitor = ids[minute];
      standIn.control.changeScenario({ monitor, state: 'down' });
      await cycles.runCycle(String(monitor));
      changes += 1;
      if (cycles.isDown(String(monitor))) seenAtOnce += 1;
      mock.timers.tick((2 * MINUTE_MS) / 3);
    } else {
      mock.timers.tick(MINUTE_MS);
    }
    cycles.measureAges(minute);
  }
  const requests = standIn.control.requests();
  const { total, byStatus } = standIn.control.requestCounts();
  await standIn.close();
  return {
    'key works on': key,
    cycles: cycles.count,
    'requests an hour': total,
    'most in 60 s': mostInAMinute(requests.map(({ at }) => Date.parse(at))),
    'of them 429': byStatus['429'] ?? 0,
    'cycles that failed': cycles.failures,
    'changes seen at once': `${seenAtOnce} of ${changes}`,
    'oldest state s': Math.round(cycles.oldestStateMs / 1000),
    'oldest response time min': (cycles.oldestResponseMs / MINUTE_MS).toFixed(
      1,
    ),
    'monitors with a response time': cycles.withResponse,
    'with a past': cycles.withPast.size,
  };
}

/** The provider as the module makes it. */
async function createProvider(url: string): Promise<Provider> {
  const providers: Provider[] = [];
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
          uptimeRobot: {
            instances: [
              { apiKey: UPTIMEROBOT_STAND_IN_KEYS.readOnly, baseUrl: url },
            ],
          },
        },
      },
    }),
  );
  backend.add(
    createBackendPlugin({
      pluginId: 'observability',
      register(env) {
        env.registerExtensionPoint(observabilityProvidersExtensionPoint, {
          addProvider: (...added) => providers.push(...added.flat()),
          addMisconfiguredInstance: ({ message }) => {
            throw new Error(message);
          },
        });
        env.registerInit({ deps: {}, async init() {} });
      },
    }),
  );
  backend.add(
    import(
      '@watchkeeper/backstage-plugin-observability-backend-module-uptimerobot'
    ),
  );
  await backend.start();
  await backend.stop();
  return providers[0];
}

function mostInAMinute(instants: number[]): number {
  return Math.max(
    ...instants.map(
      start =>
        instants.filter(at => at >= start && at < start + MINUTE_MS).length,
    ),
  );
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
