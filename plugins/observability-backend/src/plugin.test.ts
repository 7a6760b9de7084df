import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import request from 'supertest';
import { ScriptedProvider } from './__testUtils__/ScriptedProvider';
import { providerModule, startPlugin } from './__testUtils__/startPlugin';
import { testEntity } from './__testUtils__/TestWorld';

jest.setTimeout(60_000);

const entities = [
  testEntity('component:default/web', {
    title: 'Web',
    ids: 'one',
    relations: [['ownedBy', 'group:default/crm']],
  }),
  testEntity('component:default/api', { ids: 'two' }),
];

describe('observability plugin', () => {
  it('schedules global tasks that the portal shows, and spreads its first cycles', async () => {
    const { scheduler } = await startPlugin({
      providers: [
        new ScriptedProvider({ instance: 'a' }),
        new ScriptedProvider({
          instance: 'b',
          schedule: { frequencySeconds: 300, timeoutSeconds: 120 },
        }),
      ],
      config: {
        observability: {
          schedule: { frequency: { minutes: 2 }, timeout: { seconds: 90 } },
        },
      },
    });
    const tasks = scheduler.scheduleTask.mock.calls
      .map(([task]) => task)
      .sort((a, b) => a.id.localeCompare(b.id));
    expect(
      tasks.map(({ id, scope, frequency, timeout }) => ({
        id,
        scope,
        frequency,
        timeout,
      })),
    ).toEqual([
      expect.objectContaining({
        id: 'observability-check-runbook-links',
        scope: 'global',
      }),
      {
        id: 'observability-collect-fake-a',
        scope: 'global',
        frequency: { seconds: 120 },
        timeout: { seconds: 90 },
      },
      {
        id: 'observability-collect-fake-b',
        scope: 'global',
        frequency: { seconds: 300 },
        timeout: { seconds: 120 },
      },
      ...[
        'delete-expired',
        'forget-on-call-sources',
        'incident-clocks',
        'incident-timelines',
        'index-entities',
        'pack-samples',
        'read-runbooks',
        'read-schedules',
        'record-runbook-coverage',
        'record-shifts',
        'remind-of-runbooks',
        'remind-of-shifts',
        'send-notifications',
        'sum-up-uptime',
        'sweep-stale',
        'warn-of-schedules',
      ].map(name =>
        expect.objectContaining({
          id: `observability-${name}`,
          scope: 'global',
        }),
      ),
    ]);
    const [first, second] = tasks.map(({ initialDelay }) => initialDelay);
    expect(first).not.toEqual(second);
  });

  it('starts the cycle of an instance that got a new target', async () => {
    const { follow, scheduler } = await startPlugin({ entities });
    await follow();
    expect(scheduler.triggerTask.mock.calls).toEqual([
      ['observability-collect-fake-default'],
    ]);
    await follow();
    expect(scheduler.triggerTask).toHaveBeenCalledTimes(1);
  });

  it('has what a verified webhook is about read at once', async () => {
    const webhook = {
      topic: 'observability-fake',
      verify: () => true,
      targetsOf: (body: unknown) => {
        const { ids } = body as { ids?: string[] | 'all' };
        if (ids === undefined) {
          return 'none' as const;
        }
        return ids === 'all' ? ids : { ids };
      },
    };
    const providers = [
      new ScriptedProvider({ instance: 'eu', webhook }),
      new ScriptedProvider({ instance: 'us', webhook }),
      new ScriptedProvider({ provider: 'other' }),
    ];
    const { collect, run, scheduler, events } = await startPlugin({
      entities: [
        testEntity('component:default/web', {
          ids: 'one,two',
          annotations: { 'other.test/ids': 'one' },
        }),
      ],
      providers,
    });
    await collect();
    scheduler.triggerTask.mockReset();
    const deliver = (eventPayload: unknown) =>
      events.publish({ topic: 'observability-fake', eventPayload });

    await deliver({ ids: ['two', 'unknown'] });
    expect(scheduler.triggerTask.mock.calls).toEqual([
      ['observability-collect-fake-eu'],
      ['observability-collect-fake-us'],
    ]);
    await run('collect-fake-eu');
    expect(
      providers[0].requests[1].targets.map(({ key, requested }) => [
        key,
        requested,
      ]),
    ).toEqual([
      ['one', false],
      ['two', true],
    ]);

    scheduler.triggerTask.mockReset();
    await deliver({ ids: ['unknown'] });
    await deliver({});
    expect(scheduler.triggerTask).not.toHaveBeenCalled();
    // One that is running looks for requests by itself before it ends.
    scheduler.triggerTask.mockRejectedValue(
      Object.assign(new Error('is running'), { name: 'ConflictError' }),
    );
    await deliver({ ids: 'all' });
    expect(scheduler.triggerTask).toHaveBeenCalledTimes(2);
  });

  it('sends what happened to the owner, and what it could not send later', async () => {
    const { collect, run, provider, notifications } = await startPlugin({
      entities,
    });
    provider.values = { one: 60, two: 60 };
    await collect();
    notifications.send.mockRejectedValueOnce(new Error('down'));
    await expect(run('send-notifications')).rejects.toThrow('down');
    await run('send-notifications');
    // `api` has no owner; the other waits for its next try.
    expect(notifications.send.mock.calls).toEqual([
      [
        {
          recipients: { type: 'entity', entityRef: ['group:default/crm'] },
          payload: expect.objectContaining({
            title: 'Web is critical',
            link: '/catalog/default/component/web/health',
            severity: 'critical',
          }),
        },
      ],
    ]);
    await run('delete-expired');
    await run('sweep-stale');
  });

  it('starts all the same when a module fails, and when two name the same instance', async () => {
    const failing = createBackendModule({
      pluginId: 'observability',
      moduleId: 'failing',
      register(reg) {
        reg.registerInit({
          deps: {},
          async init() {
            throw new Error('no token');
          },
        });
      },
    });
    const twin = new ScriptedProvider();
    const { server, collect, provider } = await startPlugin({
      entities,
      features: [failing, providerModule('twin', twin)],
      config: {
        backend: {
          startup: { default: { onPluginModuleBootFailure: 'continue' } },
        },
      },
    });
    await collect();
    const { body, status } = await request(server).get(
      '/api/observability/v1/entities',
    );
    expect(status).toBe(200);
    expect(body.sources).toHaveLength(1);
    expect(provider.requests.length + twin.requests.length).toBe(1);
  });

  describe('actions', () => {
    async function startWithActions(policy = {}) {
      const registry = actionsRegistryServiceMock({
        logger: mockServices.logger.mock(),
      });
      const started = await startPlugin({
        entities,
        policy,
        features: [
          createServiceFactory({
            service: actionsRegistryServiceRef,
            deps: {},
            factory: () => registry,
          }),
        ],
      });
      started.provider.values = { one: 60 };
      await started.collect();
      const { actions } = await registry.list();
      const invoke = async (
        name: string,
        input: Record<string, string | number>,
      ) => {
        const { id } = actions.find(action => action.name === name)!;
        const { output } = await registry.invoke({
          id,
          input,
          credentials: mockCredentials.user('user:default/anna'),
        });
        return output;
      };
      return { actions, invoke };
    }

    it('tell an agent how a service is, and why', async () => {
      const { actions, invoke } = await startWithActions();
      const readOnly = {
        readOnly: true,
        idempotent: true,
        destructive: false,
      };
      const byName = [...actions].sort((a, b) => a.name.localeCompare(b.name));
      expect(byName.map(({ name, attributes }) => [name, attributes])).toEqual([
        [
          'declare-incident',
          { readOnly: false, idempotent: false, destructive: false },
        ],
        ['find-runbook', readOnly],
        ['find-similar-incidents', readOnly],
        ['get-runbook', readOnly],
        ['get-service-health', readOnly],
        ['get-uptime', readOnly],
        ['list-unhealthy-services', readOnly],
        ['my-next-shifts', readOnly],
        [
          'override-shift',
          { readOnly: false, idempotent: false, destructive: false },
        ],
        [
          'record-runbook-step',
          { readOnly: false, idempotent: true, destructive: false },
        ],
        [
          'update-incident',
          { readOnly: false, idempotent: false, destructive: false },
        ],
        ['who-is-on-call', readOnly],
      ]);

      await expect(
        invoke('get-service-health', { entityRef: 'web' }),
      ).resolves.toEqual({
        entityRef: 'component:default/web',
        status: 'critical',
        since: expect.any(String),
        reasons: [
          {
            level: 'critical',
            message: expect.stringContaining('60'),
            since: expect.any(String),
          },
        ],
        signals: [
          {
            kind: 'errors',
            source: 'fake one',
            status: 'critical',
            observedAt: expect.any(String),
            stale: false,
          },
        ],
        changes: [],
      });
      await expect(
        invoke('get-service-health', { entityRef: 'component:default/nope' }),
      ).rejects.toThrow('There is no entity component:default/nope');

      await expect(
        invoke('list-unhealthy-services', { owner: 'group:default/crm' }),
      ).resolves.toEqual({
        totals: { ok: 0, warning: 0, critical: 1, unknown: 0, unconfigured: 0 },
        services: [
          {
            entityRef: 'component:default/web',
            title: 'Web',
            owner: 'group:default/crm',
            status: 'critical',
            since: expect.any(String),
            reasons: [expect.stringContaining('60')],
          },
        ],
      });
      await expect(
        invoke('list-unhealthy-services', { system: 'system:default/nope' }),
      ).resolves.toMatchObject({ services: [] });
    });

    it('show an agent no more than its user may see', async () => {
      const conditional = await startWithActions({
        readable: { 'user:default/anna': ['component:default/api'] },
      });
      await expect(
        conditional.invoke('get-service-health', { entityRef: 'web' }),
      ).rejects.toThrow('There is no entity component:default/web');
      await expect(
        conditional.invoke('list-unhealthy-services', {}),
      ).resolves.toMatchObject({
        totals: { critical: 0, ok: 1 },
        services: [],
      });

      const denied = await startWithActions({
        denied: ['observability.health.read'],
      });
      await expect(
        denied.invoke('get-service-health', { entityRef: 'web' }),
      ).rejects.toThrow('observability.health.read');
    });
  });
});
