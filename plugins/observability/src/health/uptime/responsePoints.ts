import { Series } from '@watchkeeper/backstage-plugin-observability-common';
import { parseInstant } from '../../shared';

/** The metric that the curves of this section show. */
export const RESPONSE_METRIC = 'uptime.responseMs';

/** A point of a curve. */
export interface ResponsePoint {
  at: number;
  p50: number;
  p95: number;
}

/** The points of a monitor, oldest first; where nothing was sampled twice both curves are one. */
export function responsePoints(
  series: readonly Series[],
  signalId: string,
  subject: string,
): ResponsePoint[] {
  return series
    .filter(one => one.signalId === signalId && one.subject === subject)
    .flatMap(({ points }) => points)
    .flatMap(({ at, value, p50 = value, p95 = value }) => {
      const instant = parseInstant(at);
      return instant ? [{ at: instant.getTime(), p50, p95 }] : [];
    })
    .sort((a, b) => a.at - b.at);
}
