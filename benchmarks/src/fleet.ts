import { createBackendModule } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  catalogProcessingExtensionPoint,
  EntityProvider,
} from '@backstage/plugin-catalog-node';
import { ErrorsData } from '@watchkeeper/backstage-plugin-observability-common';
import {
  observabilityProvidersExtensionPoint,
  Provider,
} from '@watchkeeper/backstage-plugin-observability-node';

const ID_ANNOTATION = 'benchmark.example/id';

/** Services as a large organisation has them: owners, systems, tags, links, a few relations. */
export function fleetEntities(count: number): Entity[] {
  const groups = Array.from({ length: 50 }, (_, index) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: `team-${index}`, namespace: 'default' },
    spec: { type: 'team', children: [] },
  }));
  const services = Array.from({ length: count }, (_, index) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `service-${index}`,
      namespace: 'default',
      title: `Service ${index}`,
      description: 'One of the services of a large organisation',
      annotations: { [ID_ANNOTATION]: `${index}` },
      tags: ['typescript', 'backend'],
      links: [{ url: 'https://example.com/docs', title: 'Documentation' }],
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: `team-${index % 50}`,
      dependsOn: index > 0 ? [`component:default/service-${index - 1}`] : [],
    },
  }));
  return [...groups, ...services];
}

/** Hands the fleet to a real catalog. */
export function fleetCatalogModule(entities: Entity[]) {
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'benchmark-fleet',
    register(env) {
      env.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        async init({ catalog }) {
          const provider: EntityProvider = {
            getProviderName: () => 'benchmark-fleet',
            async connect(connection) {
              await connection.applyMutation({
                type: 'full',
                entities: entities.map(entity => ({
                  locationKey: 'benchmark',
                  entity: {
                    ...entity,
                    metadata: {
                      ...entity.metadata,
                      annotations: {
                        ...entity.metadata.annotations,
                        'backstage.io/managed-by-location':
                          'url:https://example.com',
                        'backstage.io/managed-by-origin-location':
                          'url:https://example.com',
                      },
                    },
                  },
                })),
              });
            },
          };
          catalog.addEntityProvider(provider);
        },
      });
    },
  });
}

/** A source with a realistic answer for each service: 25 issues with their trends. */
export function fleetProvider(): Provider {
  return {
    provider: 'fleet',
    title: 'Fleet',
    instance: 'default',
    kinds: ['errors'],
    annotations: [ID_ANNOTATION],
    schedule: { frequencySeconds: 3600, timeoutSeconds: 600 },
    select(entity) {
      const id = entity.metadata.annotations?.[ID_ANNOTATION];
      return {
        targets: id ? [{ key: id, kinds: ['errors'] }] : [],
        misconfigurations: [],
      };
    },
    async *collect({ targets, now }) {
      for (const [index, target] of targets.entries()) {
        yield {
          key: target.key,
          results: [
            {
              kind: 'errors' as const,
              observedAt: now,
              data: fleetErrors(index, now),
              measurements: [
                { metric: 'errors.count', value: index % 100 === 0 ? 60 : 2 },
              ],
              samples: [{ metric: 'errors.count', at: now, value: 2 }],
            },
          ],
        };
      }
      return {};
    },
  };
}

/** The observability module that adds it. */
export function fleetProviderModule() {
  return createBackendModule({
    pluginId: 'observability',
    moduleId: 'benchmark-fleet',
    register(env) {
      env.registerInit({
        deps: { providers: observabilityProvidersExtensionPoint },
        async init({ providers }) {
          providers.addProvider(fleetProvider());
        },
      });
    },
  });
}

function fleetErrors(seed: number, now: Date): ErrorsData {
  const trend = Array.from({ length: 24 }, (_, hour) => (seed + hour) % 7);
  return {
    window: '24h',
    events: 1236 + (seed % 100),
    previousEvents: 214,
    users: 187,
    unresolvedIssues: 25,
    trend: trend.map((count, hour) => ({
      at: new Date(now.getTime() - (24 - hour) * 3_600_000).toISOString(),
      count,
    })),
    issues: Array.from({ length: 25 }, (_, index) => ({
      id: `${seed}-${index}`,
      shortId: `SERVICE-${seed}-${index}`,
      title: `TypeError: Cannot read properties of undefined (reading 'total${index}')`,
      culprit: 'QuoteService.computeTotals',
      level: 'error',
      status: 'unresolved',
      substatus: 'ongoing',
      events: 812 - index,
      users: 121,
      firstSeen: '2026-11-20T10:00:00.000Z',
      lastSeen: now.toISOString(),
      url: `https://sentry.example/issues/${seed}-${index}/`,
      trend,
    })),
  };
}
