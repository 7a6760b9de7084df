import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { JsonObject } from '@backstage/types';
import {
  MisconfiguredInstance,
  observabilityProvidersExtensionPoint,
  Provider,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  collectAll,
  createCollectRequest,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import {
  startSupabaseStandIn,
  VISION_CRM_SUPABASE_REF as prod,
} from '@watchkeeper/stand-ins';
import supabaseModule from '.';
import { entityOf } from './__testUtils__/harness';

async function start(supabase?: JsonObject) {
  const providers: Provider[] = [];
  const misconfigured: MisconfiguredInstance[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        observabilityProvidersExtensionPoint,
        {
          addProvider: (...added) => providers.push(...added.flat()),
          addMisconfiguredInstance: instance => misconfigured.push(instance),
        },
      ],
    ],
    features: [
      supabaseModule,
      metricsServiceMock.factory(),
      mockServices.rootConfig.factory({
        data: supabase ? { observability: { supabase } } : {},
      }),
    ],
  });
  return { providers, misconfigured };
}

describe('the module', () => {
  it('gives a provider an instance, which reads with its token and keys', async () => {
    const standIn = await startSupabaseStandIn();
    const { providers, misconfigured } = await start({
      instances: [
        {
          accessToken: 'sbp_stand-in',
          // As people copy it.
          baseUrl: `${standIn.url}/v1/`,
          projects: [
            {
              ref: prod,
              serviceRoleKey: 'sb_secret_stand-in',
              metricsUrl: standIn.metricsUrl(prod),
            },
          ],
          schedule: { frequency: { minutes: 2 } },
        },
      ],
    });
    expect(misconfigured).toEqual([]);
    const [provider] = providers;
    expect(provider).toMatchObject({
      provider: 'supabase',
      title: 'Supabase',
      instance: 'default',
      kinds: ['database'],
      schedule: { frequencySeconds: 120, timeoutSeconds: 100 },
    });
    const { targets } = provider.select(entityOf(` ${prod.toUpperCase()},`));
    expect(targets).toEqual([
      { key: prod, kinds: ['database'], candidate: false },
    ]);
    const { results } = await collectAll(
      provider,
      createCollectRequest({
        targets: [{ ...targets[0], candidate: false, requested: true }],
        now: standIn.control.clock.now(),
      }),
    );
    expect(results[0].results[0]).toMatchObject({
      data: { state: 'active', connections: { max: 100 } },
    });
    await standIn.close();
  });

  it('makes candidates of the projects where there are several instances', async () => {
    const { providers } = await start({
      instances: [
        { name: 'one', accessToken: 'x' },
        { name: 'two', accessToken: 'y' },
      ],
    });
    expect(
      providers.map(provider => provider.select(entityOf(prod)).targets),
    ).toEqual([
      [expect.objectContaining({ key: prod, candidate: true })],
      [expect.objectContaining({ key: prod, candidate: true })],
    ]);
  });

  it.each([
    ['no token', {}, /instances\[0\]\.accessToken/],
    [
      'no reference',
      {
        accessToken: 'x',
        projects: [{ ref: 'https://x', serviceRoleKey: 'y' }],
      },
      /projects\[0\]\.ref' .* not the reference of a project/,
    ],
    [
      'no key',
      { accessToken: 'x', projects: [{ ref: prod }] },
      /projects\[0\]\.serviceRoleKey/,
    ],
    [
      'a project twice',
      {
        accessToken: 'x',
        projects: [
          { ref: prod, serviceRoleKey: 'secret-y' },
          { ref: prod, serviceRoleKey: 'secret-z' },
        ],
      },
      /more than once/,
    ],
    [
      'an address that is none',
      {
        accessToken: 'x',
        projects: [
          { ref: prod, serviceRoleKey: 'secret-y', metricsUrl: 'metrics' },
        ],
      },
      /metricsUrl is not a URL/,
    ],
  ])(
    'with %s says what is wrong, on the page and without secrets',
    async (_, instance, message) => {
      const { providers, misconfigured } = await start({
        instances: [instance],
      });
      expect(providers).toEqual([]);
      expect(misconfigured).toEqual([
        expect.objectContaining({ message: expect.stringMatching(message) }),
      ]);
      expect(misconfigured[0].message).not.toContain('secret-');
      expect(misconfigured[0].select?.(entityOf(prod)).targets).toHaveLength(1);
    },
  );

  it('does nothing where Supabase is not configured', async () => {
    const { providers, misconfigured } = await start();
    expect([...providers, ...misconfigured]).toEqual([]);
  });
});
