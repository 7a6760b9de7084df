import { mockServices } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { ConflictError } from '@backstage/errors';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { CollectionMetrics } from './CollectionMetrics';
import { CollectionService } from './CollectionService';
import { CollectionStore } from './CollectionStore';
import { ProviderRegistry } from './ProviderRegistry';

const now = new Date('2026-11-24T12:00:00.000Z');

function registryOf(...providers: ScriptedProvider[]) {
  const registry = new ProviderRegistry({
    defaultSchedule: { frequencySeconds: 60, timeoutSeconds: 50 },
  });
  const reportModuleStartupFailure = jest.fn();
  registry
    .extensionPointFor({ reportModuleStartupFailure })
    .addProvider(...providers);
  return { registry, reportModuleStartupFailure };
}

describe('ProviderRegistry', () => {
  it('refuses a second instance of a name, and keeps the first', () => {
    const first = new ScriptedProvider({
      schedule: { frequencySeconds: 300, timeoutSeconds: 60 },
    });
    const { registry, reportModuleStartupFailure } = registryOf(
      first,
      new ScriptedProvider(),
      new ScriptedProvider({ instance: 'eu' }),
    );
    expect(registry.providers.map(({ instance }) => instance)).toEqual([
      'default',
      'eu',
    ]);
    expect(registry.providers[0]).toBe(first);
    expect(reportModuleStartupFailure.mock.calls).toEqual([
      [
        {
          error: expect.objectContaining({
            message:
              'There is already a source fake (default); give each instance its own name',
          }),
        },
      ],
    ]);
    expect(registry.intervalSeconds(first)).toBe(300);
    const eu = { provider: 'fake', instance: 'eu' };
    expect(registry.intervalSeconds(eu)).toBe(60);
    expect(registry.sourceName(eu)).toBe('Fake (eu)');
    const gone = { provider: 'gone', instance: 'default' };
    expect(registry.intervalSeconds(gone)).toBe(60);
    expect(registry.sourceName(gone)).toBe('gone (default)');
  });

  it('has a misconfigured instance stand where its data would', async () => {
    const { registry } = registryOf();
    registry
      .extensionPointFor({ reportModuleStartupFailure: jest.fn() })
      .addMisconfiguredInstance({
        provider: 'fake',
        title: 'Fake',
        instance: 'default',
        message: 'fake.instances[0].token is missing',
        kinds: ['errors'],
        annotations: ['fake.test/ids'],
        select: entity => new ScriptedProvider().select(entity),
      });
    const [provider] = registry.providers;
    expect(provider).toMatchObject({
      title: 'Fake',
      kinds: ['errors'],
      annotations: ['fake.test/ids'],
    });
    expect(
      provider.select({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'web', annotations: { 'fake.test/ids': 'one' } },
      }).targets,
    ).toEqual([{ key: 'one', kinds: ['errors'] }]);
  });
});

describe('CollectionService', () => {
  const store = {
    requestTargets: jest.fn(),
    requestEntity: jest.fn(),
    instanceStates: jest.fn(),
    sourceCounts: jest.fn(),
  };
  const scheduler = mockServices.scheduler.mock();
  const logger = mockServices.logger.mock();
  const eu = { provider: 'fake', instance: 'eu' };
  const us = { provider: 'fake', instance: 'us' };
  const service = new CollectionService({
    store: store as unknown as CollectionStore,
    registry: registryOf(new ScriptedProvider(eu), new ScriptedProvider(us))
      .registry,
    scheduler,
    logger,
    now: () => now,
  });

  beforeEach(() => jest.resetAllMocks());

  it('starts the cycles of what was asked for; one that cannot be started comes by itself', async () => {
    store.requestEntity.mockResolvedValue([eu, us]);
    scheduler.triggerTask
      .mockRejectedValueOnce(new ConflictError('is running'))
      .mockRejectedValueOnce(new Error('no database'));
    await service.requestEntity('component:default/web', now);
    expect(scheduler.triggerTask.mock.calls).toEqual([
      ['observability-collect-fake-eu'],
      ['observability-collect-fake-us'],
    ]);
    expect(logger.warn.mock.calls).toEqual([
      [
        'Could not start a cycle of fake (us) early; its next one is on schedule',
        expect.any(Error),
      ],
    ]);
  });

  it('tells how each configured instance is doing, also before its first cycle', async () => {
    const problem = {
      code: 'timeout',
      message: 'No answer',
      since: now.toISOString(),
    };
    store.instanceStates.mockResolvedValue([
      { ...us, lastRunAt: 'b', lastSuccessAt: 'a', problem },
      { provider: 'gone', instance: 'eu', lastRunAt: 'x', lastSuccessAt: 'x' },
    ]);
    store.sourceCounts.mockResolvedValue([{ ...us, targets: 3, affected: 2 }]);
    await expect(service.sources('all')).resolves.toEqual([
      {
        ...eu,
        lastRunAt: null,
        lastSuccessAt: null,
        targets: 0,
        affectedEntities: 0,
      },
      {
        ...us,
        lastRunAt: 'b',
        lastSuccessAt: 'a',
        targets: 3,
        affectedEntities: 2,
        problem,
      },
    ]);
    expect(store.sourceCounts).toHaveBeenCalledWith('all', now.toISOString());
  });
});

describe('CollectionMetrics', () => {
  it('counts cycles and readings by instance and outcome', async () => {
    const add = jest.fn();
    const record = jest.fn();
    const metrics = new CollectionMetrics(
      metricsServiceMock.mock({
        createCounter: () => ({ add }),
        createHistogram: () => ({ record }),
      }),
    );
    const id = { provider: 'fake', instance: 'eu' };
    await expect(metrics.measureCycle(id, async () => 'done')).resolves.toBe(
      'done',
    );
    await expect(
      metrics.measureCycle(id, async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    metrics.recordTargets(id, { read: 3, failed: 1 });
    expect(add.mock.calls).toEqual([
      [1, { ...id, outcome: 'succeeded' }],
      [1, { ...id, outcome: 'failed' }],
      [3, { ...id, outcome: 'read' }],
      [1, { ...id, outcome: 'failed' }],
    ]);
    expect(record.mock.calls).toEqual([
      [expect.any(Number), { ...id, outcome: 'succeeded' }],
      [expect.any(Number), { ...id, outcome: 'failed' }],
    ]);
  });
});
