import { SentryHttpError } from '../errors';
import type { TimeWindow } from '../query/parameters';
import { compare } from '../query/searchQuery';
import {
  aggregate,
  countStreams,
  describeAggregate,
  parseAggregate,
  type Aggregate,
} from './aggregates';
import { attributeOf, type DataStream, type Selection } from './dataset';

/** A row of a table. Its columns are computed when they are asked for. */
export class GroupedRow {
  readonly streams: DataStream[];
  readonly #compute: (field: string) => unknown;
  readonly #known = new Map<string, unknown>();

  constructor(streams: DataStream[], compute: (field: string) => unknown) {
    this.streams = streams;
    this.#compute = compute;
  }

  value(field: string): unknown {
    if (!this.#known.has(field)) this.#known.set(field, this.#compute(field));
    return this.#known.get(field);
  }

  values(fields: string[]): Record<string, unknown> {
    return Object.fromEntries(fields.map(field => [field, this.value(field)]));
  }
}

/** What was asked for, told apart into what groups and what is computed. */
export function splitFields(fields: string[]): {
  groupBy: string[];
  aggregates: Aggregate[];
} {
  const groupBy: string[] = [];
  const aggregates: Aggregate[] = [];
  for (const field of fields) {
    const parsed = parseAggregate(field);
    if (parsed) aggregates.push(parsed);
    else groupBy.push(field);
  }
  return { groupBy, aggregates };
}

/** One row a group that has anything in the window; without groups just one. */
export function groupRows(
  selection: Selection,
  window: TimeWindow,
  fields: { groupBy: string[]; aggregates: Aggregate[] },
): GroupedRow[] {
  const { streams, isSampled, conditions } = selection;
  const groups = new Map<string, DataStream[]>();
  if (fields.groupBy.length === 0) groups.set('', [...streams]);
  for (const stream of fields.groupBy.length > 0 ? streams : []) {
    const key = JSON.stringify(
      fields.groupBy.map(field => attributeOf(stream, field)),
    );
    const group = groups.get(key);
    if (group) group.push(stream);
    else groups.set(key, [stream]);
  }

  const rows: GroupedRow[] = [];
  for (const group of groups.values()) {
    const input = { streams: group, window, isSampled };
    if (fields.groupBy.length > 0 && countStreams(input) === 0) continue;
    const holds = conditions.every(
      ({ key, comparison, negated, values: [text] }) => {
        const parsed = parseAggregate(key!);
        const value = parsed && aggregate(parsed, input);
        return compare(Number(value), comparison, Number(text)) !== negated;
      },
    );
    if (!holds) continue;
    rows.push(
      new GroupedRow(group, field => {
        const parsed = parseAggregate(field);
        return parsed ? aggregate(parsed, input) : attributeOf(group[0], field);
      }),
    );
  }
  return rows;
}

/** Sorts by a selected field; `-` is downward, nothing comes last. */
export function sortRows(
  rows: GroupedRow[],
  sort: string | null,
  fields: string[],
): GroupedRow[] {
  if (!sort) return rows;
  const isDown = sort.startsWith('-');
  const wanted = sort.replace(/^-/, '');
  const field = fields.find(
    other => other === wanted || aliasOf(other) === wanted,
  );
  if (!field) {
    throw SentryHttpError.badRequest(
      'Cannot sort by a field that is not selected.',
    );
  }
  return [...rows].sort((one, other) => {
    const left = one.value(field);
    const right = other.value(field);
    if (left === null || right === null) {
      return Number(left === null) - Number(right === null);
    }
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left).localeCompare(String(right));
    return isDown ? -order : order;
  });
}

/** `meta.fields` and `meta.units` of the columns. */
export function describeColumns(fields: string[], isErrors: boolean) {
  const types: Record<string, string> = {};
  const units: Record<string, string | null> = {};
  for (const field of fields) {
    const parsed = parseAggregate(field);
    const { type, unit } = parsed
      ? describeAggregate(parsed)
      : describeField(field, isErrors);
    types[field] = type;
    units[field] = unit;
  }
  return { fields: types, units };
}

function describeField(field: string, isErrors: boolean) {
  if (field.endsWith('.duration')) {
    return { type: 'duration', unit: 'millisecond' };
  }
  if (field === 'timestamp') return { type: 'date', unit: null };
  if (field === 'is_transaction') return { type: 'boolean', unit: null };
  if (['project.id', 'project_id', 'issue.id'].includes(field)) {
    return { type: 'integer', unit: null };
  }
  if (field === 'error.type' && isErrors) return { type: 'array', unit: null };
  return { type: 'string', unit: null };
}

/** The older spelling of a function in `sort`: `p95_span_duration`. */
function aliasOf(field: string): string {
  return field
    .replace(/\(\)$/, '')
    .replace(/[^\w]+/g, '_')
    .replace(/_$/, '');
}
