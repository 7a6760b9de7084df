import {
  BackendFeature,
  BackstageCredentials,
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { observabilityProvidersExtensionPoint } from '@watchkeeper/backstage-plugin-observability-node';
import { observabilityPlugin } from '../plugin';
import { ScriptedProvider } from './ScriptedProvider';

/** What the permission policy of a test says. */
export interface TestPolicy {
  /** Names of permissions that nobody holds. */
  denied?: string[];
  /** Who may read which entities; everything where it is left out. */
  readable?: Record<string, string[]>;
}

/** The plugin in a backend, with vendors, a catalog and a policy that do as they are told. */
export async function startPlugin(
  options: {
    entities?: Entity[];
    providers?: ScriptedProvider[];
    policy?: TestPolicy;
    /** Instead of one that runs a task only when it is told to. */
    scheduler?: BackendFeature;
    features?: BackendFeature[];
    config?: object;
  } = {},
) {
  const provider = new ScriptedProvider();
  const { providers = [provider], policy = {}, entities = [] } = options;
  const scheduler = mockServices.scheduler.mock();
  const notifications = { send: jest.fn() };
  const events = mockServices.events();

  const backend = await startTestBackend({
    features: [
      observabilityPlugin,
      options.scheduler ?? scheduler.factory,
      catalogFactory(entities, policy),
      permissionsFactory(policy),
      mockServices.rootConfig.factory({ data: options.config ?? {} }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => notifications,
      }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
      providerModule('scripted', ...providers),
      ...(options.features ?? []),
    ],
  });

  /** Runs a scheduled task, as the scheduler would. */
  async function run(id: string): Promise<void> {
    const call = scheduler.scheduleTask.mock.calls.find(
      ([task]) => task.id === `observability-${id}`,
    );
    if (!call) {
      throw new Error(`No task observability-${id} was scheduled`);
    }
    await call[0].fn(new AbortController().signal);
  }

  /** Follows the catalog, until it is known that nothing more is to come. */
  async function follow(): Promise<void> {
    for (let times = 0; times < 3; times++) {
      await run('index-entities');
    }
  }

  /** Follows the catalog and reads every vendor. */
  async function collect(): Promise<void> {
    await follow();
    for (const each of providers) {
      await run(`collect-${each.provider}-${each.instance}`);
    }
  }

  return {
    backend,
    server: backend.server,
    provider,
    scheduler,
    notifications,
    events,
    run,
    follow,
    collect,
  };
}

/** A vendor's module. */
export function providerModule(
  moduleId: string,
  ...providers: ScriptedProvider[]
): BackendFeature {
  return createBackendModule({
    pluginId: 'observability',
    moduleId,
    register(reg) {
      reg.registerInit({
        deps: { extensionPoint: observabilityProvidersExtensionPoint },
        async init({ extensionPoint }) {
          extensionPoint.addProvider(providers);
        },
      });
    },
  });
}

function userOf(credentials: BackstageCredentials): string | undefined {
  return (credentials.principal as { userEntityRef?: string }).userEntityRef;
}

/** The catalog, which shows users what the policy lets them read and services everything. */
function catalogFactory(entities: Entity[], policy: TestPolicy) {
  const clientFor = ({
    credentials,
  }: {
    credentials: BackstageCredentials;
  }) => {
    const user = userOf(credentials);
    const readable = user ? policy.readable?.[user] : undefined;
    return new InMemoryCatalogClient({
      entities: readable
        ? entities.filter(entity =>
            readable.includes(stringifyEntityRef(entity)),
          )
        : entities,
    });
  };
  const catalog: Partial<CatalogService> = {
    getEntityByRef: (ref, options) => clientFor(options).getEntityByRef(ref),
    getEntitiesByRefs: (request, options) =>
      clientFor(options).getEntitiesByRefs(request),
    streamEntities: (request, options) =>
      clientFor(options).streamEntities(request),
  };
  return createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => catalog as CatalogService,
  });
}

function permissionsFactory(policy: TestPolicy) {
  const decide = (
    name: string,
    credentials: BackstageCredentials,
  ): PolicyDecision => {
    if (policy.denied?.includes(name)) {
      return { result: AuthorizeResult.DENY };
    }
    const isConditional =
      name === 'catalog.entity.read' &&
      policy.readable?.[userOf(credentials) ?? ''] !== undefined;
    return isConditional
      ? {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'catalog',
          resourceType: 'catalog-entity',
          conditions: { rule: 'IS_READABLE', resourceType: 'catalog-entity' },
        }
      : { result: AuthorizeResult.ALLOW };
  };
  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => ({
      authorize: async (requests, { credentials }) =>
        requests.map(({ permission }) => ({
          result: decide(permission.name, credentials).result as
            | AuthorizeResult.ALLOW
            | AuthorizeResult.DENY,
        })),
      authorizeConditional: async (requests, { credentials }) =>
        requests.map(({ permission }) => decide(permission.name, credentials)),
    }),
  });
}
