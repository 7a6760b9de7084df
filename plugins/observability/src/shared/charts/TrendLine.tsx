import classNames from 'classnames';
import { ChartPoint, pathOf, splitLine } from './scale';
import { PlotScale, TrendThreshold } from './plot';
import styles from './charts.module.css';

/** Durations, one line. It takes the colour of the lowest level from there on. */
export function TrendLine(props: {
  points: readonly ChartPoint[];
  scale: PlotScale;
  thresholds: readonly TrendThreshold[];
}) {
  const { points, scale, thresholds } = props;
  const [lowest] = thresholds
    .filter(threshold => threshold.level)
    .sort((a, b) => a.value - b.value);
  const segments = splitLine(
    points.map(point => ({ x: point.at, y: point.value })),
    { threshold: lowest?.value, maximumGap: scale.step * 2.5 || Infinity },
  );
  return (
    <>
      {segments.map(segment => (
        <path
          key={segment.points[0].x}
          className={classNames(
            styles.line,
            segment.beyond && lowest?.level && styles[lowest.level],
          )}
          d={pathOf(
            segment.points.map(point => ({
              x: scale.x(point.x),
              y: scale.y(point.y),
            })),
          )}
        />
      ))}
    </>
  );
}
