import { createHmac, randomUUID } from 'node:crypto';

/** @public */
export interface PagerDutyWebhook {
  /** Where to send it; on this machine. */
  to: string;
  secret: string;
  /** Default: `service.updated`. */
  eventType?: string;
  /** Instead of the body that would be sent. */
  body?: unknown;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Signs and sends what PagerDuty would; once more, under the same id, where it was not taken. */
export async function sendWebhook(
  webhook: PagerDutyWebhook,
  now: Date,
): Promise<{ status: number; body: string }> {
  const target = new URL(webhook.to);
  if (!LOOPBACK.has(target.hostname)) {
    throw new Error(`Webhooks go to this machine only, not ${target.hostname}`);
  }
  const body = JSON.stringify(
    webhook.body ?? {
      event: {
        id: randomUUID(),
        event_type: webhook.eventType ?? 'service.updated',
        resource_type: 'service',
        occurred_at: now.toISOString(),
        agent: null,
        client: null,
        data: { id: 'PSWORK1', type: 'service' },
      },
    },
  );
  const signature = createHmac('sha256', webhook.secret)
    .update(body)
    .digest('hex');
  const headers = {
    'Content-Type': 'application/json',
    'X-PagerDuty-Signature': `v1=${signature}`,
    'X-Webhook-Id': randomUUID(),
  };
  const send = () =>
    fetch(target, { method: 'POST', redirect: 'manual', headers, body });
  let response = await send();
  if (response.status === 429 || response.status >= 500) {
    response = await send();
  }
  return { status: response.status, body: await response.text() };
}
