import { SentryHttpError } from '../errors';
import type { EndpointContext, EndpointRegistry } from '../http';
import {
  aggregate,
  describeAggregate,
  parseAggregate,
  type Aggregate,
} from '../explore/aggregates';
import {
  selectStreams,
  type DataStream,
  type Selection,
} from '../explore/dataset';
import { groupRows, sortRows, splitFields } from '../explore/rows';
import { parsePeriod, readWindow, type TimeWindow } from '../query/parameters';

const MAX_TOP_EVENTS = 10;
const SCOPES = ['org:read', 'org:write', 'org:admin'];

interface Bucket extends TimeWindow {
  isIncomplete: boolean;
}

interface Group {
  by: { key: string; value: unknown }[];
  isOther: boolean;
  streams: DataStream[];
}

interface SeriesQuery {
  selection: Selection;
  window: TimeWindow;
  intervalMs: number;
  buckets: Bucket[];
  axes: Aggregate[];
  groups: Group[] | undefined;
}

/** Both generations; an old installation knows only the second. */
export function registerEventSeries(
  endpoints: EndpointRegistry,
  options: { hasTimeseries: boolean },
): void {
  if (options.hasTimeseries) {
    endpoints.get(
      '/organizations/:organization/events-timeseries/',
      SCOPES,
      sendTimeseries,
    );
  }
  endpoints.get(
    '/organizations/:organization/events-stats/',
    SCOPES,
    sendStats,
  );
}

function sendTimeseries(context: EndpointContext): void {
  const series = readSeries(context, 'groupBy');
  const { selection, window, buckets, intervalMs } = series;
  const groups = series.groups ?? [
    { by: [], isOther: false, streams: selection.streams },
  ];
  const timeSeries = series.axes.flatMap(axis =>
    groups.map((group, order) => {
      const { type, unit } = describeAggregate(axis);
      return {
        values: valuesOf(axis, group.streams, series).map((value, index) => ({
          timestamp: buckets[index].fromMs,
          value: Number(value ?? 0),
          incomplete: buckets[index].isIncomplete,
          ...(buckets[index].isIncomplete
            ? { incompleteReason: 'INCOMPLETE_BUCKET' }
            : {}),
        })),
        yAxis: axis.field,
        ...(series.groups ? { groupBy: group.isOther ? [] : group.by } : {}),
        meta: {
          valueType: type,
          valueUnit: unit,
          interval: intervalMs,
          ...(series.groups ? { order, isOther: group.isOther } : {}),
        },
      };
    }),
  );
  context.response.json({
    timeSeries,
    meta: {
      dataset: selection.dataset,
      start: window.fromMs,
      end: window.toMs,
    },
  });
}

function sendStats(context: EndpointContext): void {
  const series = readSeries(context, 'field');
  const { selection, buckets, groups } = series;

  const one = (axis: Aggregate, streams: DataStream[], order?: number) => ({
    data: valuesOf(axis, streams, series).map((value, index) => [
      buckets[index].fromMs / 1000,
      [{ count: Number(value ?? 0) }],
    ]),
    start: buckets[0].fromMs / 1000,
    end: buckets.at(-1)!.toMs / 1000,
    isMetricsData: false,
    ...(order === undefined ? {} : { order }),
  });
  const all = (streams: DataStream[], order?: number) => {
    if (series.axes.length === 1) return one(series.axes[0], streams, order);
    const byAxis = series.axes.map((axis, index) => [
      axis.field,
      one(axis, streams, index),
    ]);
    return {
      ...Object.fromEntries(byAxis),
      ...(order === undefined ? {} : { order }),
    };
  };

  if (!groups) {
    context.response.json(all(selection.streams));
    return;
  }
  const named = groups.map((group, order) => [
    group.isOther ? 'Other' : group.by.map(({ value }) => value).join(','),
    all(group.streams, order),
  ]);
  context.response.json(Object.fromEntries(named));
}

