/*
 * The plugin alone, over a made-up vendor and two services, to work on it:
 *
 *   yarn start
 *   curl localhost:7007/api/observability/v1/entities
 *   curl localhost:7007/api/observability/v1/entities/component/default/crm-api/report
 *   curl -X POST localhost:7007/api/observability/v1/entities/component/default/crm-api/refresh
 *
 * For a portal with a vendor that behaves like the real one, run `npm start` at
 * the top of the repository instead.
 */
import { createBackend } from '@backstage/backend-defaults';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  observabilityProvidersExtensionPoint,
  Provider,
} from '@watchkeeper/backstage-plugin-observability-node';

const SERVICES = ['crm-api', 'crm-web'];

/** Swings between well and critical in ten minutes. */
const swinging: Provider = {
  provider: 'made-up',
  title: 'Made-up vendor',
  instance: 'default',
  kinds: ['errors'],
  annotations: [],
  schedule: { frequencySeconds: 15, timeoutSeconds: 10 },
  select: entity => ({
    targets: [{ key: entity.metadata.name, kinds: ['errors'] }],
    misconfigurations: [],
  }),
  async *collect({ targets, now }) {
    const minutes = now.getTime() / 60_000;
    for (const [index, target] of targets.entries()) {
      const swing = 1 + Math.sin(((minutes + index * 5) * Math.PI) / 5);
      const events = Math.round(swing * 40);
      yield {
        key: target.key,
        results: [
          {
            kind: 'errors' as const,
            observedAt: now,
            data: {
              window: '24h' as const,
              events: events * 12,
              previousEvents: 120,
              users: Math.round(events / 3),
              issues: [],
              trend: [],
            },
            measurements: [{ metric: 'errors.count', value: events }],
            samples: [{ metric: 'errors.count', at: now, value: events }],
          },
        ],
      };
    }
    return {};
  },
};

const backend = createBackend();
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  catalogServiceMock.factory({
    entities: SERVICES.map(name => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name },
      spec: { type: 'service', owner: 'crm', lifecycle: 'production' },
    })),
  }),
);
backend.add(import('../src'));
backend.add(
  createBackendModule({
    pluginId: 'observability',
    moduleId: 'made-up-vendor',
    register(env) {
      env.registerInit({
        deps: { providers: observabilityProvidersExtensionPoint },
        async init({ providers }) {
          providers.addProvider(swinging);
        },
      });
    },
  }),
);
backend.start();
