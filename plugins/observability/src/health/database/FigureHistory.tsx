import { useMemo } from 'react';
import { useSeries } from '../../api';
import { Sparkline, useTranslation } from '../../shared';
import { limitsOf, SignalOf } from '../signals';
import { FigureMetric, figureName } from './figures';

/** How a share went over a day, small. */
export function FigureHistory(props: {
  entityRef: string;
  signal: SignalOf<'database'>;
  metric: FigureMetric;
}) {
  const { entityRef, signal, metric } = props;
  const t = useTranslation();
  const view = useSeries({
    entityRef,
    metric,
    signal: signal.id,
    hours: 24,
    resolution: 'hour',
  });
  const series = view.state === 'loaded' ? view.series : undefined;
  const values = useMemo(
    () =>
      (series ?? [])
        .filter(one => one.signalId === signal.id)
        .flatMap(({ points }) => points.map(point => point.value)),
    [series, signal.id],
  );
  if (values.length < 2) {
    return null;
  }
  const { warning, critical } = limitsOf(signal, metric);
  const limit = warning ?? critical;
  return (
    <Sparkline
      kind="line"
      values={values}
      label={t('health.database.historyLabel', {
        figure: figureName(metric, t),
      })}
      minimumMaximum={1}
      threshold={
        limit === undefined
          ? undefined
          : {
              value: limit,
              level: warning === undefined ? 'critical' : 'warning',
            }
      }
    />
  );
}
