import { SentryHttpError } from '../errors';
import type { EndpointContext, EndpointRegistry } from '../http';
import { attributeOf, selectStreams, type Selection } from '../explore/dataset';
import {
  describeColumns,
  groupRows,
  GroupedRow,
  sortRows,
  splitFields,
} from '../explore/rows';
import {
  eventId,
  newestEvents,
  userOf,
  type ErrorEvent,
} from '../model/events';
import type { ErrorStream } from '../model/streams';
import { sendPage } from '../query/paging';
import {
  formatSeconds,
  readProjects,
  readWindow,
  type TimeWindow,
} from '../query/parameters';

const MAX_FIELDS = 20;
const MAX_RAW_ROWS = 1000;

export function registerEvents(endpoints: EndpointRegistry): void {
  endpoints.get(
    '/organizations/:organization/events/',
    ['org:read', 'org:write', 'org:admin'],
    listEvents,
  );
}

function listEvents(context: EndpointContext): void {
  const { query } = context;
  const fields = [...new Set(query.getAll('field').filter(Boolean))];
  if (fields.length === 0) {
    throw SentryHttpError.badRequest('No columns selected');
  }
  if (fields.length > MAX_FIELDS) {
    throw SentryHttpError.badRequest(
      `You can view up to ${MAX_FIELDS} fields at a time. Please delete some and try again.`,
    );
  }
  if (readProjects(context).length === 0) {
    context.response.json({ data: [], meta: { tips: {} } });
    return;
  }
  const window = readWindow(context, '90d');
  const selection = selectStreams(context);
  const split = splitFields(fields);
  const rows =
    split.aggregates.length > 0
      ? groupRows(selection, window, split)
      : eventRows(selection, window);
  const sorted = sortRows(
    rows,
    query.get('sort') ?? query.get('orderby'),
    fields,
  );

  const isCurrent = selection.dataset === 'spans';
  const isMetrics = selection.dataset === 'metricsEnhanced';
  sendPage(context, sorted, {
    serialize: row => row.values(fields),
    wrap: data => ({
      data,
      meta: {
        ...describeColumns(fields, selection.dataset !== 'spans'),
        isMetricsData: isMetrics,
        isMetricsExtractedData: false,
        tips: {},
        datasetReason: 'unchanged',
        dataset: selection.dataset,
        ...(isCurrent ? { dataScanned: 'full' } : {}),
      },
      ...(isCurrent ? { confidence: data.map(() => ({})) } : {}),
    }),
  });
}

/** Without an aggregate there is a row an event; only errors have them here. */
function eventRows({ streams }: Selection, window: TimeWindow) {
  const errors = streams.filter(
    (stream): stream is ErrorStream => stream.kind === 'error',
  );
  return newestEvents(errors, window, MAX_RAW_ROWS).map(
    event => new GroupedRow([], field => eventValue(event, field)),
  );
}

function eventValue({ stream, index, timeMs }: ErrorEvent, field: string) {
  switch (field) {
    case 'id':
      return eventId({ stream, index, timeMs });
    case 'timestamp':
      return formatSeconds(timeMs).replace('Z', '+00:00');
    case 'user':
      return `id:${userOf(stream, index)}`;
    case 'user.id':
      return String(userOf(stream, index));
    default:
      return attributeOf(stream, field);
  }
}
