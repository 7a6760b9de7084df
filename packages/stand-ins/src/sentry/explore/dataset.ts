import { SentryHttpError } from '../errors';
import type { EndpointContext } from '../http';
import type { ErrorStream, SpanStream } from '../model/streams';
import {
  evaluate,
  matchesText,
  parseSearch,
  termsOf,
  compare,
  type SearchExpression,
  type SearchTerm,
} from '../query/searchQuery';
import { readEnvironments, readProjects } from '../query/parameters';

const CURRENT = [
  'errors',
  'logs',
  'profile_functions',
  'spans',
  'tracemetrics',
  'uptime_results',
];
const OLDER = [
  'discover',
  'errors',
  'issuePlatform',
  'metrics',
  'metricsEnhanced',
  'profiles',
  'transactions',
];

export type DataStream = ErrorStream | SpanStream;

/** A data set, narrowed by project, environment and search. */
export interface Selection {
  dataset: string;
  streams: DataStream[];
  /** The older data sets know only the traces that the SDK kept. */
  isSampled: boolean;
  /** Conditions on aggregates, such as `count():>10`. */
  conditions: SearchTerm[];
}

/** The streams that `dataset`, `query` and the filters select. */
export function selectStreams(context: EndpointContext): Selection {
  const { query, mode } = context;
  const dataset = readDataset(context);
  const expression = parseSearch(query.get('query') ?? '');
  const conditions = termsOf(expression).filter(({ key }) =>
    key?.includes('('),
  );
  const environments = readEnvironments(context);
  const isCurrent = dataset === 'spans';

  const streams: DataStream[] = [];
  for (const project of readProjects(context)) {
    const candidates: DataStream[] = [];
    if (dataset === 'errors' || dataset === 'discover') {
      for (const issue of project.issues) {
        const { status } = context.model.issueState(issue);
        if (status !== 'pending_deletion') candidates.push(...issue.streams);
      }
    }
    if (isCurrent) candidates.push(...project.spans);
    else if (OLDER.includes(dataset) && dataset !== 'errors') {
      candidates.push(...project.spans.filter(span => span.isTransaction));
    }
    for (const stream of candidates) {
      if (environments && !environments.has(stream.environment)) continue;
      if (matches(expression, stream)) streams.push(stream);
    }
  }
  const isSampled = !isCurrent && dataset !== 'errors';
  if (conditions.length > 0 && query.get('allowAggregateConditions') === '0') {
    throw SentryHttpError.badRequest(
      'Aggregate conditions were disabled, but included in filter',
    );
  }
  return {
    dataset: mode === 'saas' || dataset !== 'discover' ? dataset : 'discover',
    streams,
    isSampled,
    conditions,
  };
}

/** A field of a stream that is the same for everything in it. */
export function attributeOf(
  stream: DataStream,
  field: string,
): string | number | boolean | string[] | null {
  const { definition } = stream.project;
  switch (field) {
    case 'project':
    case 'project.name':
      return definition.slug;
    case 'project.id':
    case 'project_id':
      return Number(definition.id);
    case 'release':
      return stream.release;
    case 'environment':
      return stream.environment;
    case 'platform':
    case 'platform.name':
      return definition.platform;
    default:
      return stream.kind === 'error'
        ? errorAttribute(stream, field)
        : spanAttribute(stream, field);
  }
}

function errorAttribute({ issue }: ErrorStream, field: string) {
  const { definition } = issue;
  const type = String(definition.metadata?.type ?? '');
  switch (field) {
    case 'issue':
      return definition.shortId;
    case 'issue.id':
      return Number(definition.id);
    case 'title':
    case 'message':
      return definition.title;
    case 'level':
      return definition.level;
    case 'transaction':
      return definition.transaction ?? '';
    case 'culprit':
      return definition.culprit;
    case 'event.type':
      return definition.type ?? 'error';
    case 'error.type':
      return type ? [type] : [];
    case 'error.unhandled':
      return definition.unhandled ? 1 : 0;
    case 'error.handled':
      return definition.unhandled ? 0 : 1;
    default:
      return null;
  }
}

function spanAttribute(stream: SpanStream, field: string) {
  switch (field) {
    case 'transaction':
      return stream.transaction.name;
    case 'span.description':
      return stream.description;
    case 'span.op':
      return stream.operation;
    case 'transaction.op':
      return stream.transaction.operation;
    case 'is_transaction':
      return stream.isTransaction;
    case 'event.type':
      return 'transaction';
    case 'span.status':
    case 'trace.status':
    case 'transaction.status':
      return stream.failed ? 'internal_error' : 'ok';
    default:
      return null;
  }
}

function matches(expression: SearchExpression, stream: DataStream): boolean {
  return evaluate(expression, term => {
    // Those on aggregates are for rows, not for streams.
    if (term.key?.includes('(')) return !term.negated;
    if (term.key === undefined) {
      const text = [
        attributeOf(stream, 'title'),
        attributeOf(stream, 'transaction'),
        attributeOf(stream, 'span.description'),
      ]
        .join(' ')
        .toLowerCase();
      return term.values.every(value => text.includes(value.toLowerCase()));
    }
    if (term.key === 'has') {
      return term.values.some(field => {
        const value = attributeOf(stream, field);
        return value !== null && value !== '';
      });
    }
    const value = attributeOf(stream, term.key);
    return term.values.some(wanted => matchesValue(value, term, wanted));
  });
}

function matchesValue(
  value: ReturnType<typeof attributeOf>,
  term: SearchTerm,
  wanted: string,
): boolean {
  if (Array.isArray(value)) {
    return value.some(item => matchesText(item, wanted));
  }
  if (typeof value === 'boolean') {
    return value === ['true', '1', 'True'].includes(wanted);
  }
  if (typeof value === 'number' && term.comparison !== '=') {
    return compare(value, term.comparison, Number(wanted));
  }
  if (value === null && term.comparison !== '=') {
    // Better said than answered with nothing.
    throw SentryHttpError.badRequest(
      `The stand-in cannot compare '${term.key}' in a query`,
    );
  }
  const text = value === null ? null : String(value);
  return matchesText(text, wanted, { anywhere: term.key === 'message' });
}

function readDataset({ query, mode }: EndpointContext): string {
  const dataset = query.get('dataset') || 'discover';
  const known =
    mode === 'self-hosted-old' ? OLDER : [...new Set([...OLDER, ...CURRENT])];
  if (!known.includes(dataset)) {
    throw SentryHttpError.badRequest(
      `dataset must be one of: ${[...known].sort().join(', ')}`,
    );
  }
  return dataset;
}
