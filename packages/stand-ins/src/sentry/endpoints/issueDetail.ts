import { SentryHttpError } from '../errors';
import type { EndpointContext, EndpointRegistry } from '../http';
import {
  eventId,
  findEvent,
  firstTimeOf,
  lastTimeOf,
  newestEvents,
  countEvents,
  type ErrorEvent,
} from '../model/events';
import { serializeEvent, serializeFullEvent } from '../model/serializeEvent';
import type { ErrorStream, IssueModel } from '../model/streams';
import { everUntil, issueBase, issueFigures } from '../model/serializeIssue';
import { groupStats } from '../model/sparkline';
import { firstReleaseOf } from '../query/issueSearch';
import { sendPage } from '../query/paging';
import {
  formatInstant,
  readEnvironments,
  readOrganization,
  readWindow,
} from '../query/parameters';

const MAX_EVENTS = 2000;
const SCOPES = ['event:read', 'event:write', 'event:admin'];

/** One issue, and its events; also below the path that names no organisation. */
export function registerIssueDetail(endpoints: EndpointRegistry): void {
  const path = '/organizations/:organization/issues/:issue/';
  endpoints.get(path, SCOPES, sendIssue);
  endpoints.get(`${path}events/`, SCOPES, listIssueEvents);
  endpoints.get(`${path}events/:event/`, SCOPES, sendIssueEvent);
}

function readIssue(context: EndpointContext) {
  const { projects } = readOrganization(context);
  const wanted = context.request.params.issue;
  const environments = readEnvironments(context);
  for (const project of projects) {
    const issue = project.issues.find(
      ({ definition }) => definition.id === wanted,
    );
    if (!issue) continue;
    const { status } = context.model.issueState(issue);
    const happened = firstTimeOf(issue.streams, context.now) !== undefined;
    if (status === 'pending_deletion' || !happened) break;
    const streams = issue.streams.filter(
      stream => environments?.has(stream.environment) ?? true,
    );
    return { issue, streams };
  }
  throw SentryHttpError.notFound();
}

function sendIssue(context: EndpointContext): void {
  const { now, query } = context;
  const { issue, streams } = readIssue(context);
  const collapse = new Set(query.getAll('collapse'));
  const ever = everUntil(now);
  const first = firstTimeOf(issue.streams, now)!;

  context.response.json({
    ...issueBase(issue, context),
    isUnhandled: issue.definition.unhandled ?? false,
    ...issueFigures(streams, ever),
    activity: [
      {
        id: '0',
        type: 'first_seen',
        user: null,
        data: {},
        dateCreated: formatInstant(first),
      },
    ],
    seenBy: [],
    participants: [],
    userReportCount: 0,
    ...(collapse.has('release')
      ? {}
      : {
          firstRelease: release(issue, firstReleaseOf(issue, now)),
          lastRelease: release(issue, lastReleaseOf(streams, now)),
        }),
    ...(collapse.has('tags') ? {} : { tags: tagsOf(streams, now) }),
    ...(collapse.has('stats')
      ? {}
      : {
          stats: {
            '24h': groupStats(streams, '24h', ever, now),
            '30d': groupStats(streams, '30d', ever, now),
          },
        }),
  });
}

function listIssueEvents(context: EndpointContext): void {
  const { issue, streams } = readIssue(context);
  const window = readWindow(context, '90d');
  const isFull = ['1', 'true'].includes(context.query.get('full') ?? '');
  const events = newestEvents(streams, window, MAX_EVENTS);
  sendPage(context, events, {
    serialize: event =>
      isFull
        ? serializeFullEvent(issue, event, context.now)
        : serializeEvent(issue, event),
  });
}

function sendIssueEvent(context: EndpointContext): void {
  const { issue, streams } = readIssue(context);
  const { now } = context;
  const wanted = context.request.params.event;
  const newest = newestEvents(streams, everUntil(now), MAX_EVENTS);
  const named: Record<string, ErrorEvent | undefined> = {
    latest: newest[0],
    recommended: newest[0],
    oldest: newest.at(-1),
  };
  const event = Object.hasOwn(named, wanted)
    ? named[wanted]
    : findEvent(streams, wanted, now);
  if (!event) {
    throw new SentryHttpError(404, 'No matching event');
  }
  const position = newest.findIndex(other => eventId(other) === eventId(event));
  context.response.json({
    ...serializeFullEvent(issue, event, now),
    previousEventID: position < 0 ? null : idAt(newest, position + 1),
    nextEventID: idAt(newest, position - 1),
  });
}

function idAt(events: ErrorEvent[], position: number): string | null {
  const event = events[position];
  return event ? eventId(event) : null;
}

function lastReleaseOf(
  streams: ErrorStream[],
  now: number,
): string | undefined {
  let lastMs = Number.NEGATIVE_INFINITY;
  let version: string | undefined;
  for (const stream of streams) {
    const timeMs = lastTimeOf([stream], now);
    if (timeMs !== undefined && timeMs > lastMs) {
      lastMs = timeMs;
      version = stream.release;
    }
  }
  return version;
}

function release({ project }: IssueModel, version: string | undefined) {
  const definition = project.definition.releases.find(
    other => other.version === version,
  );
  if (!definition) return null;
  return {
    version,
    shortVersion: definition.version,
    dateCreated: formatInstant(project.startMs + definition.createdAt),
    dateReleased: null,
    ref: null,
    url: definition.url ?? null,
  };
}

function tagsOf(streams: ErrorStream[], now: number) {
  const totalValues = countEvents(streams, everUntil(now));
  return ['environment', 'level', 'release'].map(key => ({
    key,
    name: key[0].toUpperCase() + key.slice(1),
    totalValues,
  }));
}
