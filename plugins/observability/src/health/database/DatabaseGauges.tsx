import { DatabaseData } from '@watchkeeper/backstage-plugin-observability-common';
import { Gauge, useFormat, useTranslation, WhenSeen } from '../../shared';
import { Figure } from '../Figure';
import { limitsOf, SignalOf } from '../signals';
import { thresholdWords } from '../thresholdWords';
import {
  FIGURE_METRICS,
  FigureMetric,
  figureName,
  figureOf,
  levelOfFigure,
} from './figures';
import { FigureHistory } from './FigureHistory';
import styles from './database.module.css';

/** What is used of what the database has, each against its limits and over a day. */
export function DatabaseGauges(props: {
  entityRef: string;
  signal: SignalOf<'database'>;
  data: DatabaseData;
}) {
  const { entityRef, signal, data } = props;
  const measured = FIGURE_METRICS.flatMap(metric => {
    const value = figureOf(data, metric);
    return value === undefined ? [] : [{ metric, value }];
  });
  if (measured.length === 0) {
    return null;
  }
  return (
    <div className={styles.gauges}>
      {measured.map(({ metric, value }) => (
        <FigureGauge
          key={metric}
          entityRef={entityRef}
          signal={signal}
          data={data}
          metric={metric}
          value={value}
        />
      ))}
    </div>
  );
}

function FigureGauge(props: {
  entityRef: string;
  signal: SignalOf<'database'>;
  data: DatabaseData;
  metric: FigureMetric;
  value: number;
}) {
  const { entityRef, signal, data, metric, value } = props;
  const t = useTranslation();
  const format = useFormat();
  const level = levelOfFigure(signal, metric);
  const { warning, critical } = limitsOf(signal, metric);
  const connections =
    metric === 'database.connections' ? data.connections : undefined;
  const ticks = [warning, critical].filter(limit => limit !== undefined);
  if (connections) {
    // A limit in numbers lies on the same scale.
    const counts = limitsOf(signal, 'database.connectionCount');
    for (const count of [counts.warning, counts.critical]) {
      if (count !== undefined && count < connections.max) {
        ticks.push(count / connections.max);
      }
    }
  }
  const write = (fraction: number) =>
    connections
      ? format.number(fraction * connections.max)
      : format.percent(fraction, { minimum: 0, maximum: 1 });
  return (
    <Figure
      label={figureName(metric, t)}
      level={level}
      value={
        connections ? (
          <>
            {format.number(connections.used)}{' '}
            <small className={styles.ofMaximum}>
              {t('health.database.ofMaximum', {
                max: format.number(connections.max),
              })}
            </small>
          </>
        ) : (
          format.percent(value, { minimum: 0, maximum: 0 })
        )
      }
      detail={thresholdWords({ signal, metric, write, format, t })}
    >
      <Gauge value={value} maximum={1} ticks={ticks} level={level} />
      <WhenSeen className={styles.history}>
        <FigureHistory entityRef={entityRef} signal={signal} metric={metric} />
      </WhenSeen>
    </Figure>
  );
}
