import {
  LABEL_HEIGHT,
  LabelledThreshold,
  PLOT_WIDTH,
  PlotScale,
  TrendMarker,
} from './plot';
import styles from './charts.module.css';

/** Labels of releases nearer than this share of the plot would overlap. */
const LABEL_SHARE = 0.3;

/** The words over a plot: the limits, and the releases. */
export function TrendMarks(props: {
  thresholds: readonly LabelledThreshold[];
  markers: readonly TrendMarker[];
  scale: PlotScale;
}) {
  const { thresholds, markers, scale } = props;
  return (
    <>
      {thresholds.map(threshold => (
        <span
          key={threshold.label}
          className={styles.thresholdLabel}
          style={{ top: scale.y(threshold.value) - LABEL_HEIGHT }}
        >
          {threshold.label}
        </span>
      ))}
      {labelledMarkers(markers, scale).map(marker => {
        const share = scale.x(marker.at) / PLOT_WIDTH;
        const side =
          share > 0.5
            ? { right: `calc(${(1 - share) * 100}% + 3px)` }
            : { left: `calc(${share * 100}% + 3px)` };
        return (
          <span
            key={`${marker.at} ${marker.label}`}
            className={styles.markerLabel}
            style={side}
          >
            <bdi>{marker.label}</bdi>
          </span>
        );
      })}
    </>
  );
}

/** The newest release is named; older ones where there is room. */
function labelledMarkers(
  markers: readonly TrendMarker[],
  scale: PlotScale,
): TrendMarker[] {
  const chosen: TrendMarker[] = [];
  for (const marker of [...markers].sort((a, b) => b.at - a.at)) {
    const far = chosen.every(
      other =>
        Math.abs(scale.x(other.at) - scale.x(marker.at)) >
        LABEL_SHARE * PLOT_WIDTH,
    );
    if (far) {
      chosen.push(marker);
    }
  }
  return chosen;
}
