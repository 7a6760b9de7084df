import { useMemo } from 'react';
import { useFormat } from '../format/useFormat';
import {
  createPlotScale,
  PLOT_HEIGHT,
  PLOT_WIDTH,
  TrendMarker,
  TrendThreshold,
  visibleThresholds,
} from './plot';
import { ChartPoint } from './scale';
import { TimeAxis } from './TimeAxis';
import { TrendBars } from './TrendBars';
import { TrendLine } from './TrendLine';
import { TrendMarks } from './TrendMarks';
import styles from './charts.module.css';

/**
 * Measurements over time, with the thresholds they are held against and the
 * releases in between. The plot stretches; words lie over it as text, so that
 * they never do.
 */
export function TrendChart(props: {
  kind: 'bars' | 'line';
  points: readonly ChartPoint[];
  /** A second line that lies below the first, such as the median under p95. */
  companion?: readonly ChartPoint[];
  /** The text alternative: what the picture says, as a sentence. */
  label: string;
  thresholds?: readonly TrendThreshold[];
  markers?: readonly TrendMarker[];
  minimumMaximum?: number;
  /** When the last measurement was made, where that is not now. */
  endedAt?: Date;
}) {
  const { kind, points, label, endedAt } = props;
  const { thresholds = [], markers = [], minimumMaximum = 0 } = props;
  const { companion } = props;
  const format = useFormat();
  const scale = useMemo(
    () => createPlotScale(kind, points, thresholds, minimumMaximum),
    [kind, points, thresholds, minimumMaximum],
  );
  const shown = visibleThresholds(thresholds, scale);
  const within = markers.filter(
    marker => marker.at > scale.start && marker.at <= scale.end,
  );
  const Plot = kind === 'bars' ? TrendBars : TrendLine;
  return (
    <figure className={styles.trend}>
      <div className={styles.plot}>
        <svg
          className={styles.plotArea}
          viewBox={`0 0 ${PLOT_WIDTH} ${PLOT_HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          <path
            className={styles.base}
            d={`M0 ${PLOT_HEIGHT - 0.5}H${PLOT_WIDTH}`}
          />
          {shown.map(threshold => (
            <path
              key={threshold.label}
              className={styles.thresholdLine}
              d={`M0 ${scale.y(threshold.value)}H${PLOT_WIDTH}`}
            />
          ))}
          {companion && (
            <g className={styles.companion}>
              <TrendLine points={companion} scale={scale} thresholds={[]} />
            </g>
          )}
          <Plot points={points} scale={scale} thresholds={thresholds} />
          {within.map(marker => (
            <path
              key={`${marker.at} ${marker.label}`}
              className={styles.markerLine}
              d={`M${scale.x(marker.at)} 0V${PLOT_HEIGHT}`}
            />
          ))}
        </svg>
        <TrendMarks thresholds={shown} markers={within} scale={scale} />
      </div>
      <TimeAxis
        start={scale.start}
        end={scale.end}
        endLabel={endedAt && format.clock(endedAt, Date.now())}
      />
    </figure>
  );
}
