import { SentryHttpError } from '../errors';
import type { EndpointContext, EndpointRegistry } from '../http';
import {
  collectUsers,
  countEvents,
  findEvent,
  firstTimeOf,
  lastTimeOf,
} from '../model/events';
import type { ErrorStream, IssueModel } from '../model/streams';
import { everUntil, issueBase, issueFigures } from '../model/serializeIssue';
import { countSessions } from '../model/sessions';
import { groupStats } from '../model/sparkline';
import { IssueSearch } from '../query/issueSearch';
import { sendPage } from '../query/paging';
import {
  formatInstant,
  hasWindow,
  readEnvironments,
  readProjects,
  readWindow,
  type TimeWindow,
} from '../query/parameters';

const MAX_HITS = 1000;

type Sort = (row: Row, window: TimeWindow) => number;

interface Row {
  issue: IssueModel;
  /** Those of the environments asked for. */
  streams: ErrorStream[];
  lastMs: number;
}

const bySort: Record<string, Sort> = {
  date: row => row.lastMs,
  inbox: row => row.lastMs,
  recommended: row => row.lastMs,
  freq: (row, window) => countEvents(row.streams, window),
  trends: (row, window) => countEvents(row.streams, window),
  new: row => firstTimeOf(row.issue.streams, row.lastMs) ?? 0,
  user: (row, window) => collectUsers(row.streams, window).size,
};

export function registerIssues(endpoints: EndpointRegistry): void {
  endpoints.get(
    '/organizations/:organization/issues/',
    ['event:read', 'event:write', 'event:admin'],
    listIssues,
  );
  // Deprecated by the vendor, and what older clients still ask.
  endpoints.get(
    '/projects/:organization/:project/issues/',
    ['event:read', 'event:write', 'event:admin'],
    context => listIssues(ofOneProject(context)),
  );
}

function ofOneProject(context: EndpointContext): EndpointContext {
  const query = new URLSearchParams(context.query);
  query.set('project', context.request.params.project);
  return { ...context, query };
}

function listIssues(context: EndpointContext): void {
  const { query, response, now } = context;
  const projects = readProjects(context);
  if (projects.length === 0) {
    // Without a project there is no page to link to either.
    response.json([]);
    return;
  }
  const environments = readEnvironments(context);
  const window = readWindow(context, '90d');
  const period = readGroupStatsPeriod(query);
  const sort = query.get('sort') || 'date';
  if (!Object.hasOwn(bySort, sort)) {
    throw SentryHttpError.badRequest(
      `Invalid sort parameter: '${sort}' is not one of ${Object.keys(
        bySort,
      ).join(', ')}`,
    );
  }
  const text = query.get('query') ?? 'is:unresolved';
  const issues = projects.flatMap(project => project.issues);

  const hit = directHit(issues, text, query, now);
  if (hit) {
    response.setHeader('X-Sentry-Direct-Hit', '1');
    const row = { issue: hit, streams: hit.streams, lastMs: now };
    sendPage(context, [row], {
      size: 'limit',
      serialize: serializer(context, window, period, undefined),
    });
    return;
  }

  const search = new IssueSearch(context, text);
  const rows = findRows(issues, { search, environments, window });
  const score = bySort[sort];
  const scores = new Map(rows.map(row => [row, score(row, window)]));
  rows.sort(
    (one, other) =>
      scores.get(other)! - scores.get(one)! ||
      Number(other.issue.definition.id) - Number(one.issue.definition.id),
  );

  response.setHeader('X-Hits', String(Math.min(rows.length, MAX_HITS)));
  response.setHeader('X-Max-Hits', String(MAX_HITS));
  sendPage(context, rows, {
    size: 'limit',
    scoreOf: sort === 'date' ? row => row.lastMs : undefined,
    isDropped: ({ issue }) =>
      context.model.issueState(issue).status === 'pending_deletion',
    serialize: serializer(context, window, period, search),
  });
}

