import { mockServices } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ThresholdOverrides } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { DatabaseEntityIndexStore } from '../catalog/DatabaseEntityIndexStore';
import { EntityIndexer } from '../catalog/EntityIndexer';
import { CollectionMetrics } from '../collection/CollectionMetrics';
import { Collector } from '../collection/Collector';
import { DatabaseCollectionStore } from '../collection/DatabaseCollectionStore';
import { ProviderRegistry } from '../collection/ProviderRegistry';
import { DatabaseHealthReadStore } from '../health/DatabaseHealthReadStore';
import { DatabaseHealthStore } from '../health/DatabaseHealthStore';
import { HealthEvaluator } from '../health/HealthEvaluator';
import { HealthSignals } from '../health/HealthSignals';
import { DatabaseOutbox } from '../notifications/DatabaseOutbox';
import { DatabaseUptimeStore } from '../uptime/DatabaseUptimeStore';
import { ScriptedProvider } from './ScriptedProvider';

export const INTERVAL_SECONDS = 60;

/** The real parts from catalog to stored health, over scripted vendors and a clock that stands still. */
export class TestWorld {
  readonly knex: Knex;
  readonly providers: ScriptedProvider[];
  now = new Date('2026-11-24T12:00:00.000Z');
  entities: Entity[] = [];
  readonly signals = { publish: jest.fn() };
  readonly logger = mockServices.logger.mock();
  readonly outbox: DatabaseOutbox;
  readonly index: DatabaseEntityIndexStore;
  readonly collection: DatabaseCollectionStore;
  readonly health: DatabaseHealthStore;
  readonly read: DatabaseHealthReadStore;
  readonly uptime: DatabaseUptimeStore;
  readonly evaluator: HealthEvaluator;
  readonly collector: Collector;

  constructor(options: {
    knex: Knex;
    providers?: ScriptedProvider[];
    thresholds?: ThresholdOverrides;
  }) {
    const { knex } = options;
    this.knex = knex;
    this.providers = options.providers ?? [new ScriptedProvider()];
    const registry = new ProviderRegistry({
      defaultSchedule: {
        frequencySeconds: INTERVAL_SECONDS,
        timeoutSeconds: 50,
      },
    });
    registry
      .extensionPointFor({
        reportModuleStartupFailure: ({ error }) => {
          throw error;
        },
      })
      .addProvider(this.providers);

    this.outbox = new DatabaseOutbox(knex);
    this.index = new DatabaseEntityIndexStore(knex);
    this.collection = new DatabaseCollectionStore({
      knex,
      rawSamples: { hours: 48 },
    });
    this.health = new DatabaseHealthStore({ knex, outbox: this.outbox });
    this.read = new DatabaseHealthReadStore(knex);
    this.uptime = new DatabaseUptimeStore(knex);
    this.evaluator = new HealthEvaluator({
      store: this.health,
      thresholds: options.thresholds ?? {},
      sources: registry,
      signals: new HealthSignals({
        signals: this.signals,
        logger: this.logger,
      }),
    });
    this.collector = new Collector({
      store: this.collection,
      listener: this.evaluator,
      monitors: {
        onMonitors: (trx, id, readings) =>
          this.uptime.record(trx, id, readings),
      },
      metrics: new CollectionMetrics(metricsServiceMock.mock()),
      logger: mockServices.logger.mock({ child: () => this.logger }),
      now: () => this.now,
    });
  }

  pass(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }

  /** Follows the catalog once. */
  async follow() {
    const indexer = new EntityIndexer({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: this.entities }),
      store: this.index,
      listener: this.evaluator,
      providers: () => this.providers,
      logger: this.logger,
    });
    return indexer.run({
      now: this.now,
      signal: new AbortController().signal,
    });
  }

  /** Runs a cycle of a provider. */
  async cycle(provider = this.providers[0], signal?: AbortSignal) {
    await this.collector.run(provider, {
      intervalSeconds: INTERVAL_SECONDS,
      signal: signal ?? new AbortController().signal,
    });
  }

  async sweep(): Promise<void> {
    await this.evaluator.sweep(this.now, new AbortController().signal);
  }

  /** The stored status of an entity, `undefined` when there is none. */
  async statusOf(entityRef: string) {
    const row = await this.knex('entity_health')
      .where({ entity_ref: entityRef })
      .first('status', 'since');
    return row as { status: string | null; since: string | null } | undefined;
  }
}

/** An entity of the catalog that names targets of the provider `fake`. */
export function testEntity(
  entityRef: string,
  options: {
    ids?: string;
    annotations?: Record<string, string>;
    relations?: [type: string, targetRef: string][];
    title?: string;
    tags?: string[];
  } = {},
): Entity {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const kinds: Record<string, string> = { api: 'API' };
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kinds[kind] ?? kind[0].toUpperCase() + kind.slice(1),
    metadata: {
      name,
      namespace,
      ...(options.title ? { title: options.title } : {}),
      ...(options.tags ? { tags: options.tags } : {}),
      annotations: {
        ...(options.ids ? { 'fake.test/ids': options.ids } : {}),
        ...options.annotations,
      },
    },
    relations: (options.relations ?? []).map(([type, targetRef]) => ({
      type,
      targetRef,
    })),
  };
}

/** Follows one service that two vendors know, `fake` as `one` and `other` as `two`, and reads both. */
export async function followTwoSources(
  world: TestWorld,
  entityRef: string,
): Promise<void> {
  world.entities = [
    testEntity(entityRef, {
      title: 'Web',
      ids: 'one',
      annotations: { 'other.test/ids': 'two' },
      relations: [['ownedBy', 'group:default/crm']],
    }),
  ];
  await world.follow();
  for (const provider of world.providers) {
    await world.cycle(provider);
  }
}
