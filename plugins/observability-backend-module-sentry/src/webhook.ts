import {
  optionalText,
  ProviderWebhook,
  vendorId,
  verifyHmac,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';

/** The topic of the events service, and the end of the address that Sentry sends to. */
export const SENTRY_WEBHOOK_TOPIC = 'observability-sentry';

/** A delivery is taken for this long after it was signed, and no earlier than that before. */
const TOLERANCE_SECONDS = 5 * 60;

const eventSchema = z.object({
  project: vendorId.optional().catch(undefined),
  url: optionalText,
});

const deliverySchema = z.object({
  data: z.object({
    issue: z
      .object({
        project: z.object({
          id: vendorId.optional().catch(undefined),
          slug: optionalText,
        }),
      })
      .optional()
      .catch(undefined),
    event: eventSchema.optional().catch(undefined),
    error: eventSchema.optional().catch(undefined),
    metric_alert: z
      .object({ projects: z.array(vendorId) })
      .optional()
      .catch(undefined),
    project_slug: optionalText,
  }),
});

/** The deliveries of Sentry's internal integrations. */
export function createSentryWebhook(options: {
  /** Of all instances: the payload does not say which it is, only the signature does. */
  organizations: readonly string[];
  /** The integration's client secret. */
  secret: string;
  now?: () => Date;
}): ProviderWebhook {
  const { organizations, secret, now = () => new Date() } = options;
  return {
    topic: SENTRY_WEBHOOK_TOPIC,
    verify: ({ headers, rawBody }) => {
      // The time is not signed, so this bounds replays of what was overheard
      // and no more; another reading of the same project does no harm.
      const sentAt = Number(headerOf(headers, 'sentry-hook-timestamp'));
      const ageSeconds = now().getTime() / 1000 - sentAt;
      if (!(Math.abs(ageSeconds) <= TOLERANCE_SECONDS)) return false;
      return verifyHmac({
        algorithm: 'sha256',
        secret,
        rawBody,
        signature: headerOf(headers, 'sentry-hook-signature') ?? '',
      });
    },
    targetsOf: body => {
      const ids = projectsOf(body).flatMap(project => [
        ...organizations.map(organization =>
          `${organization}/${project}`.toLocaleLowerCase('en'),
        ),
        ...(/^\d+$/.test(project) ? [project] : []),
      ]);
      return ids.length > 0 ? { ids: [...new Set(ids)] } : 'none';
    },
  };
}

/** Slugs and ids, from whichever resource this is; none of one that is not about projects. */
function projectsOf(body: unknown): string[] {
  const delivery = deliverySchema.safeParse(body);
  if (!delivery.success) return [];
  const { issue, event, error, metric_alert, project_slug } =
    delivery.data.data;
  return [
    issue?.project.slug,
    issue?.project.id,
    slugOfEventUrl(event?.url),
    event?.project,
    slugOfEventUrl(error?.url),
    error?.project,
    ...(metric_alert?.projects ?? []),
    project_slug,
  ].filter(
    project => project !== undefined && project.length <= 100,
  ) as string[];
}

/** An event names its project by number alone; its address in the API has the slug. */
function slugOfEventUrl(url: string | undefined): string | undefined {
  return /\/projects\/[^/]+\/([a-z0-9_-]+)\/events\//i.exec(url ?? '')?.[1];
}

function headerOf(
  headers: Record<string, string | string[] | undefined>,
  name: string,
): string | undefined {
  const entry = Object.entries(headers).find(
    ([key]) => key.toLowerCase() === name,
  );
  return Array.isArray(entry?.[1]) ? entry[1][0] : entry?.[1];
}
