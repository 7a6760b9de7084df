import type { AccountModel } from './model/AccountModel';

/** @public */
export interface UptimeRobotWebhook {
  /** Where to send it; on this machine. */
  to: string;
  /** Sent in the header `X-Watchkeeper-Token`. */
  secret: string;
  /** Id or name of the monitor that it is about. */
  monitor: number | string;
  /** Sends the secret as `token` in the body instead. */
  inBody?: boolean;
  /** Instead of the body that follows from the scenario. */
  body?: unknown;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Sends what the vendor would; answers the status and the text that came back. */
export async function sendWebhook(
  webhook: UptimeRobotWebhook,
  context: { account: AccountModel; nowMs: number },
): Promise<{ status: number; body: string }> {
  const target = new URL(webhook.to);
  if (!LOOPBACK.has(target.hostname)) {
    throw new Error(`Webhooks go to this machine only, not ${target.hostname}`);
  }
  const body: unknown = webhook.body ?? createBody(webhook, context);
  const { secret, inBody = false } = webhook;
  const response = await fetch(target, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'Content-Type': 'application/json',
      ...(inBody ? {} : { 'X-Watchkeeper-Token': secret }),
    },
    body: JSON.stringify(inBody ? { token: secret, ...Object(body) } : body),
  });
  return { status: response.status, body: await response.text() };
}

/**
 * The template that the module's documentation gives, filled in. While a
 * monitor is down there is no duration, and the vendor leaves those names as
 * they are.
 */
function createBody(
  webhook: UptimeRobotWebhook,
  { account, nowMs }: { account: AccountModel; nowMs: number },
) {
  const monitor = account.monitor(webhook.monitor);
  if (!monitor) throw new Error(`No monitor '${webhook.monitor}'`);
  const { state, fromMs, cause, reason } = monitor.current(nowMs);
  const isDown = state === 'down';
  const incident = monitor
    .incidentsUntil(nowMs)
    .find(({ type }) => type === 'DOWNTIME');
  const seconds = incident
    ? Math.floor(((incident.endedMs ?? nowMs) - incident.startedMs) / 1000)
    : 0;
  return {
    monitorID: String(monitor.id),
    monitorURL: monitor.definition.url,
    monitorFriendlyName: monitor.definition.name,
    alertType: isDown ? '1' : '2',
    alertTypeFriendlyName: isDown ? 'Down' : 'Up',
    alertDetails: isDown ? `HTTP ${cause} - ${reason}` : 'HTTP 200 - OK',
    alertDuration: isDown ? '*alertDuration*' : String(seconds),
    alertFriendlyDuration: isDown
      ? '*alertFriendlyDuration*'
      : `${Math.floor(seconds / 60)} minutes and ${seconds % 60} seconds`,
    alertDateTime: String(Math.floor(fromMs / 1000)),
  };
}
