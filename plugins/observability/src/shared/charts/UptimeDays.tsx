import { useId } from 'react';
import { DayLevel } from './dayLevels';
import styles from './uptime.module.css';

const HEIGHT = 20;
const SLOT = 4;
const WIDTH = 3;

// Height tells as much as colour does.
const HEIGHTS: Record<DayLevel, number> = {
  up: 10,
  degraded: 15.2,
  down: 20,
  maintenance: 10,
  unknown: 20,
  none: 1.5,
};

/** Days as bars, oldest first; those of one level are one path. */
export function UptimeDays(props: {
  levels: readonly DayLevel[];
  /** The text alternative; without one the text beside it says it all. */
  label?: string;
}) {
  const { levels, label } = props;
  const hatch = useId();
  const paths = new Map<DayLevel, string>();
  levels.forEach((level, index) => {
    const height = HEIGHTS[level];
    const bar = `M${index * SLOT} ${
      HEIGHT - height
    }h${WIDTH}v${height}h-${WIDTH}z`;
    paths.set(level, (paths.get(level) ?? '') + bar);
  });
  return (
    <svg
      className={styles.days}
      viewBox={`0 0 ${Math.max(1, levels.length * SLOT - 1)} ${HEIGHT}`}
      preserveAspectRatio="none"
      focusable="false"
      {...(label
        ? { role: 'img', 'aria-label': label }
        : { 'aria-hidden': true })}
    >
      {paths.has('unknown') && (
        <pattern
          id={hatch}
          width="3"
          height="3"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path className={styles.hatch} d="M0 0V3" />
        </pattern>
      )}
      {[...paths].map(([level, path]) => (
        <path
          key={level}
          className={styles[level]}
          d={path}
          fill={level === 'unknown' ? `url(#${hatch})` : undefined}
        />
      ))}
    </svg>
  );
}
