import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { HttpPostIngressOptions } from '@backstage/plugin-events-node';
import { JsonObject } from '@backstage/types';
import {
  MisconfiguredOnCallInstance,
  observabilityOnCallExtensionPoint,
  OnCallProvider,
} from '@watchkeeper/backstage-plugin-observability-node';
import { createHmac } from 'node:crypto';
import { entityWith } from './__testUtils__/harness';
import {
  eventsModuleObservabilityPagerDuty,
  observabilityModulePagerDuty,
} from './module';

async function start(data: JsonObject) {
  const providers: OnCallProvider[] = [];
  const misconfigured: MisconfiguredOnCallInstance[] = [];
  const ingresses: HttpPostIngressOptions[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        observabilityOnCallExtensionPoint,
        {
          addProvider: (...added) => providers.push(...added.flat()),
          addMisconfiguredInstance: one => misconfigured.push(one),
        },
      ],
      [
        eventsExtensionPoint,
        {
          setEventBroker: () => {},
          addPublishers: () => {},
          addSubscribers: () => {},
          addHttpPostBodyParser: () => {},
          addHttpPostIngress: options => ingresses.push(options),
        },
      ],
    ],
    features: [
      observabilityModulePagerDuty,
      eventsModuleObservabilityPagerDuty,
      metricsServiceMock.factory(),
      mockServices.rootConfig.factory({ data }),
    ],
  });
  return { providers, misconfigured, ingresses };
}

describe('the module', () => {
  it('adds an account for each, and says which cannot be used and what it would answer', async () => {
    const { providers, misconfigured } = await start({
      observability: {
        pagerDuty: {
          accounts: [{ apiToken: 'a', allowOverrides: true }, { name: 'eu' }],
        },
      },
    });
    expect(providers).toEqual([
      expect.objectContaining({
        provider: 'pagerduty',
        title: 'PagerDuty',
        instance: 'default',
        override: expect.any(Function),
      }),
    ]);
    expect(misconfigured).toEqual([
      expect.objectContaining({ provider: 'pagerduty', instance: 'eu' }),
    ]);
    expect(
      misconfigured[0].select?.(
        entityWith({ 'pagerduty.com/service-id': 'PABC123' }),
      ).services,
    ).toHaveLength(1);
  });

  it('lets in webhooks that an account signed, and no others', async () => {
    const { ingresses } = await start({
      observability: {
        pagerDuty: { accounts: [{ apiToken: 'a', webhookSecret: 'secret' }] },
      },
    });
    expect(ingresses).toEqual([
      expect.objectContaining({ topic: 'observability-pagerduty' }),
    ]);
    const body = Buffer.from('{}');
    const deliver = async (secret: string) => {
      const reject = jest.fn();
      await ingresses[0].validator?.(
        {
          body: {},
          headers: {
            'x-pagerduty-signature': `v1=${createHmac('sha256', secret)
              .update(body)
              .digest('hex')}`,
          },
          raw: { body, encoding: 'utf-8' },
        },
        { reject },
      );
      return reject.mock.calls.length === 0;
    };
    await expect(deliver('secret')).resolves.toBe(true);
    await expect(deliver('another')).resolves.toBe(false);
  });
});
