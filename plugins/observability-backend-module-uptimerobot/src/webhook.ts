import { ProviderWebhook } from '@watchkeeper/backstage-plugin-observability-node';
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod/v4';

/** The topic of the events service, and the end of the address that UptimeRobot sends to. */
export const UPTIMEROBOT_WEBHOOK_TOPIC = 'observability-uptimerobot';

const tokenSchema = z.object({ token: z.string() });

/** People write the template of the body, so the id may have several names. */
const aboutSchema = z.object({
  monitorID: z.union([z.string(), z.number()]).optional().catch(undefined),
  monitorId: z.union([z.string(), z.number()]).optional().catch(undefined),
});

/**
 * The deliveries of UptimeRobot's webhooks. They are not signed: what tells the
 * sender is a secret that the webhook is set up to send along. What it says of
 * a monitor is not believed, the state is read from the API.
 */
export function createUptimeRobotWebhook(options: {
  secret: string;
}): ProviderWebhook {
  const { secret } = options;
  return {
    topic: UPTIMEROBOT_WEBHOOK_TOPIC,
    verify: ({ headers, rawBody }) => {
      const [, header] =
        Object.entries(headers).find(
          ([name]) => name.toLowerCase() === 'x-watchkeeper-token',
        ) ?? [];
      const sent = Array.isArray(header) ? header[0] : header;
      return isEqual(sent ?? tokenOfBody(rawBody) ?? '', secret);
    },
    targetsOf: body => {
      const about = aboutSchema.safeParse(body).data;
      const id = about?.monitorID ?? about?.monitorId;
      // A target may hold several monitors, and all are read in one go anyway.
      return id === undefined ? 'none' : 'all';
    },
  };
}

function tokenOfBody(rawBody: Buffer): string | undefined {
  try {
    return tokenSchema.safeParse(JSON.parse(rawBody.toString('utf8'))).data
      ?.token;
  } catch {
    // Not JSON: then there is no token in it.
    return undefined;
  }
}

/** In constant time, whatever the lengths are. */
function isEqual(sent: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return secret.length > 0 && timingSafeEqual(hash(sent), hash(secret));
}
