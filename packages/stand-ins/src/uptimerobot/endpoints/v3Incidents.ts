import { V3Error } from '../errors';
import type { EndpointRegistry } from '../http';
import type { Incident } from '../model/MonitorModel';
import { pageOf, readInstant, readInteger } from './v3Parameters';

const PAGE = 50;

/** The incidents of all monitors, newest first, and a single one. */
export function registerIncidents(endpoints: EndpointRegistry): void {
  endpoints.v3('/incidents', ({ response, account, query, url, nowMs }) => {
    const cursor = readInteger(query, 'cursor', { minimum: 0 });
    const monitorId = readInteger(query, 'monitor_id', { minimum: 1 });
    const name = (query.get('monitor_name') ?? '').toLowerCase();
    const after = readInstant(query, 'started_after');
    const before = readInstant(query, 'started_before');
    const incidents = account
      .incidentsUntil(nowMs)
      .filter(
        ({ id, monitor, startedMs }) =>
          (cursor === undefined || Number(id) < cursor) &&
          (monitorId === undefined || monitor.id === monitorId) &&
          monitor.definition.name.toLowerCase().includes(name) &&
          (after === undefined || startedMs > after) &&
          (before === undefined || startedMs < before),
      );
    const { nextLink, page } = pageOf(incidents, {
      limit: PAGE,
      url,
      cursorOf: ({ id }) => id,
    });
    response.json({ nextLink, data: page.map(serializeIncident) });
  });
  endpoints.v3('/incidents/:id', ({ request, response, account, nowMs }) => {
    const incident = account
      .incidentsUntil(nowMs)
      .find(({ id }) => id === request.params.id);
    if (!incident) throw V3Error.notFound('Incident');
    const { id, status, reason, duration, startedAt, resolvedAt } =
      serializeIncident(incident);
    const { cause, monitor } = incident;
    response.json({
      id,
      status,
      cause: cause ?? 0,
      reason,
      duration,
      startedAt,
      resolvedAt,
      rootCause: {
        url: monitor.definition.url,
        requestHeaders: null,
        responseHeaders: null,
        httpResponseCode: cause !== null && cause < 1000 ? cause : null,
        responseDownloadUrl: null,
      },
    });
  });
}

function serializeIncident(incident: Incident) {
  const { id, type, monitor, startedMs, endedMs, cause, reason } = incident;
  const isOpen = endedMs === undefined;
  return {
    id,
    status: isOpen ? 'ONGOING' : 'RESOLVED',
    type,
    cause,
    reason,
    monitor: { id: monitor.id, friendlyName: monitor.definition.name },
    commentsCount: 0,
    startedAt: new Date(startedMs).toISOString(),
    resolvedAt: isOpen ? null : new Date(endedMs).toISOString(),
    duration: isOpen ? null : (endedMs - startedMs) / 1000,
    includeInReports: true,
  };
}
