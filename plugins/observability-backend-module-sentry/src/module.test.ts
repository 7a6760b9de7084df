import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { HttpPostIngressOptions } from '@backstage/plugin-events-node';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { JsonObject } from '@backstage/types';
import {
  MisconfiguredInstance,
  observabilityProvidersExtensionPoint,
  Provider,
} from '@watchkeeper/backstage-plugin-observability-node';
import { createHmac } from 'node:crypto';
import { entityWith } from './__testUtils__/harness';
import {
  eventsModuleObservabilitySentry,
  observabilityModuleSentry,
} from './module';

async function start(data: JsonObject) {
  const providers: Provider[] = [];
  const misconfigured: MisconfiguredInstance[] = [];
  const ingresses: HttpPostIngressOptions[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        observabilityProvidersExtensionPoint,
        {
          addProvider: (...added) => providers.push(...added.flat()),
          addMisconfiguredInstance: instance => misconfigured.push(instance),
        },
      ],
      [
        eventsExtensionPoint,
        {
          setEventBroker: () => {},
          addPublishers: () => {},
          addSubscribers: () => {},
          addHttpPostBodyParser: () => {},
          addHttpPostIngress: ingress => ingresses.push(ingress),
        },
      ],
    ],
    features: [
      observabilityModuleSentry,
      eventsModuleObservabilitySentry,
      metricsServiceMock.factory(),
      mockServices.rootConfig.factory({ data }),
    ],
  });
  return { providers, misconfigured, ingresses };
}

const web = entityWith({ 'sentry.io/project-slug': 'web' });

describe('the module', () => {
  it('gives a provider an instance, each with its own pace and webhook', async () => {
    const { providers, misconfigured, ingresses } = await start({
      observability: {
        sentry: {
          instances: [
            { organization: 'acme', token: 'one', webhookSecret: 'secret' },
            {
              name: 'eu',
              organization: 'acme-eu',
              token: 'two',
              baseUrl: 'https://sentry.acme.example/base/api/0/',
              schedule: {
                frequency: { minutes: 5 },
                timeout: { seconds: 100 },
              },
            },
          ],
        },
      },
    });
    expect(misconfigured).toEqual([]);
    expect(
      providers.map(({ provider, title, instance, schedule, kinds }) => ({
        provider,
        title,
        instance,
        schedule,
        kinds,
      })),
    ).toEqual([
      {
        provider: 'sentry',
        title: 'Sentry',
        instance: 'default',
        schedule: undefined,
        kinds: ['errors', 'performance', 'releases'],
      },
      expect.objectContaining({
        instance: 'eu',
        schedule: { frequencySeconds: 300, timeoutSeconds: 100 },
      }),
    ]);
    expect(providers.map(({ webhook }) => webhook?.topic)).toEqual([
      'observability-sentry',
      undefined,
    ]);
    expect(providers[1].select(web).targets).toEqual([
      expect.objectContaining({ key: 'acme-eu/web', candidate: true }),
    ]);

    const [{ topic, validator }] = ingresses;
    expect(topic).toBe('observability-sentry');
    const body = Buffer.from('{"a": "é"}');
    const statuses: (number | undefined)[] = [];
    for (const secret of ['secret', 'another']) {
      let status: number | undefined;
      await validator?.(
        {
          body: {},
          headers: {
            'sentry-hook-timestamp': String(Date.now() / 1000),
            'sentry-hook-signature': createHmac('sha256', secret)
              .update(body)
              .digest('hex'),
          },
          raw: { body, encoding: 'utf-8' },
        },
        { reject: details => (status = details?.status) },
      );
      statuses.push(status);
    }
    expect(statuses).toEqual([undefined, 403]);
  });

  it('tells of an instance that cannot be used where its data would stand, and uses the others', async () => {
    const { providers, misconfigured } = await start({
      observability: {
        sentry: {
          instances: [
            { name: 'no-token', organization: 'acme' },
            { name: 'bad', organization: 'https://acme.sentry.io', token: 'x' },
            { name: 'good', organization: 'other', token: 'x' },
          ],
        },
      },
    });
    expect(providers.map(({ instance }) => instance)).toEqual(['good']);
    expect(misconfigured).toEqual([
      expect.objectContaining({
        instance: 'no-token',
        message: expect.stringContaining(
          'observability.sentry.instances[0].token',
        ),
      }),
      expect.objectContaining({
        instance: 'bad',
        message: expect.stringMatching(
          /instances\[1\]\.organization.*not the slug of an organisation/,
        ),
      }),
    ]);
    const named = entityWith({ 'sentry.io/project-slug': 'acme/web' });
    expect(misconfigured[0].select?.(named)).toEqual({
      targets: [expect.objectContaining({ key: 'acme/web', candidate: false })],
      misconfigurations: [],
    });
    expect(providers[0].select(named)).toEqual({
      targets: [],
      misconfigurations: [],
    });
  });

  it('does nothing where Sentry is not configured', async () => {
    const { providers, misconfigured } = await start({});
    expect([...providers, ...misconfigured]).toEqual([]);
  });
});

describe('the settings of the plugin that people come from', () => {
  const proxied = (headers: JsonObject) => ({
    sentry: { organization: 'acme' },
    proxy: {
      endpoints: {
        '/sentry/api': { target: 'https://sentry.io/api/', headers },
      },
    },
  });

  it('are enough, with the token of its proxy', async () => {
    const { providers, misconfigured } = await start(
      proxied({ authorization: 'Bearer token-of-the-proxy' }),
    );
    expect(misconfigured).toEqual([]);
    expect(providers.map(({ instance }) => instance)).toEqual(['default']);
    expect(providers[0].select(web).targets).toEqual([
      expect.objectContaining({ key: 'acme/web', candidate: false }),
    ]);
  });

  it.each([
    ['no token', proxied({})],
    ['another kind of authorization', proxied({ Authorization: 'DSN x' })],
    ['no proxy', { sentry: { organization: 'acme' } }],
  ])('with %s say what is missing', async (_, data) => {
    const { providers, misconfigured } = await start(data);
    expect(providers).toEqual([]);
    expect(misconfigured).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(
          /'sentry\.organization'.*expected 'observability\.sentry\.instances'/,
        ),
      }),
    ]);
    expect(misconfigured[0].select?.(web).targets).toHaveLength(1);
  });

  it('give way to those of this module', async () => {
    const { providers } = await start({
      ...proxied({ Authorization: 'Bearer x' }),
      observability: {
        sentry: {
          instances: [{ name: 'own', organization: 'other', token: 'x' }],
        },
      },
    });
    expect(providers.map(({ instance }) => instance)).toEqual(['own']);
  });
});
