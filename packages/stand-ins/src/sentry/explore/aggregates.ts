import { SentryHttpError } from '../errors';
import { collectUsers, firstTimeOf, lastTimeOf } from '../model/events';
import type { ErrorStream, SpanStream } from '../model/streams';
import { formatSeconds, type TimeWindow } from '../query/parameters';
import { attributeOf, type DataStream } from './dataset';
import {
  averageOf,
  fromMedianAnd,
  quantileOf,
  round,
  type Component,
} from './distribution';

export interface Aggregate {
  field: string;
  name: string;
  arguments: string[];
}

export interface AggregateInput {
  streams: DataStream[];
  window: TimeWindow;
  isSampled: boolean;
}

type Value = number | string | null;

const PERCENTILES: Record<string, number> = {
  p50: 0.5,
  median: 0.5,
  p75: 0.75,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
  p100: 1,
};

/** `p95(span.duration)` in its parts; undefined for a plain field. */
export function parseAggregate(field: string): Aggregate | undefined {
  const parts = /^(\w+)\((.*)\)$/.exec(field);
  if (!parts) return undefined;
  const names = parts[2].split(',').map(name => name.trim());
  return {
    field,
    name: parts[1],
    arguments: names.filter(Boolean),
  };
}

/** The type and the unit that the table's `meta` names. */
export function describeAggregate({ name, arguments: names }: Aggregate): {
  type: string;
  unit: string | null;
} {
  const [column = ''] = names;
  if (name === 'failure_rate') return { type: 'percentage', unit: null };
  if (name === 'epm' || name === 'tpm') {
    return { type: 'rate', unit: '1/minute' };
  }
  if (name === 'eps' || name === 'tps') {
    return { type: 'rate', unit: '1/second' };
  }
  if (
    name === 'last_seen' ||
    (column === 'timestamp' && ['min', 'max'].includes(name))
  ) {
    return { type: 'date', unit: null };
  }
  if (name.startsWith('count') || name === 'failure_count') {
    return { type: 'integer', unit: null };
  }
  if (column === 'measurements.cls') return { type: 'number', unit: null };
  if (name === 'any') return { type: 'string', unit: null };
  return { type: 'duration', unit: 'millisecond' };
}

/** The value over everything that the streams hold in the window. */
export function aggregate(
  { name, arguments: names, field }: Aggregate,
  input: AggregateInput,
): Value {
  const { streams, window } = input;
  const [column = ''] = names;
  const count = () => countStreams(input);
  const minutes = (window.toMs - window.fromMs) / 60_000;

  if (Object.hasOwn(PERCENTILES, name)) {
    return quantileOf(componentsOf(input, column), PERCENTILES[name]);
  }
  switch (name) {
    case 'count':
      return count();
    case 'count_unique':
      return countUnique(input, column);
    case 'count_if':
      return countStreams({
        ...input,
        streams: streams.filter(stream => satisfies(stream, names)),
      });
    case 'epm':
    case 'tpm':
      return minutes > 0 ? round(count() / minutes) : null;
    case 'eps':
    case 'tps':
      return minutes > 0 ? round(count() / minutes / 60) : null;
    case 'failure_count':
      return countStreams({ ...input, streams: failedOf(streams) });
    case 'failure_rate': {
      const all = count();
      const failed = countStreams({ ...input, streams: failedOf(streams) });
      return all > 0 ? round(failed / all) : null;
    }
    case 'percentile':
      return quantileOf(componentsOf(input, column), Number(names[1]));
    case 'avg':
      return averageOf(componentsOf(input, column));
    case 'sum': {
      const average = averageOf(componentsOf(input, column));
      return average === null ? null : round(average * count());
    }
    case 'last_seen':
      return lastSeen(input);
    case 'min':
    case 'max':
      if (column === 'timestamp') {
        return name === 'min' ? firstSeen(input) : lastSeen(input);
      }
      return quantileOf(componentsOf(input, column), name === 'min' ? 0 : 1);
    case 'any': {
      const value = streams[0] ? attributeOf(streams[0], column) : null;
      return value === null ? null : String(value);
    }
    default:
      throw SentryHttpError.badRequest(`${field} is not a valid function`);
  }
}

