import classNames from 'classnames';
import styles from './charts.module.css';

/**
 * A value on a track, with a tick for each threshold. It repeats numbers that
 * stand beside it in words, so it is silent.
 */
export function Gauge(props: {
  value: number;
  /** The value at the end of the track. */
  maximum: number;
  ticks: readonly number[];
  level?: 'warning' | 'critical';
}) {
  const { value, maximum, ticks, level } = props;
  const position = (at: number) =>
    `${Math.min(100, Math.max(0, (at / maximum) * 100))}%`;
  return (
    <div className={styles.gauge} aria-hidden="true">
      <span
        className={classNames(styles.gaugeValue, level && styles[level])}
        style={{ width: position(value) }}
      />
      {ticks.map(tick => (
        <span
          key={tick}
          className={styles.gaugeTick}
          style={{ left: position(tick) }}
        />
      ))}
    </div>
  );
}
