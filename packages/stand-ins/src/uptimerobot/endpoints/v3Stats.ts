import { V3Error } from '../errors';
import type { EndpointRegistry } from '../http';
import { durationsWithin, uptimePercentage } from '../model/timeline';
import { monitorOf } from './v3Monitors';
import { readInstant } from './v3Parameters';

const DAY_MS = 24 * 3_600_000;
const POINTS = 1000;

/** What monitors answered and how long they were up, and who asks. */
export function registerStats(endpoints: EndpointRegistry): void {
  endpoints.v3('/monitors/:id/stats/response-time', context => {
    const { response, query, nowMs } = context;
    const monitor = monitorOf(context);
    const { fromMs, toMs, from, to } = spanOf(query, nowMs);
    const points = monitor.responseTimes({ fromMs, toMs }, nowMs).reverse();
    const values = points.map(({ valueMs }) => valueMs);
    const hasAny = values.length > 0;
    response.json({
      summary: {
        min: hasAny ? Math.min(...values) : null,
        max: hasAny ? Math.max(...values) : null,
        avg: hasAny ? Math.round(mean(values)) : null,
      },
      data_points: values.length,
      from,
      to,
      ...(query.get('includeTimeSeries') === 'true'
        ? { time_series: thinOut(points) }
        : {}),
    });
  });
  endpoints.v3('/monitors/:id/stats/uptime', context => {
    const { response, query, nowMs } = context;
    const monitor = monitorOf(context);
    const { from, to, ...span } = spanOf(query, nowMs);
    const segments = monitor.segmentsUntil(nowMs);
    const downMs = durationsWithin(segments, span).down;
    const incidents = monitor
      .incidentsUntil(nowMs)
      .filter(
        ({ type, startedMs }) =>
          type === 'DOWNTIME' &&
          startedMs >= span.fromMs &&
          startedMs < span.toMs,
      ).length;
    const seconds = (span.toMs - span.fromMs - downMs) / 1000;
    response.json({
      uptime: Number(uptimePercentage(segments, span).toFixed(3)),
      total_downtime_seconds: Math.round(downMs / 1000),
      incident_count: incidents,
      mtbf: incidents > 0 ? Math.round(seconds / incidents) : null,
      from,
      to,
    });
  });
  endpoints.v3('/user/me', ({ response, account }) => {
    const { email, fullName, plan, monitorLimit } = account.definition;
    response.json({
      email,
      fullName,
      monitorsCount: account.monitors.length,
      monitorLimit,
      smsCredits: 0,
      activeSubscription: { plan, monitorLimit },
    });
  });
}

function spanOf(query: URLSearchParams, nowMs: number) {
  const toMs = Math.min(readInstant(query, 'to') ?? nowMs, nowMs);
  const fromMs = readInstant(query, 'from') ?? toMs - DAY_MS;
  if (fromMs > toMs) throw V3Error.badRequest('from must be before to');
  if (toMs - fromMs > 90 * DAY_MS) {
    throw V3Error.badRequest('The date range must not exceed 90 days');
  }
  return {
    fromMs,
    toMs,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  };
}

/** Long series have fewer points, each the mean of several. */
function thinOut(points: { timeMs: number; valueMs: number }[]) {
  const size = Math.ceil(points.length / POINTS) || 1;
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) => {
    const some = points.slice(index * size, (index + 1) * size);
    return {
      timestamp: new Date(some[0].timeMs).toISOString(),
      value: Math.round(mean(some.map(({ valueMs }) => valueMs))),
    };
  });
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
