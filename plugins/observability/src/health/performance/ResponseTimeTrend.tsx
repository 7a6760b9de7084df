import {
  findMetric,
  PerformanceData,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import {
  parseInstant,
  TrendChart,
  TrendMarker,
  TrendThreshold,
  useFormat,
  useTranslation,
} from '../../shared';
import { limitsOf, SignalOf } from '../signals';
import { P95_METRIC } from './PerformanceFigures';

/** The response time over the window, between its limit and its goal. */
export function ResponseTimeTrend(props: {
  signal: SignalOf<'performance'>;
  data: PerformanceData;
  markers: readonly TrendMarker[];
}) {
  const { signal, data, markers } = props;
  const t = useTranslation();
  const format = useFormat();
  const points = useMemo(
    () =>
      data.trend.flatMap(({ at, p95Ms }) => {
        const instant = parseInstant(at);
        return instant ? [{ at: instant.getTime(), value: p95Ms }] : [];
      }),
    [data.trend],
  );
  const { warning, critical } = limitsOf(signal, P95_METRIC);
  const goal = findMetric(P95_METRIC)?.goal;
  const thresholds = useMemo(() => {
    const marks: TrendThreshold[] = [];
    for (const [level, value] of [
      ['critical', critical],
      ['warning', warning],
      [undefined, goal],
    ] as const) {
      if (value !== undefined) {
        const words = { value: format.milliseconds(value) };
        marks.push({
          value,
          level,
          label: level
            ? t('health.performance.limit', words)
            : t('health.performance.goal', words),
        });
      }
    }
    return marks;
  }, [critical, warning, goal, format, t]);
  const values = points.map(point => point.value);
  return (
    <TrendChart
      kind="line"
      points={points}
      label={t('health.performance.trendLabel', {
        lowest: format.milliseconds(Math.min(...values)),
        highest: format.milliseconds(Math.max(...values)),
        latest: format.milliseconds(values[values.length - 1] ?? 0),
      })}
      thresholds={thresholds}
      markers={markers}
      endedAt={
        signal.stale || signal.problem
          ? parseInstant(signal.observedAt)
          : undefined
      }
    />
  );
}
