import { createHmac, randomUUID } from 'node:crypto';
import { issueBase, issueFigures, everUntil } from './model/serializeIssue';
import { serializeFullEvent } from './model/serializeEvent';
import { newestEvents } from './model/events';
import { formatInstant } from './query/parameters';
import type { SentryMode } from './http';
import type { SentryModel } from './model/SentryModel';
import type { ProjectModel } from './model/ProjectModel';
import type { IssueModel } from './model/streams';

/** @public */
export interface SentryWebhook {
  /** Where to send it; on this machine. */
  to: string;
  secret: string;
  resource:
    | 'issue'
    | 'event_alert'
    | 'metric_alert'
    | 'error'
    | 'installation'
    | (string & {});
  /** Slug of the project that it is about. */
  project: string;
  /** By default the resource's usual one. */
  action?: string;
  /** Which issue, by id or short id; by default the busiest of late. */
  issue?: string;
  /** Instead of the body that follows from the scenario. */
  body?: unknown;
  /** Sends a signature that does not fit. */
  badSignature?: boolean;
  headers?: Record<string, string>;
}

const USUAL_ACTIONS: Record<string, string> = {
  issue: 'created',
  event_alert: 'triggered',
  metric_alert: 'critical',
  error: 'created',
  installation: 'created',
};

const INSTALLATION = '5a1c9e2e-6c5f-4f0e-9a53-1f2f9a6a7b10';
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The vendor's signature of a body. */
export function signWebhook(rawBody: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(rawBody).digest('hex');
}

/** Sends a signed webhook; answers the status and the text that came back. */
export async function sendWebhook(
  webhook: SentryWebhook,
  context: { model: SentryModel; mode: SentryMode; baseUrl: string; now: Date },
): Promise<{ status: number; body: string }> {
  const target = new URL(webhook.to);
  if (!LOOPBACK.has(target.hostname)) {
    throw new Error(`Webhooks go to this machine only, not ${target.hostname}`);
  }
  const rawBody = JSON.stringify(
    webhook.body === undefined ? createBody(webhook, context) : webhook.body,
  );
  const signed = webhook.badSignature ? `${rawBody} ` : rawBody;
  const response = await fetch(target, {
    method: 'POST',
    body: rawBody,
    redirect: 'manual',
    headers: {
      'Content-Type': 'application/json',
      'Request-ID': randomUUID().replace(/-/g, ''),
      'Sentry-Hook-Resource': webhook.resource,
      'Sentry-Hook-Timestamp': String(Math.floor(context.now.getTime() / 1000)),
      'Sentry-Hook-Signature': signWebhook(signed, webhook.secret),
      ...webhook.headers,
    },
  });
  return { status: response.status, body: await response.text() };
}

type WebhookContext = Parameters<typeof sendWebhook>[1];

function createBody(webhook: SentryWebhook, context: WebhookContext) {
  const { resource } = webhook;
  const project = context.model.project(webhook.project);
  return {
    action: webhook.action ?? USUAL_ACTIONS[resource] ?? 'created',
    actor: { type: 'application', id: 'sentry', name: 'Sentry' },
    data: dataOf(webhook, project, context),
    installation: { uuid: INSTALLATION },
  };
}

function dataOf(
  webhook: SentryWebhook,
  project: ProjectModel,
  context: WebhookContext,
) {
  switch (webhook.resource) {
    case 'installation':
      return { installation: { uuid: INSTALLATION, status: 'installed' } };
    case 'metric_alert':
      return metricAlert(webhook, project, context);
    case 'event_alert': {
      const issue = chooseIssue(webhook, project, context);
      return {
        event: eventOf(issue, context),
        triggered_rule: 'New issues of a release',
      };
    }
    case 'error':
      return {
        error: eventOf(chooseIssue(webhook, project, context), context),
      };
    default: {
      const issue = chooseIssue(webhook, project, context);
      const now = context.now.getTime();
      const { permalink, ...base } = issueBase(issue, context);
      return {
        issue: {
          ...base,
          ...issueFigures(issue.streams, everUntil(now)),
          // Webhooks leave the permalink out and carry these instead.
          permalink: null,
          web_url: permalink,
          url: `${context.baseUrl}/api/0/organizations/${project.organization.slug}/issues/${issue.definition.id}/`,
          project_url: `${context.baseUrl}/api/0/projects/${project.organization.slug}/${project.definition.slug}/`,
        },
        ...(webhook.action === 'resolved' ? { resolution_type: 'now' } : {}),
      };
    }
  }
}

