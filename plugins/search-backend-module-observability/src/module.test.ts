import {
  createBackendPlugin,
  coreServices,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import searchPlugin from '@backstage/plugin-search-backend';
import { onCallReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import searchModuleObservability from './index';

// Each test starts a whole portal, which takes long on a busy machine.
jest.setTimeout(60_000);

const BILLING = 'component:default/billing';
const SHOP = 'component:default/shop';

const runbook = (id: string, fields: Record<string, unknown>) => ({
  id,
  title: id,
  alerts: [],
  symptoms: [],
  tags: [],
  entityRefs: [],
  markdown: '',
  ...fields,
});
const RUNBOOKS = [
  runbook('queue/stuck', {
    title: 'Jobs pile up',
    alerts: ['QueueBacklog'],
    symptoms: ['exports hang'],
    owner: 'group:default/shop',
    markdown: 'Look for the poisoned one.',
    entityRefs: [BILLING, SHOP],
  }),
  runbook('secret', {
    title: 'Poisoned ledger',
    entityRefs: [BILLING],
  }),
  runbook('anybody', { title: 'Poisoned well' }),
];
const SCHEDULE = {
  schedule: {
    name: 'crm',
    title: 'CRM, day and night',
    owner: 'group:default/crm-team',
    timeZone: 'Europe/Paris',
    levels: [{ name: 'primary', layers: [{ members: ['user:default/ana'] }] }],
  },
  people: [{ entityRef: 'user:default/ana', displayName: 'Ana Duarte' }],
};

/** A portal with the search and what the observability plugin would answer. */
async function startPortal(options?: { mayReadOnCall?: boolean }) {
  const answers = new Map<string, unknown>([
    // Two pages, of which the second names a runbook that is gone by then.
    ['/v1/runbooks', { items: RUNBOOKS.slice(0, 2), nextCursor: 'more' }],
    [
      '/v1/runbooks more',
      { items: [...RUNBOOKS.slice(2), { id: 'gone meanwhile' }] },
    ],
    ...RUNBOOKS.map(
      one => [`/v1/runbooks/${encodeURIComponent(one.id)}`, one] as const,
    ),
    ['/v1/on-call/schedules', { items: [{ name: 'crm' }] }],
    ['/v1/on-call/schedules/crm', SCHEDULE],
  ]);
  const failing = new Set<string>();
  const tasks = new Map<string, () => Promise<void>>();
  const observabilityPlugin = createBackendPlugin({
    pluginId: 'observability',
    register(registration) {
      registration.registerInit({
        deps: {
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
        },
        async init({ httpAuth, httpRouter }) {
          httpRouter.use(async (request, response) => {
            await httpAuth.credentials(request, { allow: ['service'] });
            const { pathname, searchParams } = new URL(
              request.url,
              'http://localhost',
            );
            const page = [pathname, searchParams.get('cursor')]
              .filter(Boolean)
              .join(' ');
            if (failing.has(page)) {
              response.status(503).json({ error: { message: 'Try later' } });
            } else if (answers.has(page)) {
              response.json(answers.get(page));
            } else {
              response.status(404).json({ error: { message: 'None' } });
            }
          });
        },
      });
    },
  });
  const { server } = await startTestBackend({
    features: [
      searchPlugin,
      searchModuleObservability,
      observabilityPlugin,
      mockServices.rootConfig.factory({
        data: { permission: { enabled: true } },
      }),
      mockServices.scheduler.mock({
        createScheduledTaskRunner: () => ({
          run: async ({ id, fn }) => {
            tasks.set(id, async () => fn(new AbortController().signal));
          },
        }),
      }).factory,
      mockServices.permissions.mock({
        authorizeConditional: async requests =>
          requests.map(
            ({ permission }): PolicyDecision => ({
              result: AuthorizeResult.CONDITIONAL,
              pluginId: 'catalog',
              resourceType: isResourcePermission(permission)
                ? permission.resourceType
                : '',
              conditions: {
                rule: 'ANY',
                resourceType: 'catalog-entity',
                params: {},
              },
            }),
          ),
        authorize: async requests =>
          requests.map(({ permission, ...request }) => {
            const isAllowed =
              permission.name === onCallReadPermission.name
                ? options?.mayReadOnCall ?? true
                : 'resourceRef' in request && request.resourceRef === SHOP;
            return {
              result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
            };
          }),
      }).factory,
    ],
  });
  return {
    failing,
    /** Reads for the search what belongs to a type, as the schedule would. */
    async index(type: 'runbooks' | 'schedules') {
      const id = [...tasks.keys()].find(task => task.endsWith(type));
      await tasks.get(id ?? '')?.();
    },
    async search(term: string): Promise<Record<string, unknown>[]> {
      const response = await fetch(
        `http://localhost:${server.port()}/api/search/query?${new URLSearchParams(
          { term },
        )}`,
      );
      const { results } = await response.json();
      return results.map(
        (result: { document: Record<string, unknown> }) => result.document,
      );
    },
  };
}

describe('searchModuleObservability', () => {
  it('finds the runbooks of entities that one may read, and those of none', async () => {
    const portal = await startPortal();
    await portal.index('runbooks');

    const found = await portal.search('poisoned');

    expect(found.map(({ location }) => location).sort()).toEqual([
      '/observability/runbooks/anybody',
      `/observability/runbooks/queue%2Fstuck?entityRef=${encodeURIComponent(
        SHOP,
      )}`,
    ]);
    for (const term of ['QueueBacklog', 'exports', 'jobs']) {
      expect(await portal.search(term)).toEqual([
        expect.objectContaining({
          title: 'Jobs pile up',
          alerts: 'QueueBacklog',
          owner: 'group:default/shop',
          entityRef: SHOP,
        }),
      ]);
    }
  });

  it('finds schedules by their title, their owner and their people', async () => {
    const portal = await startPortal();
    await portal.index('schedules');

    for (const term of ['night', 'crm', 'Duarte', 'ana']) {
      expect(await portal.search(term)).toEqual([
        expect.objectContaining({
          title: 'CRM, day and night',
          location: '/observability/on-call?schedule=crm',
        }),
      ]);
    }
  });

  it('hides schedules from those who may not see who is on call', async () => {
    const portal = await startPortal({ mayReadOnCall: false });
    await portal.index('runbooks');
    await portal.index('schedules');

    expect(await portal.search('crm')).toEqual([]);
    expect(await portal.search('poisoned')).toHaveLength(2);
  });

  it('keeps what it found before when the plugin answers with an error', async () => {
    const portal = await startPortal();
    await portal.index('runbooks');
    const before = await portal.search('poisoned');
    portal.failing.add('/v1/runbooks more');

    await expect(portal.index('runbooks')).rejects.toThrow(/503/);

    expect(await portal.search('poisoned')).toEqual(before);
    expect(before).toHaveLength(2);
  });
});
