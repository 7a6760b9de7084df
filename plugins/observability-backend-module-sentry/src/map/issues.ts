import { Issue } from '@watchkeeper/backstage-plugin-observability-common';
import {
  finiteNumber,
  optionalPlainText,
  plainText,
  webUrl,
} from '@watchkeeper/backstage-plugin-observability-node';
import { SentryIssue } from '../api/schemas';
import { SentryPages } from './SentryPages';
import { instant } from './text';

const TREND_HOURS = 24;

/** An issue of Sentry in our words. */
export function toIssue(issue: SentryIssue, pages: SentryPages): Issue {
  return {
    id: issue.id,
    shortId: plainText(issue.shortId, 100) || issue.id,
    title: plainText(issue.title) || 'Untitled',
    culprit: optionalPlainText(issue.culprit),
    level: plainText(issue.level, 50) || 'unknown',
    status: plainText(issue.status, 50) || 'unknown',
    substatus: optionalPlainText(issue.substatus, 50),
    priority: optionalPlainText(issue.priority, 50),
    unhandled: issue.isUnhandled,
    events: count(issue.count),
    users: count(issue.userCount),
    firstSeen: instant(issue.lifetime?.firstSeen ?? issue.firstSeen),
    lastSeen: instant(issue.lastSeen ?? issue.lifetime?.lastSeen),
    assignee: toAssignee(issue.assignedTo),
    url: webUrl(issue.permalink) ?? pages.issue(issue.id),
    trend: toTrend(issue.stats),
  };
}

/**
 * Whether an issue reports a slow query: a message that a service sends about
 * itself, `Slow query: Model.action`.
 */
export function isSlowQuery(issue: SentryIssue): boolean {
  return /^\s*slow query:\s*\S/i.test(issue.title ?? '');
}

function toAssignee(assignee: SentryIssue['assignedTo']): Issue['assignee'] {
  if (assignee?.type !== 'user' && assignee?.type !== 'team') return undefined;
  const name = plainText(assignee.name || assignee.email, 200);
  return name ? { type: assignee.type, name } : undefined;
}

/** Whatever key it comes under, the last 24 numbers, with zeros where it begins later. */
function toTrend(stats: SentryIssue['stats']): number[] {
  const points = stats?.['24h'] ?? stats?.auto ?? [];
  const counts = points
    .map(point => count(finiteNumber(point[1])))
    .slice(-TREND_HOURS);
  return [
    ...Array.from({ length: TREND_HOURS - counts.length }, () => 0),
    ...counts,
  ];
}

function count(value: number | undefined): number {
  return Math.max(0, value ?? 0);
}