function chooseIssue(
  webhook: SentryWebhook,
  project: ProjectModel,
  { now }: WebhookContext,
): IssueModel {
  const { issue: wanted } = webhook;
  const chosen = wanted
    ? project.issues.find(
        ({ definition }) =>
          definition.id === wanted || definition.shortId === wanted,
      )
    : busiest(project, now.getTime());
  if (!chosen) throw new Error(`The world has no issue for this webhook`);
  return chosen;
}

function busiest(project: ProjectModel, now: number): IssueModel | undefined {
  const window = { fromMs: now - 3_600_000, toMs: now };
  const count = (issue: IssueModel) =>
    issue.streams.reduce(
      (sum, { occurrences }) =>
        sum + occurrences.countBetween(window.fromMs, window.toMs),
      0,
    );
  return [...project.issues].sort((one, other) => count(other) - count(one))[0];
}

function eventOf(issue: IssueModel, { now, baseUrl }: WebhookContext) {
  const { organization, definition } = issue.project;
  const nowMs = now.getTime();
  const [event] = newestEvents(issue.streams, everUntil(nowMs), 1);
  if (!event) throw new Error('The issue has not happened yet');
  const full = serializeFullEvent(issue, event, nowMs);
  const issueUrl = `${baseUrl}/api/0/organizations/${organization.slug}/issues/${issue.definition.id}/`;
  return {
    event_id: full.eventID,
    issue_id: issue.definition.id,
    issue_url: issueUrl,
    url: `${issueUrl}events/${full.eventID}/`,
    web_url: `${baseUrl}/organizations/${organization.slug}/issues/${issue.definition.id}/events/${full.eventID}/`,
    project: Number(definition.id),
    title: full.title,
    message: full.message,
    level: issue.definition.level,
    culprit: full.culprit,
    platform: full.platform,
    release: event.stream.release,
    environment: event.stream.environment,
    metadata: full.metadata,
    tags: full.tags.map(({ key, value }) => [key, value]),
    timestamp: event.timeMs / 1000,
    datetime: formatInstant(event.timeMs),
    user: full.user,
  };
}

function metricAlert(
  webhook: SentryWebhook,
  { definition, organization }: ProjectModel,
  { now, baseUrl }: WebhookContext,
) {
  const action = webhook.action ?? 'critical';
  const started = formatInstant(now.getTime() - 60_000);
  const titles: Record<string, string> = {
    critical: 'Critical',
    warning: 'Warning',
    resolved: 'Resolved',
  };
  return {
    metric_alert: {
      id: '4401',
      identifier: '17',
      organization_id: organization.id,
      projects: [definition.slug],
      title: 'Error spike',
      type: 2,
      status: { critical: 20, warning: 10 }[action] ?? 2,
      status_method: 3,
      date_started: started,
      date_detected: started,
      date_created: started,
      date_closed: action === 'resolved' ? formatInstant(now.getTime()) : null,
      alert_rule: {
        id: '301',
        name: 'Error spike',
        organization_id: organization.id,
        aggregate: 'count()',
        query: 'level:error',
        dataset: 'events',
        environment: 'production',
        time_window: 5,
        threshold_type: 0,
        resolve_threshold: null,
        threshold_period: 1,
        projects: [definition.slug],
        triggers: [],
        status: 0,
        created_by: null,
      },
    },
    description_title: `${titles[action] ?? action}: Error spike`,
    description_text: 'events in the last 5 minutes\nFilter: level:error',
    web_url: `${baseUrl}/organizations/${organization.slug}/alerts/rules/details/301/?alert=17`,
  };
}
