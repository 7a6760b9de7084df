import { ErrorsData } from '@watchkeeper/backstage-plugin-observability-common';
import { Gauge, useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { Figure } from '../Figure';
import { levelOfMetric } from '../reasons';
import { limitsOf, SignalOf } from '../signals';
import { thresholdWords, yesterdayWords } from '../thresholdWords';

const METRIC = 'errors.rate';

/** The rate against its limits, events and users against yesterday. */
export function ErrorFigures(props: {
  signal: SignalOf<'errors'>;
  data: ErrorsData;
}) {
  const { signal, data } = props;
  const t = useTranslation();
  const format = useFormat();
  const { warning, critical } = limitsOf(signal, METRIC);
  const write = (value: number) => format.number(value);
  const level = levelOfMetric(signal, METRIC);
  const ticks = [warning, critical].filter(limit => limit !== undefined);
  return (
    <>
      {data.rate === undefined ? (
        <Figure
          wide
          label={t('health.errors.rate')}
          value={
            <span className={text.secondary}>
              {t('health.errors.noRequestCounts')}
            </span>
          }
          detail={t('health.errors.noRequestCountsHint')}
        />
      ) : (
        <Figure
          wide
          label={t('health.errors.rate')}
          value={format.percent(data.rate)}
          level={level}
          detail={thresholdWords({
            signal,
            metric: METRIC,
            write: value => format.percent(value, { minimum: 0, maximum: 2 }),
            format,
            t,
          })}
        >
          {ticks.length > 0 && (
            <Gauge
              value={data.rate}
              maximum={Math.max(...ticks) * 2}
              ticks={ticks}
              level={level}
            />
          )}
        </Figure>
      )}
      <Figure
        label={t('health.errors.events')}
        value={write(data.events)}
        detail={yesterdayWords({
          value: data.events,
          previous: data.previousEvents,
          write,
          format,
          t,
        })}
      />
      <Figure
        label={t('health.errors.users')}
        value={write(data.users)}
        detail={yesterdayWords({
          value: data.users,
          previous: data.previousUsers,
          write,
          format,
          t,
        })}
      />
    </>
  );
}
