import { DefaultSchedulerService } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import request from 'supertest';
import { createTestDatabases } from './__testUtils__/databases';
import {
  errorsReading,
  ScriptedProvider,
} from './__testUtils__/ScriptedProvider';
import { startPlugin } from './__testUtils__/startPlugin';
import { testEntity } from './__testUtils__/TestWorld';

jest.setTimeout(60_000);

const report = '/api/observability/v1/entities/component/default/web/report';

/** The portal's own scheduler with its lock in the database, but without the delays of a start. */
const impatientScheduler = createServiceFactory({
  service: coreServices.scheduler,
  deps: {
    database: coreServices.database,
    logger: coreServices.logger,
    rootLifecycle: coreServices.rootLifecycle,
    httpRouter: coreServices.httpRouter,
    pluginMetadata: coreServices.pluginMetadata,
    metrics: metricsServiceRef,
  },
  async factory(deps) {
    const scheduler = DefaultSchedulerService.create(deps);
    return {
      triggerTask: id => scheduler.triggerTask(id),
      cancelTask: id => scheduler.cancelTask(id),
      getScheduledTasks: () => scheduler.getScheduledTasks(),
      createScheduledTaskRunner: schedule =>
        scheduler.createScheduledTaskRunner(schedule),
      scheduleTask: ({ initialDelay, ...task }) => scheduler.scheduleTask(task),
    };
  },
});

/** What the vendor saw of all replicas. */
class Vendor {
  running = 0;
  mostAtOnce = 0;
  /** Which replica began each cycle. */
  cycles: string[] = [];
  /** While set, cycles go on until they are aborted. */
  isSlow = false;

  providerFor(replica: string): ScriptedProvider {
    const provider = new ScriptedProvider({
      schedule: { frequencySeconds: 0.2, timeoutSeconds: 30 },
    });
    const begin = () => this.#begin(replica);
    const end = () => {
      this.running -= 1;
    };
    const isSlow = () => this.isSlow;
    provider.script = async function* script({ targets, now, signal }) {
      begin();
      try {
        if (isSlow()) {
          await once(signal, 'abort');
          signal.throwIfAborted();
        }
        // Long enough for the other replica to want it too.
        await setTimeout(300);
        for (const { key } of targets) {
          yield { key, results: [errorsReading(now, 0)] };
        }
        return undefined;
      } finally {
        end();
      }
    };
    return provider;
  }

  #begin(replica: string): void {
    this.cycles.push(replica);
    this.running += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
  }
}

async function until(condition: () => boolean | Promise<boolean>) {
  for (let tries = 0; tries < 400; tries++) {
    if (await condition()) {
      return;
    }
    await setTimeout(50);
  }
  throw new Error('It did not come about in time');
}

describe('two back ends on one database', () => {
  const databases = createTestDatabases();

  it.each(databases.eachSupportedId())(
    'run each cycle once, and one goes on when the other stops in the middle of one, on %p',
    async databaseId => {
      const knex: Knex = await databases.init(databaseId);
      const vendor = new Vendor();
      const start = async (name: string) => {
        const { backend, server } = await startPlugin({
          entities: [testEntity('component:default/web', { ids: 'one' })],
          providers: [vendor.providerFor(name)],
          scheduler: impatientScheduler,
          features: [
            createServiceFactory({
              service: coreServices.database,
              deps: {},
              factory: () =>
                mockServices.database({ knex, migrations: { skip: false } }),
            }),
          ],
        });
        return { name, backend, server };
      };
      const replicas = [await start('a'), await start('b')];

      await until(() => vendor.cycles.length >= 4);
      expect(vendor.mostAtOnce).toBe(1);
      for (const { server } of replicas) {
        const { body } = await request(server).get(report);
        // With such a pace a reading is stale before a busy machine asks for it,
        // so what it says is compared and not how old it is.
        expect(body.signals).toEqual([
          expect.objectContaining({
            data: expect.any(Object),
            observedAt: expect.any(String),
          }),
        ]);
      }

      vendor.isSlow = true;
      const before = vendor.cycles.length;
      await until(() => vendor.cycles.length > before);
      vendor.isSlow = false;
      const stopped = replicas.find(
        ({ name }) => name === vendor.cycles.at(-1),
      )!;
      const other = replicas.find(replica => replica !== stopped)!;
      const readAt = async () => {
        const { body } = await request(other.server).get(report);
        return body.signals[0].observedAt as string;
      };
      const readBefore = await readAt();
      await stopped.backend.stop();

      await until(async () => (await readAt()) > readBefore);
      expect(vendor.cycles.at(-1)).toBe(other.name);
      expect(vendor.mostAtOnce).toBe(1);
      const { body } = await request(other.server).get(report);
      expect(body).toMatchObject({ status: 'ok' });
      expect(body.signals[0]).not.toHaveProperty('problem');
      await other.backend.stop();
    },
  );
});
