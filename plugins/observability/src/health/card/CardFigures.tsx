import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode } from 'react';
import {
  Gauge,
  Sparkline,
  UptimeDays,
  parseInstant,
  useFormat,
  useTranslation,
} from '../../shared';
import { figureName, levelOfFigure, nearestFigure } from '../database/figures';
import { levelOfMetric } from '../reasons';
import { limitsOf, SignalOf, signalsOf } from '../signals';
import { monthOf } from '../uptime/monthOf';
import { toHours } from './toHours';
import styles from './HealthCard.module.css';

const LEAST_MAXIMUM_PER_HOUR = 12;

/** What happened lately, one line a kind: a small chart and its number. */
export function CardFigures(props: { signals: readonly Signal[] }) {
  const { signals } = props;
  const [errors] = signalsOf(signals, 'errors').filter(signal => signal.data);
  const [performance] = signalsOf(signals, 'performance').filter(
    signal => signal.data,
  );
  const uptime = signalsOf(signals, 'uptime').filter(signal => signal.data);
  const databases = signalsOf(signals, 'database').filter(
    signal => signal.data,
  );
  const isEmpty =
    !errors && !performance && uptime.length === 0 && databases.length === 0;
  if (isEmpty) {
    return null;
  }
  return (
    <dl className={styles.figures}>
      {uptime.length > 0 && <UptimeLine signals={uptime} />}
      {errors && <ErrorsLine signal={errors} />}
      {performance && <ResponseTimeLine signal={performance} />}
      {databases.map(signal => (
        <DatabaseLine key={signal.id} signal={signal} />
      ))}
    </dl>
  );
}

function UptimeLine(props: { signals: readonly SignalOf<'uptime'>[] }) {
  const { signals } = props;
  const t = useTranslation();
  const format = useFormat();
  const { levels, fraction } = monthOf(signals);
  const down = levels.filter(level => level === 'down').length;
  const uptime =
    fraction === undefined
      ? t('health.uptime.noUptime')
      : format.percent(fraction);
  return (
    <Line
      signal={signals[0]}
      keepsColour
      label={t('health.card.uptime')}
      value={uptime}
      chart={
        <UptimeDays
          levels={levels}
          label={t('health.card.uptimeLabel', {
            summary:
              down > 0
                ? t('shared.uptime.downDays', { count: down })
                : t('shared.uptime.allUp'),
          })}
        />
      }
    />
  );
}

function DatabaseLine(props: { signal: SignalOf<'database'> }) {
  const { signal } = props;
  const t = useTranslation();
  const format = useFormat();
  const figure = nearestFigure(signal);
  if (!figure) {
    return null;
  }
  const { warning, critical } = limitsOf(signal, figure.metric);
  return (
    <Line
      signal={signal}
      label={t('health.card.database')}
      value={t('health.strip.figure', {
        figure: figureName(figure.metric, t),
        value: format.percent(figure.value, { minimum: 0, maximum: 0 }),
      })}
      chart={
        <Gauge
          value={figure.value}
          maximum={1}
          ticks={[warning, critical].filter(limit => limit !== undefined)}
          level={levelOfFigure(signal, figure.metric)}
        />
      }
    />
  );
}

function Line(props: {
  signal: Signal;
  label: string;
  chart: ReactNode;
  value: string;
  /** What is past stays as it was, however old the reading. */
  keepsColour?: boolean;
}) {
  const { signal, label, chart, value, keepsColour } = props;
  const isOld = signal.stale || signal.problem !== undefined;
  return (
    <div
      className={isOld ? styles.oldFigure : styles.figure}
      data-keeps-colour={keepsColour}
    >
      <dt>{label}</dt>
      <dd>{chart}</dd>
      <dd className={styles.number}>{value}</dd>
    </div>
  );
}

function ErrorsLine(props: { signal: SignalOf<'errors'> }) {
  const { signal } = props;
  const t = useTranslation();
  const format = useFormat();
  if (!signal.data) {
    return null;
  }
  const level =
    levelOfMetric(signal, 'errors.rate') ??
    levelOfMetric(signal, 'errors.count');
  const hours = toHours(signal.data.trend);
  const usual = Math.max(...hours.slice(0, -2), LEAST_MAXIMUM_PER_HOUR);
  return (
    <Line
      signal={signal}
      label={t('health.card.errors')}
      value={format.number(signal.data.events)}
      chart={
        <Sparkline
          kind="bars"
          values={hours}
          label={t('health.card.errorsLabel')}
          minimumMaximum={LEAST_MAXIMUM_PER_HOUR}
          threshold={level && { value: usual, level }}
        />
      }
    />
  );
}

function ResponseTimeLine(props: { signal: SignalOf<'performance'> }) {
  const { signal } = props;
  const t = useTranslation();
  const format = useFormat();
  if (!signal.data) {
    return null;
  }
  const { trend, p95Ms } = signal.data;
  const level = levelOfMetric(signal, 'performance.p95Ms');
  const limits = limitsOf(signal, 'performance.p95Ms');
  const limit = limits.warning ?? limits.critical;
  const first = parseInstant(trend[0]?.at)?.getTime() ?? 0;
  const last = parseInstant(trend[trend.length - 1]?.at)?.getTime() ?? 0;
  const span = format.duration(roundToMinutes(last - first));
  return (
    <Line
      signal={signal}
      label={t('health.card.p95', { span })}
      value={
        p95Ms === null
          ? t('health.performance.nothing')
          : format.milliseconds(p95Ms)
      }
      chart={
        trend.length > 1 && (
          <Sparkline
            kind="line"
            values={trend.map(point => point.p95Ms)}
            label={t('health.card.p95Label', { span })}
            minimumMaximum={limit === undefined ? 0 : limit * 1.1}
            threshold={
              level && limit !== undefined ? { value: limit, level } : undefined
            }
          />
        )
      }
    />
  );
}

/** 119 minutes of points, one every minute, are two hours. */
function roundToMinutes(milliseconds: number): number {
  const step = milliseconds > 3600_000 ? 15 * 60_000 : 60_000;
  return Math.round(milliseconds / step) * step;
}
