import { SentryHttpError } from '../errors';
import type { EndpointContext, EndpointRegistry } from '../http';
import type { ProjectModel } from '../model/ProjectModel';
import { groupStreams, readBuckets } from '../query/buckets';
import {
  formatSeconds,
  readProjects,
  readWindow,
  type TimeWindow,
} from '../query/parameters';

const KEYS = ['outcome', 'category', 'reason', 'project'];
const FIELDS = ['sum(quantity)', 'sum(times_seen)'];
const CATEGORIES = [
  'error',
  'transaction',
  'attachment',
  'replay',
  'profile',
  'profile_duration',
  'profile_duration_ui',
  'profile_chunk',
  'profile_chunk_ui',
  'monitor',
];
const OUTCOMES = [
  'accepted',
  'filtered',
  'rate_limited',
  'invalid',
  'abuse',
  'client_discard',
  'cardinality_limited',
];

/** What became of the events of a kind that a project sent. */
interface Outcome {
  project: ProjectModel;
  category: string;
  outcome: string;
  reason: string;
  count(window: TimeWindow): number;
}

export function registerOutcomes(endpoints: EndpointRegistry): void {
  endpoints.get(
    '/organizations/:organization/stats_v2/',
    ['org:read', 'org:write', 'org:admin'],
    queryOutcomes,
  );
}

function queryOutcomes(context: EndpointContext): void {
  const { query } = context;
  const keys = readChoices(query, 'groupBy', KEYS);
  if (keys.length === 0) {
    throw SentryHttpError.badRequest('At least one groupBy must be provided.');
  }
  const fields = readChoices(query, 'field', FIELDS);
  if (fields.length === 0) {
    throw SentryHttpError.badRequest('At least one field is required.');
  }
  const categories = readChoices(query, 'category', CATEGORIES);
  const outcomes = readChoices(query, 'outcome', OUTCOMES);
  const reasons = query.getAll('reason').filter(Boolean);
  const window = readBuckets(query, readWindow(context, '24h'));
  const until = { fromMs: window.fromMs, toMs: window.buckets.at(-1)!.toMs };

  const rows = readProjects(context)
    .flatMap(outcomesOf)
    .filter(
      row =>
        (categories.length === 0 || categories.includes(row.category)) &&
        (outcomes.length === 0 || outcomes.includes(row.outcome)) &&
        (reasons.length === 0 || reasons.includes(row.reason)) &&
        row.count(until) > 0,
    );
  const sum = (counted: Outcome[], part: TimeWindow) =>
    counted.reduce((total, row) => total + row.count(part), 0);
  // By project there are totals only.
  const hasSeries = !keys.includes('project');

  context.response.json({
    start: formatSeconds(window.fromMs),
    end: formatSeconds(window.toMs),
    intervals: window.intervals,
    groups: groupStreams(rows, keys, valueOf).map(({ by, streams }) => ({
      by,
      totals: Object.fromEntries(
        fields.map(field => [field, sum(streams, until)]),
      ),
      series: hasSeries
        ? Object.fromEntries(
            fields.map(field => [
              field,
              window.buckets.map(bucket => sum(streams, bucket)),
            ]),
          )
        : {},
    })),
  });
}

function outcomesOf(project: ProjectModel): Outcome[] {
  const { sampleRate = 1 } = project.definition;
  const errors = project.issues.flatMap(issue => issue.streams);
  const requests = project.spans.filter(span => span.isTransaction);
  // The traces that the SDK kept; it reports the others as discarded.
  const kept = (window: TimeWindow) =>
    requests.reduce((sum, { occurrences }) => {
      const until = (timeMs: number) =>
        Math.floor(occurrences.countUntil(timeMs) * sampleRate);
      return sum + until(window.toMs) - until(window.fromMs);
    }, 0);
  const all = (window: TimeWindow) =>
    requests.reduce(
      (sum, { occurrences }) =>
        sum + occurrences.countBetween(window.fromMs, window.toMs),
      0,
    );

  const base = { project, reason: 'none' };
  return [
    {
      ...base,
      category: 'error',
      outcome: 'accepted',
      count: window =>
        errors.reduce(
          (sum, { occurrences }) =>
            sum + occurrences.countBetween(window.fromMs, window.toMs),
          0,
        ),
    },
    {
      ...base,
      category: 'error',
      outcome: 'rate_limited',
      reason: 'key_quota',
      count: window =>
        project.rateLimited.countBetween(window.fromMs, window.toMs),
    },
    { ...base, category: 'transaction', outcome: 'accepted', count: kept },
    {
      ...base,
      category: 'transaction',
      outcome: 'client_discard',
      reason: 'sample_rate',
      count: window => all(window) - kept(window),
    },
  ];
}

function valueOf(row: Outcome, key: string): string | number {
  switch (key) {
    case 'project':
      return Number(row.project.definition.id);
    case 'category':
      return row.category;
    case 'outcome':
      return row.outcome;
    default:
      return row.reason;
  }
}

function readChoices(
  query: URLSearchParams,
  name: string,
  known: string[],
): string[] {
  const values = query.getAll(name).filter(Boolean);
  const wrong = values.find(value => !known.includes(value));
  if (wrong) {
    throw SentryHttpError.badRequest(`Invalid ${name}: '${wrong}'`);
  }
  return values;
}