/** How many the streams hold in the window. */
export function countStreams({ streams, window, isSampled }: AggregateInput) {
  let count = 0;
  for (const stream of streams) {
    const { occurrences, project } = stream;
    if (isSampled && stream.kind === 'span') {
      const { sampleRate = 1 } = project.definition;
      const kept = (timeMs: number) =>
        Math.floor(occurrences.countUntil(timeMs) * sampleRate);
      count += kept(window.toMs) - kept(window.fromMs);
    } else count += occurrences.countBetween(window.fromMs, window.toMs);
  }
  return count;
}

function failedOf(streams: DataStream[]): DataStream[] {
  return streams.filter(stream => stream.kind === 'span' && stream.failed);
}

function errorsOf(streams: DataStream[]): ErrorStream[] {
  return streams.filter(
    (stream): stream is ErrorStream => stream.kind === 'error',
  );
}

function countUnique(input: AggregateInput, column: string): number {
  const { streams, window } = input;
  if (column === 'user' || column === 'user.id') {
    const errors = errorsOf(streams);
    if (errors.length > 0) return collectUsers(errors, window).size;
    // Requests are not told apart by person here: as many as there can be.
    const people = new Map(
      streams.map(({ project }) => [
        project,
        project.definition.sessions?.users ?? 0,
      ]),
    );
    const known = [...people.values()].reduce((sum, users) => sum + users, 0);
    return Math.min(known, countStreams(input));
  }
  const field = column === 'issue' ? 'issue.id' : column;
  const present = streams.filter(
    stream => countStreams({ ...input, streams: [stream] }) > 0,
  );
  return new Set(present.map(stream => attributeOf(stream, field))).size;
}

function lastSeen({ streams, window }: AggregateInput): string | null {
  const last = lastTimeOf(errorsOf(streams), window.toMs);
  if (last === undefined || last <= window.fromMs) return null;
  return formatSeconds(last).replace('Z', '+00:00');
}

function firstSeen({ streams, window }: AggregateInput): string | null {
  const first = firstTimeOf(errorsOf(streams), window.toMs, window.fromMs);
  if (first === undefined) return null;
  return formatSeconds(first).replace('Z', '+00:00');
}

/** `count_if(level,equals,error)` against what is the same in a stream. */
function satisfies(stream: DataStream, names: string[]): boolean {
  const [column, comparison, wanted = ''] = names;
  const isEqual =
    String(attributeOf(stream, column)) === wanted.replace(/^"(.*)"$/, '$1');
  if (comparison === 'equals') return isEqual;
  if (comparison === 'notEquals') return !isEqual;
  throw SentryHttpError.badRequest(
    `count_if: condition argument invalid: ${comparison} is not supported`,
  );
}

/** How the numbers of a column are spread in the window. */
function componentsOf(input: AggregateInput, column: string): Component[] {
  const spans = input.streams.filter(
    (stream): stream is SpanStream => stream.kind === 'span',
  );
  if (column === 'span.duration' || column === 'transaction.duration') {
    // Each generation of the data has its own name for it.
    const isOwnName = (column === 'transaction.duration') === input.isSampled;
    return isOwnName
      ? spans.flatMap(span => durationComponents(span, input.window))
      : [];
  }
  const vital = /^measurements\.(\w+)$/.exec(column)?.[1];
  if (!vital) return [];
  return spans.flatMap(span => {
    const spread = span.isTransaction && span.transaction.vitals?.[vital];
    if (!spread) return [];
    const weight = expectedBetween(span, input.window);
    return [fromMedianAnd(weight, spread.p50, { p75: spread.p75 })];
  });
}

function durationComponents(
  span: SpanStream,
  { fromMs, toMs }: TimeWindow,
): Component[] {
  const components: Component[] = [];
  span.durations.forEach((step, index) => {
    const next = span.durations[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    const stretch = {
      fromMs: Math.max(fromMs, step.fromMs),
      toMs: Math.min(toMs, next),
    };
    if (stretch.toMs <= stretch.fromMs) return;
    const weight = expectedBetween(span, stretch);
    if (weight > 0) {
      components.push(fromMedianAnd(weight, step.p50Ms, { p95: step.p95Ms }));
    }
  });
  return components;
}

function expectedBetween(span: SpanStream, { fromMs, toMs }: TimeWindow) {
  const { curve } = span.occurrences;
  return curve.expectedUntil(toMs) - curve.expectedUntil(fromMs);
}
