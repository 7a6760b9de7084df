import { Monitor } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import { useSeries } from '../../api';
import { Sparkline, useTranslation } from '../../shared';
import { SignalOf } from '../signals';
import { RESPONSE_METRIC, responsePoints } from './responsePoints';

/** The response time of a day, small. All monitors of a source share one reading. */
export function ResponseSparkline(props: {
  entityRef: string;
  signal: SignalOf<'uptime'>;
  monitor: Monitor;
}) {
  const { entityRef, signal, monitor } = props;
  const t = useTranslation();
  const view = useSeries({
    entityRef,
    metric: RESPONSE_METRIC,
    signal: signal.id,
    hours: 24,
    resolution: 'hour',
  });
  const series = view.state === 'loaded' ? view.series : undefined;
  const values = useMemo(
    () =>
      responsePoints(series ?? [], signal.id, monitor.id).map(
        point => point.p50,
      ),
    [series, signal.id, monitor.id],
  );
  // What cannot be drawn is not missed: the number beside it stands for itself.
  if (values.length < 2) {
    return null;
  }
  return (
    <Sparkline
      kind="line"
      values={values}
      label={t('health.uptime.responseLabel', { name: monitor.name })}
    />
  );
}
