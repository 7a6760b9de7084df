import {
  findMetric,
  PerformanceData,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Gauge, useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { Figure } from '../Figure';
import { levelOfMetric } from '../reasons';
import { limitsOf, SignalOf } from '../signals';
import { thresholdWords, yesterdayWords } from '../thresholdWords';

/** The metric of this section's limits. */
export const P95_METRIC = 'performance.p95Ms';

/** The response time against its limits, throughput and failures against yesterday. */
export function PerformanceFigures(props: {
  signal: SignalOf<'performance'>;
  data: PerformanceData;
}) {
  const { signal, data } = props;
  const t = useTranslation();
  const format = useFormat();
  const level = levelOfMetric(signal, P95_METRIC);
  const { warning, critical } = limitsOf(signal, P95_METRIC);
  const ticks = [warning, critical].filter(limit => limit !== undefined);
  const goal = findMetric(P95_METRIC)?.goal;
  const limits = thresholdWords({
    signal,
    metric: P95_METRIC,
    write: format.milliseconds,
    format,
    t,
  });
  const words = [
    limits,
    goal !== undefined &&
      t('health.threshold.goal', { value: format.milliseconds(goal) }),
  ].filter(Boolean);
  return (
    <>
      <Figure
        wide
        label={t('health.performance.p95')}
        value={
          data.p95Ms === null ? (
            <span className={text.secondary}>
              {t('health.performance.nothing')}
            </span>
          ) : (
            format.milliseconds(data.p95Ms)
          )
        }
        level={level}
        detail={words.join(' · ')}
      >
        {data.p95Ms !== null && ticks.length > 0 && (
          <Gauge
            value={data.p95Ms}
            maximum={Math.max(...ticks) * 2}
            ticks={ticks}
            level={level}
          />
        )}
      </Figure>
      <Figure
        label={t('health.performance.throughput')}
        value={format.perMinute(data.throughputPerMinute)}
        detail={yesterdayWords({
          value: data.throughputPerMinute,
          previous: data.previousThroughputPerMinute,
          write: value => format.number(value, value < 10 ? 1 : 0),
          format,
          t,
        })}
      />
      {data.failureRate !== undefined && (
        <Figure
          label={t('health.performance.failed')}
          value={format.percent(data.failureRate)}
          detail={
            data.previousFailureRate === undefined
              ? undefined
              : t('health.yesterday', {
                  value: format.percent(data.previousFailureRate),
                })
          }
        />
      )}
    </>
  );
}
