import classNames from 'classnames';
import { pathOf, splitLine } from './scale';
import styles from './charts.module.css';

const HEIGHT = 20;
const SLOT = 4;
const LEAST_BAR = 1.5;

/**
 * A small chart without axes, beside its number: bars for counts, a line for
 * durations. Values are equally far apart, oldest first.
 */
export function Sparkline(props: {
  kind: 'bars' | 'line';
  values: readonly number[];
  /** The text alternative. */
  label: string;
  /** The scale reaches at least this far, so that 3 errors look like 3. */
  minimumMaximum?: number;
  /** Where releases lie, as shares of the width. */
  markers?: readonly number[];
  /** What lies above takes the level's colour. */
  threshold?: { value: number; level: 'warning' | 'critical' };
}) {
  const { kind, values, label, threshold } = props;
  const { minimumMaximum = 0, markers = [] } = props;
  const width = Math.max(1, values.length) * SLOT;
  const maximum = Math.max(minimumMaximum, ...values, Number.MIN_VALUE);
  const height = (value: number) => (value / maximum) * HEIGHT;
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path className={styles.base} d={`M0 ${HEIGHT - 0.5}H${width}`} />
      {kind === 'bars'
        ? values.map((value, index) => {
            const barHeight = Math.max(LEAST_BAR, height(value));
            return value > 0 ? (
              <rect
                // The position is the hour: bars never move among each other.
                key={`${index}`}
                className={classNames(
                  styles.bar,
                  threshold &&
                    value > threshold.value &&
                    styles[threshold.level],
                )}
                x={index * SLOT + 0.5}
                width={SLOT - 1}
                y={HEIGHT - barHeight}
                height={barHeight}
              />
            ) : null;
          })
        : splitLine(
            values.map((value, index) => ({
              x: (index / Math.max(1, values.length - 1)) * width,
              y: value,
            })),
            { threshold: threshold?.value, maximumGap: Infinity },
          ).map(segment => (
            <path
              key={segment.points[0].x}
              className={classNames(
                styles.line,
                segment.beyond && threshold && styles[threshold.level],
              )}
              d={pathOf(
                segment.points.map(point => ({
                  x: point.x,
                  y: HEIGHT - 1 - height(point.y) * 0.9,
                })),
              )}
            />
          ))}
      {markers.map(marker => (
        <path
          key={marker}
          className={styles.markerLine}
          d={`M${marker * width} 0V${HEIGHT}`}
        />
      ))}
    </svg>
  );
}
