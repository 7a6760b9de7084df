import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { CollectionService } from './CollectionService';
import { ProviderRegistry } from './ProviderRegistry';

/**
 * Has what a webhook is about read at once.
 *
 * Events arrive through the events plugin, whose ingress has verified the
 * sender (`createWebhookIngress` of observability-node). A webhook is only a
 * hint: what it says about the vendor is read from the vendor.
 */
export async function subscribeToWebhooks(options: {
  events: EventsService;
  registry: ProviderRegistry;
  collection: CollectionService;
  logger: LoggerService;
}): Promise<void> {
  const { events, registry, collection, logger } = options;
  const topics = new Set(
    registry.providers.flatMap(({ webhook }) => webhook?.topic ?? []),
  );
  for (const topic of topics) {
    await events.subscribe({
      id: `observability-${topic}`,
      topics: [topic],
      onEvent: async ({ eventPayload }) => {
        const now = new Date();
        // Instances of one vendor read the same payload, so one of them is enough.
        const provider = registry.providers.find(
          ({ webhook }) => webhook?.topic === topic,
        );
        const about = provider?.webhook?.targetsOf(eventPayload) ?? 'none';
        if (!provider || about === 'none') {
          return;
        }
        logger.debug(`A webhook of ${provider.provider} asks for a reading`);
        await collection.requestTargets(
          provider.provider,
          about === 'all' ? 'all' : about.ids,
          now,
        );
      },
    });
  }
}
