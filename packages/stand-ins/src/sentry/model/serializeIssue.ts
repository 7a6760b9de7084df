import type { SentryMode } from '../http';
import { formatInstant, type TimeWindow } from '../query/parameters';
import { collectUsers, countEvents, firstTimeOf, lastTimeOf } from './events';
import type { ProjectModel } from './ProjectModel';
import type { ErrorStream, IssueModel } from './streams';
import type { SentryModel } from './SentryModel';

/** All time, as far as the past goes. */
export function everUntil(now: number): TimeWindow {
  return { fromMs: Number.NEGATIVE_INFINITY, toMs: now };
}

/** The figures of a window; first and last seen are those within it. */
export function issueFigures(streams: ErrorStream[], window: TimeWindow) {
  const count = countEvents(streams, window);
  if (count === 0) {
    return { count: '0', userCount: 0, firstSeen: null, lastSeen: null };
  }
  const first = firstTimeOf(streams, window.toMs, window.fromMs);
  const last = lastTimeOf(streams, window.toMs);
  return {
    count: String(count),
    userCount: collectUsers(streams, window).size,
    firstSeen: first === undefined ? null : formatInstant(first),
    lastSeen: last === undefined ? null : formatInstant(last),
  };
}

export function projectReference({ definition }: ProjectModel) {
  const { id, name, slug, platform } = definition;
  return { id, name, slug, platform };
}

export function issuePermalink(
  issue: IssueModel,
  mode: SentryMode,
  baseUrl: string,
): string {
  const { organization } = issue.project;
  const { id } = issue.definition;
  if (mode === 'saas') {
    return `https://${organization.slug}.sentry.io/issues/${id}/`;
  }
  return `${baseUrl}/organizations/${organization.slug}/issues/${id}/`;
}

/** What an issue is, without any figures. */
export function issueBase(
  issue: IssueModel,
  options: { model: SentryModel; mode: SentryMode; baseUrl: string },
) {
  const { definition, project } = issue;
  const { status, substatus } = options.model.issueState(issue);
  const type = definition.type ?? 'error';
  return {
    id: definition.id,
    shareId: null,
    shortId: definition.shortId,
    title: definition.title,
    culprit: definition.culprit,
    permalink: issuePermalink(issue, options.mode, options.baseUrl),
    logger: definition.logger ?? null,
    level: definition.level,
    status,
    statusDetails: {},
    substatus,
    isPublic: false,
    platform: project.definition.platform,
    priority: definition.priority ?? 'medium',
    priorityLockedAt: null,
    seerFixabilityScore: null,
    seerAutofixLastTriggered: null,
    seerExplorerAutofixLastTriggered: null,
    project: projectReference(project),
    type,
    issueType: 'error',
    issueCategory: 'error',
    metadata: definition.metadata ?? { title: definition.title },
    numComments: definition.comments ?? 0,
    assignedTo: definition.assignedTo ?? null,
    isBookmarked: false,
    isSubscribed: false,
    subscriptionDetails: null,
    hasSeen: false,
    annotations: [],
    ...(options.mode === 'self-hosted-old'
      ? {}
      : { derivedData: derivedData(issue, status) }),
  };
}

/** How far a fix has come, as current versions tell. */
function derivedData({ definition }: IssueModel, status: string) {
  return {
    blocker: 'none',
    progress: 'not_started',
    status: status === 'resolved' ? 'closed' : 'open',
    viewCount: 0,
    hasOpenFixPr: false,
    isAssigned: definition.assignedTo !== undefined,
    hasRootCause: false,
    lastCompletedAutofixStep: '',
    lastProgressedAt: null,
  };
}
