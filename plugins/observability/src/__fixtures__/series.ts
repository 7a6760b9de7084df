import { Series } from '@watchkeeper/backstage-plugin-observability-common';
import type { SeriesRequest } from '../api';

const HOUR = 3_600_000;

/** A curve that is the same whenever it is drawn, as far back as is asked. */
export function seriesOf(
  request: SeriesRequest,
  now: number,
  subjects: readonly (string | undefined)[] = [undefined],
): Series[] {
  const { metric, signal = '', subject, from, resolution } = request;
  const step = resolution === 'day' ? 24 * HOUR : HOUR;
  const start = from?.getTime() ?? now - 24 * HOUR;
  const isTime = metric === 'uptime.responseMs';
  const [base, swing] = isTime ? [110, 30] : [0.52, 0.14];
  return subjects
    .filter(one => subject === undefined || one === subject)
    .map((one, index) => ({
      signalId: signal,
      subject: one,
      metric,
      unit: isTime ? 'milliseconds' : 'fraction',
      points: Array.from(
        { length: Math.floor((now - start) / step) + 1 },
        (_, point) => {
          const value =
            base * (1 + index * 0.4) +
            swing * Math.sin(point / 3 + metric.length + index);
          return {
            at: new Date(start + point * step).toISOString(),
            value,
            min: value * 0.8,
            max: value * 1.9,
            count: 12,
            p50: value,
            p95: value * 1.6,
          };
        },
      ),
    }));
}
