import { SentryHttpError } from '../errors';
import type { EndpointContext, EndpointRegistry } from '../http';
import type { SessionStream } from '../model/streams';
import { countPeople, countSessions, crashFree } from '../model/sessions';
import { groupStreams, readBuckets } from '../query/buckets';
import { sendPage } from '../query/paging';
import {
  formatSeconds,
  readEnvironments,
  readProjects,
  readWindow,
  type TimeWindow,
} from '../query/parameters';
import {
  evaluate,
  matchesText,
  parseSearch,
  type SearchExpression,
} from '../query/searchQuery';

const MAX_POINTS = 10_000;
const KEYS = ['project', 'release', 'environment', 'session.status'];

type Measure = (streams: SessionStream[], window: TimeWindow) => number | null;

const MEASURES: Record<string, Measure> = {
  'sum(session)': countSessions,
  'count_unique(user)': countPeople,
  'crash_free_rate(session)': (streams, window) =>
    crashFree(streams, window, 'session'),
  'crash_free_rate(user)': (streams, window) =>
    crashFree(streams, window, 'user'),
  'crash_rate(session)': (streams, window) =>
    inverse(crashFree(streams, window, 'session')),
  'crash_rate(user)': (streams, window) =>
    inverse(crashFree(streams, window, 'user')),
};

export function registerSessions(endpoints: EndpointRegistry): void {
  endpoints.get(
    '/organizations/:organization/sessions/',
    ['org:read', 'org:write', 'org:admin'],
    querySessions,
  );
}

function querySessions(context: EndpointContext): void {
  const { query } = context;
  const fields = readFields(query);
  const keys = query.getAll('groupBy').filter(Boolean);
  for (const key of keys) {
    if (!KEYS.includes(key)) {
      throw SentryHttpError.badRequest(`Invalid groupBy: '${key}'`);
    }
  }
  const crashField = [...fields.keys()].find(name => name.startsWith('crash'));
  if (crashField && keys.includes('session.status')) {
    throw SentryHttpError.badRequest(
      `Cannot group field ${crashField} by session.status`,
    );
  }

  const window = readBuckets(query, readWindow(context, '90d'));
  const groups = groupStreams(readStreams(context), keys, valueOf).filter(
    ({ streams }) => keys.length === 0 || countSessions(streams, window) > 0,
  );
  const perPage = Math.floor(MAX_POINTS / (window.buckets.length + 1));
  if (perPage < 1) {
    throw SentryHttpError.badRequest(
      'Your interval and date range would create too many results. Use a larger interval, or a smaller date range.',
    );
  }

  // Totals are of the data there is; the window itself may reach ahead.
  const until = { fromMs: window.fromMs, toMs: window.buckets.at(-1)!.toMs };
  const rows = groups.map(({ by, streams }) => ({
    by,
    ...(query.get('includeTotals') === '0'
      ? {}
      : { totals: valuesOf(fields, measure => measure(streams, until)) }),
    ...(query.get('includeSeries') === '0'
      ? {}
      : {
          series: valuesOf(fields, measure =>
            window.buckets.map(bucket => measure(streams, bucket)),
          ),
        }),
    sortBy: (measure: Measure) => measure(streams, until) ?? -1,
  }));
  sortRows(rows, fields, query.get('orderBy'));

  sendPage(context, rows, {
    maximum: Math.max(perPage, 1),
    serialize: ({ sortBy: _sortBy, ...row }) => row,
    wrap: page => ({
      groups: page,
      start: formatSeconds(window.fromMs),
      end: formatSeconds(window.toMs),
      intervals: window.intervals,
      query: query.get('query') ?? '',
    }),
  });
}

function readFields(query: URLSearchParams): Map<string, Measure> {
  const fields = query.getAll('field').filter(Boolean);
  if (fields.length === 0) {
    throw SentryHttpError.badRequest('Request is missing a "field"');
  }
  return new Map(fields.map(field => [field, measureOf(field)]));
}

function measureOf(field: string): Measure {
  if (Object.hasOwn(MEASURES, field)) return MEASURES[field];
  // Durations are no longer recorded.
  if (/^(avg|p50|p75|p90|p95|p99|max)\(session\.duration\)$/.test(field)) {
    return () => null;
  }
  throw SentryHttpError.badRequest(`Invalid field: '${field}'`);
}

function readStreams(context: EndpointContext): SessionStream[] {
  const environments = readEnvironments(context);
  const search = parseSearch(context.query.get('query') ?? '');
  return readProjects(context)
    .flatMap(({ sessions }) => sessions)
    .filter(
      stream =>
        (environments?.has(stream.environment) ?? true) &&
        matches(search, stream),
    );
}

function matches(search: SearchExpression, stream: SessionStream): boolean {
  return evaluate(search, ({ key = '', values }) => {
    if (!KEYS.includes(key)) {
      throw SentryHttpError.badRequest(`Invalid search filter: ${key}`);
    }
    const value =
      key === 'project'
        ? stream.project.definition.slug
        : String(valueOf(stream, key));
    return values.some(wanted => matchesText(value, wanted));
  });
}

function valueOf(stream: SessionStream, key: string): string | number {
  switch (key) {
    case 'project':
      return Number(stream.project.definition.id);
    case 'release':
      return stream.release;
    case 'environment':
      return stream.environment;
    default:
      return stream.status;
  }
}

function valuesOf<T>(
  fields: Map<string, Measure>,
  value: (measure: Measure) => T,
) {
  return Object.fromEntries(
    [...fields].map(([field, measure]) => [field, value(measure)]),
  );
}

function sortRows(
  rows: { sortBy(measure: Measure): number }[],
  fields: Map<string, Measure>,
  orderBy: string | null,
): void {
  if (!orderBy) return;
  const measure = fields.get(orderBy.replace(/^-/, ''));
  if (!measure) {
    throw SentryHttpError.badRequest(
      "'orderBy' must be one of the fields provided in 'field'",
    );
  }
  const direction = orderBy.startsWith('-') ? -1 : 1;
  rows.sort(
    (one, other) => direction * (one.sortBy(measure) - other.sortBy(measure)),
  );
}

function inverse(fraction: number | null): number | null {
  return fraction === null ? null : 1 - fraction;
}
