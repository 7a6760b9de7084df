import { ErrorsData } from '@watchkeeper/backstage-plugin-observability-common';
import { parseInstant } from '../../shared';

const HOUR_MS = 3600_000;
const HOURS = 24;

/**
 * The events of each of the last 24 hours, oldest first, counted back from the
 * newest point whatever the distance between points.
 */
export function toHours(trend: ErrorsData['trend']): number[] {
  const points = trend.flatMap(({ at, count }) => {
    const instant = parseInstant(at);
    return instant ? [{ at: instant.getTime(), count }] : [];
  });
  const hours = new Array<number>(HOURS).fill(0);
  const newest = Math.max(...points.map(point => point.at), 0);
  for (const { at, count } of points) {
    const hour = HOURS - 1 - Math.floor((newest - at) / HOUR_MS);
    if (hour >= 0) {
      hours[hour] += count;
    }
  }
  return hours;
}
