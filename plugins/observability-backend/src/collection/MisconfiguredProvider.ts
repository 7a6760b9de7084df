import {
  MisconfiguredInstance,
  Provider,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';

/**
 * Stands for an instance whose configuration cannot be used: it has the targets
 * that the instance would have, and says of each what is wrong.
 */
export function createMisconfiguredProvider(
  misconfigured: MisconfiguredInstance,
): Provider {
  const { provider, instance, message } = misconfigured;
  return {
    provider,
    title: misconfigured.title,
    instance,
    kinds: misconfigured.kinds ?? [],
    annotations: misconfigured.annotations ?? [],
    select: entity =>
      misconfigured.select?.(entity) ?? { targets: [], misconfigurations: [] },
    collect: () => fail(message),
  };
}

async function* fail(message: string): ReturnType<Provider['collect']> {
  yield* [];
  throw new ProviderError({ code: 'misconfigured', message });
}
