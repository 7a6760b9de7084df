import { SentryHttpError } from '../errors';
import type { EndpointContext, EndpointRegistry } from '../http';
import type { OccurrenceStream } from '../../shared/rates';
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
  until(timeMs: number): number;
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
        countOf(row, until) > 0,
    );
  const total = (counted: Outcome[], part: TimeWindow) =>
    counted.reduce((count, row) => count + countOf(row, part), 0);
  // By project there are totals only.
  const hasSeries = !keys.includes('project');

  context.response.json({
    start: formatSeconds(window.fromMs),
    end: formatSeconds(window.toMs),
    intervals: window.intervals,
    groups: groupStreams(rows, keys, valueOf).map(({ by, streams }) => ({
      by,
      totals: Object.fromEntries(
        fields.map(field => [field, total(streams, until)]),
      ),
      series: hasSeries
        ? Object.fromEntries(
            fields.map(field => [
              field,
              window.buckets.map(bucket => total(streams, bucket)),
            ]),
          )
        : {},
    })),
  });
}

function countOf({ until }: Outcome, { fromMs, toMs }: TimeWindow): number {
  return until(toMs) - until(fromMs);
}

function outcomesOf(project: ProjectModel): Outcome[] {
  const { sampleRate = 1 } = project.definition;
  const requests = project.spans
    .filter(span => span.isTransaction)
    .map(({ occurrences }) => occurrences);
  const errors = project.issues.flatMap(({ streams }) =>
    streams.map(({ occurrences }) => occurrences),
  );
  const all = remember(timeMs => sum(requests, timeMs));
  // The traces that the SDK kept; it reports the others as discarded.
  const kept = remember(timeMs => sum(requests, timeMs, sampleRate));

  const base = { project, reason: 'none' };
  return [
    {
      ...base,
      category: 'error',
      outcome: 'accepted',
      until: remember(timeMs => sum(errors, timeMs)),
    },
    {
      ...base,
      category: 'error',
      outcome: 'rate_limited',
      reason: 'key_quota',
      until: timeMs => project.rateLimited.countUntil(timeMs),
    },
    { ...base, category: 'transaction', outcome: 'accepted', until: kept },
    {
      ...base,
      category: 'transaction',
      outcome: 'client_discard',
      reason: 'sample_rate',
      until: timeMs => all(timeMs) - kept(timeMs),
    },
  ];
}

function sum(streams: OccurrenceStream[], timeMs: number, share = 1): number {
  return streams.reduce(
    (total, stream) => total + Math.floor(stream.countUntil(timeMs) * share),
    0,
  );
}

/** Buckets meet at their edges, so that each edge is asked for twice. */
function remember(compute: (timeMs: number) => number) {
  const known = new Map<number, number>();
  return (timeMs: number) => {
    const value = known.get(timeMs) ?? compute(timeMs);
    known.set(timeMs, value);
    return value;
  };
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
