import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { HttpPostIngressOptions } from '@backstage/plugin-events-node';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { createWebhookIngressModule } from './createWebhookIngressModule';

async function startIngress(secrets: string[]) {
  const ingresses: HttpPostIngressOptions[] = [];
  await startTestBackend({
    extensionPoints: [
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
      mockServices.rootConfig.factory({ data: { secrets } }),
      createWebhookIngressModule({
        provider: 'fake',
        topic: 'observability-fake',
        readWebhooks: config =>
          config.getStringArray('secrets').map(secret => ({
            verify: ({ headers, rawBody }) =>
              headers['x-token'] === secret &&
              rawBody.toString() === '{"a": 1}',
          })),
      }),
    ],
  });
  return ingresses[0];
}

async function send(
  ingress: HttpPostIngressOptions,
  token: string,
): Promise<number | undefined> {
  let status: number | undefined;
  await ingress.validator?.(
    {
      body: { a: 1 },
      headers: { 'x-token': token },
      raw: { body: Buffer.from('{"a": 1}'), encoding: 'utf-8' },
    },
    { reject: details => (status = details?.status) },
  );
  return status;
}

describe('createWebhookIngressModule', () => {
  it('lets in what one of the instances verifies over the raw body', async () => {
    const ingress = await startIngress(['one', 'two']);
    expect(ingress.topic).toBe('observability-fake');
    await expect(send(ingress, 'two')).resolves.toBeUndefined();
    await expect(send(ingress, 'three')).resolves.toBe(403);
  });

  it('turns everything away where no instance has a secret', async () => {
    await expect(send(await startIngress([]), '')).resolves.toBe(403);
  });
});
