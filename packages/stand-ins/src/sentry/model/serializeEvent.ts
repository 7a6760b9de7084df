import { unitValue } from '../../shared/random';
import { formatInstant } from '../query/parameters';
import { eventId, userOf, type ErrorEvent } from './events';
import type { IssueModel } from './streams';

/** An event as lists show it. */
export function serializeEvent(issue: IssueModel, event: ErrorEvent) {
  const { definition, project } = issue;
  const id = eventId(event);
  return {
    id,
    'event.type': definition.type ?? 'error',
    groupID: definition.id,
    eventID: id,
    projectID: project.definition.id,
    message: definition.title,
    title: definition.title,
    location: locationOf(issue),
    culprit: definition.culprit,
    user: serializeUser(event),
    tags: tagsOf(event),
    platform: project.definition.platform,
    dateCreated: formatInstant(event.timeMs),
    crashFile: null,
    metadata: definition.metadata ?? { title: definition.title },
  };
}

/** An event with its body: the stack, and what the code added (`context`). */
export function serializeFullEvent(
  issue: IssueModel,
  event: ErrorEvent,
  now: number,
) {
  const { definition, project } = issue;
  const { 'event.type': type, ...base } = serializeEvent(issue, event);
  const unit = unitValue(event.stream.occurrences.seed ^ 5, event.index);
  return {
    ...base,
    type,
    platform: project.definition.platform ?? 'other',
    dateReceived: formatInstant(Math.min(now, event.timeMs + 400)),
    contexts: {
      runtime: { name: 'node', version: 'v24.1.0', type: 'runtime' },
    },
    context: definition.extra?.(unit) ?? {},
    packages: {},
    size: 4096,
    dist: null,
    sdk: { name: 'sentry.javascript.node', version: '10.1.0' },
    entries: entriesOf(issue),
    errors: [],
    occurrence: null,
    _meta: {},
    fingerprints: [],
    release: { version: event.stream.release },
    userReport: null,
    sdkUpdates: [],
    resolvedWith: [],
    nextEventID: null,
    previousEventID: null,
  };
}

function serializeUser({ stream, index }: ErrorEvent) {
  if (stream.issue.definition.users === 0) return null;
  const number = userOf(stream, index);
  return {
    id: String(number),
    email: `person-${number}@customer.example`,
    username: null,
    ip_address: null,
    name: null,
  };
}

function tagsOf({ stream }: ErrorEvent) {
  return [
    { key: 'environment', value: stream.environment },
    { key: 'level', value: stream.issue.definition.level },
    { key: 'release', value: stream.release },
  ];
}

function locationOf({ definition }: IssueModel): string | null {
  const filename = definition.metadata?.filename;
  return typeof filename === 'string' ? filename : null;
}

function entriesOf(issue: IssueModel) {
  const { definition } = issue;
  const type = definition.metadata?.type;
  if (typeof type !== 'string') {
    return [{ type: 'message', data: { formatted: definition.title } }];
  }
  return [
    {
      type: 'exception',
      data: {
        values: [
          {
            type,
            value: definition.metadata?.value ?? '',
            mechanism: {
              type: 'generic',
              handled: !(definition.unhandled ?? false),
            },
            stacktrace: {
              frames: [
                {
                  filename: locationOf(issue) ?? 'src/index.ts',
                  function: definition.metadata?.function ?? '<anonymous>',
                  lineNo: 42,
                  inApp: true,
                },
              ],
            },
          },
        ],
      },
    },
  ];
}