function findRows(
  issues: IssueModel[],
  options: {
    search: IssueSearch;
    environments: Set<string> | undefined;
    window: TimeWindow;
  },
): Row[] {
  const { search, environments, window } = options;
  const rows: Row[] = [];
  for (const issue of issues) {
    const streams = environments
      ? issue.streams.filter(({ environment }) => environments.has(environment))
      : issue.streams;
    const lastMs = lastTimeOf(streams, window.toMs);
    // An issue is found in a window when it happened there.
    if (lastMs === undefined || lastMs <= window.fromMs) continue;
    if (!search.matchesIssue(issue, streams)) continue;
    rows.push({ issue, streams, lastMs });
  }
  return rows;
}

function serializer(
  context: EndpointContext,
  window: TimeWindow,
  period: '24h' | '14d' | 'auto' | undefined,
  search: IssueSearch | undefined,
) {
  const { query, now } = context;
  const expand = new Set(query.getAll('expand'));
  const collapse = new Set(query.getAll('collapse'));
  // Without a window the figures are those of all time.
  const counted = hasWindow(query) ? window : everUntil(now);

  return ({ issue, streams }: Row) => {
    const { definition } = issue;
    const statistics = (from: ErrorStream[]) =>
      period && !collapse.has('stats')
        ? { stats: { [period]: groupStats(from, period, window, now) } }
        : {};
    const first = formatInstant(firstTimeOf(issue.streams, now) ?? now);
    const restricted = search?.restrictsEvents
      ? streams.filter(stream => search.matchesEvent(stream))
      : undefined;

    return {
      ...(collapse.has('base')
        ? { id: definition.id }
        : issueBase(issue, context)),
      ...(collapse.has('unhandled')
        ? {}
        : { isUnhandled: definition.unhandled ?? false }),
      ...(collapse.has('stats') ? {} : issueFigures(streams, counted)),
      ...statistics(streams),
      ...(collapse.has('lifetime') || collapse.has('stats')
        ? {}
        : { lifetime: issueFigures(issue.streams, everUntil(now)) }),
      ...(collapse.has('filtered') || collapse.has('stats')
        ? {}
        : {
            filtered: restricted
              ? {
                  ...issueFigures(restricted, counted),
                  ...statistics(restricted),
                }
              : null,
          }),
      ...(expand.has('inbox')
        ? { inbox: { reason: 0, reason_details: null, date_added: first } }
        : {}),
      ...(expand.has('owners') ? { owners: ownersOf(issue, first) } : {}),
      ...(expand.has('sessions')
        ? { sessionCount: countSessions(issue.project.sessions, window) }
        : {}),
      ...(expand.has('integrationIssues') ? { integrationIssues: [] } : {}),
      ...(expand.has('sentryAppIssues') ? { sentryAppIssues: [] } : {}),
      ...(expand.has('latestEventHasAttachments')
        ? { latestEventHasAttachments: false }
        : {}),
      matchingEventId: null,
      matchingEventEnvironment: null,
    };
  };
}

function ownersOf({ definition, project }: IssueModel, since: string) {
  const { assignedTo } = definition;
  const [team] = project.organization.teams;
  return {
    type: 'ownershipRule',
    owner: assignedTo
      ? `${assignedTo.type}:${assignedTo.id}`
      : `team:${team?.id}`,
    date_added: since,
  };
}

/** A search that is an event's id, or on request a short id, finds just that. */
function directHit(
  issues: IssueModel[],
  text: string,
  query: URLSearchParams,
  now: number,
): IssueModel | undefined {
  const wanted = text.trim();
  if (/^[0-9a-f]{32}$/i.test(wanted)) {
    return issues.find(({ streams }) =>
      findEvent(streams, wanted.toLowerCase(), now),
    );
  }
  if (query.get('shortIdLookup') !== '1') return undefined;
  return issues.find(
    ({ definition }) =>
      definition.shortId.toLowerCase() === wanted.toLowerCase(),
  );
}

function readGroupStatsPeriod(
  query: URLSearchParams,
): '24h' | '14d' | 'auto' | undefined {
  const period = query.get('groupStatsPeriod') ?? '24h';
  if (period === '') return undefined;
  if (period === '24h' || period === '14d' || period === 'auto') return period;
  throw SentryHttpError.badRequest(
    "Invalid stats_period. Valid choices are '', '24h', '14d' and 'auto'",
  );
}