function readSeries(
  context: EndpointContext,
  groupParameter: 'groupBy' | 'field',
): SeriesQuery {
  const { query, now } = context;
  const window = readWindow(context, '24h');
  const selection = selectStreams(context);
  const axes = (
    query.getAll('yAxis').length > 0 ? query.getAll('yAxis') : ['count()']
  ).map(field => {
    const parsed = parseAggregate(field);
    if (!parsed) throw SentryHttpError.badRequest(`Invalid yAxis: ${field}`);
    return parsed;
  });

  const lengthMs = window.toMs - window.fromMs;
  const asked = parsePeriod(query.get('interval') ?? '') || undefined;
  const isUsable = asked && asked < lengthMs && lengthMs / asked <= 10_000;
  const intervalMs = isUsable ? asked : usualInterval(lengthMs);
  return {
    selection,
    window,
    intervalMs,
    buckets: bucketsOf(window, intervalMs, now),
    axes,
    groups: readGroups(context, groupParameter, selection, window),
  };
}

/** The groups with the most, and all others together. */
function readGroups(
  { query }: EndpointContext,
  parameter: 'groupBy' | 'field',
  selection: Selection,
  window: TimeWindow,
): Group[] | undefined {
  const text = query.get('topEvents');
  if (!text) return undefined;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw SentryHttpError.badRequest('topEvents must be an integer');
  }
  if (count > MAX_TOP_EVENTS) {
    throw SentryHttpError.badRequest(
      `Can only get up to ${MAX_TOP_EVENTS} top events`,
    );
  }
  const sort = query.get('sort') ?? query.get('orderby') ?? '-count()';
  const asked = splitFields(query.getAll(parameter));
  if (asked.groupBy.length === 0) {
    throw SentryHttpError.badRequest(
      `${parameter} is a required parameter when doing a topEvents query`,
    );
  }
  const sorted = parseAggregate(sort.replace(/^-/, ''));
  const rows = sortRows(
    groupRows(selection, window, {
      groupBy: asked.groupBy,
      aggregates: sorted ? [...asked.aggregates, sorted] : asked.aggregates,
    }),
    sort,
    [
      ...asked.groupBy,
      ...asked.aggregates.map(({ field }) => field),
      ...(sorted ? [sorted.field] : []),
    ],
  );
  const groups: Group[] = rows.slice(0, count).map(row => ({
    by: asked.groupBy.map(key => ({ key, value: row.value(key) })),
    isOther: false,
    streams: row.streams,
  }));
  const others = rows.slice(count).flatMap(({ streams }) => streams);
  if (others.length > 0 && query.get('excludeOther') !== '1') {
    groups.push({ by: [], isOther: true, streams: others });
  }
  return groups;
}

function valuesOf(axis: Aggregate, streams: DataStream[], query: SeriesQuery) {
  const { isSampled } = query.selection;
  return query.buckets.map(window =>
    aggregate(axis, { streams, window, isSampled }),
  );
}

/** Buckets on whole intervals that cover the window. */
function bucketsOf(
  { fromMs, toMs }: TimeWindow,
  intervalMs: number,
  now: number,
): Bucket[] {
  const buckets: Bucket[] = [];
  const firstMs = Math.floor(fromMs / intervalMs) * intervalMs;
  for (let startMs = firstMs; startMs < toMs; startMs += intervalMs) {
    const endMs = startMs + intervalMs;
    buckets.push({
      fromMs: startMs,
      toMs: Math.min(endMs, now),
      isIncomplete: endMs > now,
    });
  }
  return buckets;
}

function usualInterval(lengthMs: number): number {
  const hourMs = 3_600_000;
  if (lengthMs <= hourMs) return 60_000;
  if (lengthMs <= 6 * hourMs) return 300_000;
  if (lengthMs <= 48 * hourMs) return 900_000;
  if (lengthMs <= 14 * 24 * hourMs) return hourMs;
  return lengthMs <= 30 * 24 * hourMs ? 4 * hourMs : 24 * hourMs;
}
