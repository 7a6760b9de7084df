import {
  ErrorsData,
  findMetric,
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
import { stepOf } from '../../shared/charts/scale';
import text from '../../shared/text.module.css';
import { limitsOf, SignalOf } from '../signals';

const METRIC = 'errors.count';
const HOUR_MS = 3600_000;
/** Three errors an hour look like three, not like a peak. */
const LEAST_MAXIMUM_PER_HOUR = 12;

/** Events over the window. */
export function EventTrend(props: {
  signal: SignalOf<'errors'>;
  data: ErrorsData;
  markers: readonly TrendMarker[];
}) {
  const { signal, data, markers } = props;
  const t = useTranslation();
  const format = useFormat();
  const points = useMemo(
    () =>
      data.trend.flatMap(({ at, count }) => {
        const instant = parseInstant(at);
        return instant ? [{ at: instant.getTime(), value: count }] : [];
      }),
    [data.trend],
  );
  const stepMs = stepOf(points) || HOUR_MS;
  const minutes = Math.round(stepMs / 60_000);
  const title =
    minutes === 60
      ? t('health.errors.trendHour')
      : t('health.errors.trendMinutes', { minutes: String(minutes) });

  // The limit is for a window of its own; a bar is held against its share of it.
  const windowMs = (findMetric(METRIC)?.windowSeconds ?? 300) * 1000;
  const { warning, critical } = limitsOf(signal, METRIC);
  const thresholds = useMemo(
    () =>
      (
        [
          ['warning', warning],
          ['critical', critical],
        ] as const
      ).flatMap(([level, limit]): TrendThreshold[] =>
        limit === undefined
          ? []
          : [
              {
                level,
                value: (limit * stepMs) / windowMs,
                label: t('health.errors.limitPer', {
                  value: format.number(limit),
                  minutes: String(Math.round(windowMs / 60_000)),
                }),
              },
            ],
      ),
    [warning, critical, stepMs, windowMs, format, t],
  );

  const counts = points.map(point => point.value);
  return (
    <>
      <div className={`${text.small} ${text.secondary}`}>{title}</div>
      <TrendChart
        kind="bars"
        points={points}
        label={t('health.errors.trendLabel', {
          title,
          highest: format.number(Math.max(...counts)),
          latest: format.number(counts[counts.length - 1] ?? 0),
        })}
        thresholds={thresholds}
        markers={markers}
        minimumMaximum={(LEAST_MAXIMUM_PER_HOUR * stepMs) / HOUR_MS}
        endedAt={
          signal.stale || signal.problem
            ? parseInstant(signal.observedAt)
            : undefined
        }
      />
    </>
  );
}
