import {
  ErrorsData,
  findMetric,
  Signal,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import {
  Format,
  parseInstant,
  Translate,
  TrendChart,
  TrendMarker,
  TrendThreshold,
  useFormat,
  useTranslation,
} from '../../shared';
import { ChartPoint, stepOf } from '../../shared/charts/scale';
import text from '../../shared/text.module.css';
import { levelOfMetric } from '../reasons';
import { limitsOf, SignalOf } from '../signals';

const METRIC = 'errors.count';
const WINDOW_MS = (findMetric(METRIC)?.windowSeconds ?? 300) * 1000;
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

  const thresholds = useMemo(
    () =>
      stepMs === WINDOW_MS
        ? limitMarks(signal, format, t)
        : outbreak(signal, points, stepMs),
    [signal, points, stepMs, format, t],
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

/** The limits, for bars that are as long as the window they are for. */
function limitMarks(
  signal: Signal,
  format: Format,
  t: Translate,
): TrendThreshold[] {
  const limits = limitsOf(signal, METRIC);
  return (['warning', 'critical'] as const).flatMap(level => {
    const value = limits[level];
    return value === undefined
      ? []
      : {
          level,
          value,
          label: t('health.errors.limitPer', {
            value: format.number(value),
            minutes: String(WINDOW_MS / 60_000),
          }),
        };
  });
}

/**
 * A limit says nothing about longer bars. What stands out in them is what is
 * more than twice as high as all there was before errors became a reason. That
 * was seen a little later than it began, maybe in the next bar.
 */
function outbreak(
  signal: Signal,
  points: readonly ChartPoint[],
  stepMs: number,
): TrendThreshold[] {
  const level =
    levelOfMetric(signal, 'errors.rate') ?? levelOfMetric(signal, METRIC);
  if (!level) {
    return [];
  }
  const began = Math.min(
    ...signal.reasons
      .filter(reason => reason.level !== 'unknown')
      .map(reason => Date.parse(reason.since)),
  );
  const before = points.filter(point => point.at + 2 * stepMs <= began);
  return [
    { level, value: 2 * Math.max(0, ...before.map(point => point.value)) },
  ];
}
