import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  observabilityProvidersExtensionPoint,
  Provider,
} from '@watchkeeper/backstage-plugin-observability-node';
import request from 'supertest';
import { observabilityPlugin } from './plugin';

const entities: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'api', annotations: { 'fake.io/id': 'one' } },
    spec: { type: 'service' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/crm' }],
  },
];

function fakeProvider(): Provider {
  return {
    provider: 'fake',
    title: 'Fake',
    instance: 'default',
    kinds: ['errors'],
    annotations: ['fake.io/id'],
    select: entity => ({
      targets: entity.metadata.annotations?.['fake.io/id']
        ? [
            {
              key: entity.metadata.annotations['fake.io/id'],
              kinds: ['errors'],
            },
          ]
        : [],
      misconfigurations: [],
    }),
    async *collect({ targets, now }) {
      for (const target of targets) {
        yield {
          key: target.key,
          results: [
            {
              kind: 'errors' as const,
              observedAt: now,
              data: {
                window: '24h' as const,
                events: 100,
                previousEvents: 3,
                users: 2,
                issues: [],
                trend: [],
              },
              measurements: [{ metric: 'errors.count', value: 60 }],
              samples: [{ metric: 'errors.count', at: now, value: 60 }],
            },
          ],
        };
      }
      return { seen: targets.length };
    },
  };
}

describe('observability plugin', () => {
  it('collects and reports', async () => {
    const scheduler = mockServices.scheduler.mock();
    const tasks = new Map<string, (signal: AbortSignal) => Promise<void>>();
    scheduler.scheduleTask.mockImplementation(async task => {
      tasks.set(task.id, task.fn as (signal: AbortSignal) => Promise<void>);
    });
    const { server } = await startTestBackend({
      features: [
        observabilityPlugin,
        catalogServiceMock.factory({ entities }),
        scheduler.factory,
        createBackendModule({
          pluginId: 'observability',
          moduleId: 'fake',
          register(reg) {
            reg.registerInit({
              deps: { providers: observabilityProvidersExtensionPoint },
              async init({ providers }) {
                providers.addProvider(fakeProvider());
              },
            });
          },
        }),
      ],
    });
    const run = (id: string) => tasks.get(id)!(new AbortController().signal);
    await run('observability-index-entities');
    await run('observability-collect-fake-default');
    const response = await request(server)
      .get('/api/observability/v1/entities/component/default/api/report')
      .set('authorization', mockCredentials.user.header());
    console.log(response.status, JSON.stringify(response.body, null, 1));
    const list = await request(server).get('/api/observability/v1/entities');
    console.log(list.status, JSON.stringify(list.body, null, 1));
    const series = await request(server).get(
      '/api/observability/v1/entities/component/default/api/series?metric=errors.count&resolution=raw',
    );
    console.log(series.status, JSON.stringify(series.body, null, 1));
    await run('observability-sweep-stale');
    await run('observability-delete-expired');
    await run('observability-send-notifications');
  });
});
