import classNames from 'classnames';
import { ChartPoint } from './scale';
import { PLOT_HEIGHT, PLOT_WIDTH, PlotScale, TrendThreshold } from './plot';
import styles from './charts.module.css';

const LEAST_BAR = 1.5;

/** Counts, one bar a bucket of time. */
export function TrendBars(props: {
  points: readonly ChartPoint[];
  scale: PlotScale;
  thresholds: readonly TrendThreshold[];
}) {
  const { points, scale, thresholds } = props;
  const slot = PLOT_WIDTH / Math.max(1, points.length);
  return (
    <>
      {points.map(point => {
        const height = Math.max(LEAST_BAR, PLOT_HEIGHT - scale.y(point.value));
        const level = levelOf(point.value, thresholds);
        return point.value > 0 ? (
          <rect
            key={point.at}
            className={classNames(styles.bar, level && styles[level])}
            x={scale.x(point.at) + slot * 0.125}
            width={slot * 0.75}
            y={PLOT_HEIGHT - height}
            height={height}
          />
        ) : null;
      })}
    </>
  );
}

function levelOf(
  value: number,
  thresholds: readonly TrendThreshold[],
): 'warning' | 'critical' | undefined {
  const broken = thresholds
    .filter(threshold => value > threshold.value)
    .map(threshold => threshold.level);
  return broken.includes('critical')
    ? 'critical'
    : broken.find(level => level !== undefined);
}
