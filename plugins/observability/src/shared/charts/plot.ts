import { ChartPoint, roundUp, stepOf } from './scale';

export const PLOT_WIDTH = 400;
export const PLOT_HEIGHT = 104;
/** Words over the plot need this much. */
export const LABEL_HEIGHT = 18;

/** A horizontal mark with its value in words. */
export interface TrendThreshold {
  value: number;
  /** Without words nothing is drawn; what lies above is coloured all the same. */
  label?: string;
  /** Colours what lies above. Without it the mark is a goal. */
  level?: 'warning' | 'critical';
}

/** A mark that is drawn. */
export type LabelledThreshold = TrendThreshold & { label: string };

/** A vertical mark, such as a release. */
export interface TrendMarker {
  at: number;
  label: string;
}

/** Where instants and values lie in the plot. */
export interface PlotScale {
  start: number;
  end: number;
  step: number;
  maximum: number;
  x(at: number): number;
  y(value: number): number;
}

/** The scale that holds all points, and the limits that they are read against. */
export function createPlotScale(
  kind: 'bars' | 'line',
  points: readonly ChartPoint[],
  thresholds: readonly TrendThreshold[],
  minimumMaximum: number,
): PlotScale {
  const step = stepOf(points);
  const start = points[0]?.at ?? 0;
  const last = points[points.length - 1]?.at ?? start;
  // A bar covers the time after its instant; a line ends at its last point.
  const end = Math.max(kind === 'bars' ? last + step : last, start + 1);
  const highest = Math.max(minimumMaximum, ...points.map(point => point.value));
  // Durations are read against their limit, so it is in view; counts are not,
  // or the limit would press an ordinary day flat.
  const marks =
    kind === 'line' ? thresholds.map(threshold => threshold.value * 1.25) : [];
  const maximum = roundUp(Math.max(highest * 1.02, ...marks));
  return {
    start,
    end,
    step,
    maximum,
    x: at => ((at - start) / (end - start)) * PLOT_WIDTH,
    y: value => PLOT_HEIGHT - (value / maximum) * PLOT_HEIGHT,
  };
}

const WEIGHT = { critical: 2, warning: 1, goal: 0 };

/**
 * The limits that are in view and far enough apart to be named, since a line
 * without its value says nothing. The more serious goes first.
 */
export function visibleThresholds(
  thresholds: readonly TrendThreshold[],
  scale: PlotScale,
): LabelledThreshold[] {
  const chosen: LabelledThreshold[] = [];
  const weightOf = ({ level }: TrendThreshold) => WEIGHT[level ?? 'goal'];
  for (const threshold of thresholds
    .filter(isLabelled)
    .sort((a, b) => weightOf(b) - weightOf(a))) {
    const y = scale.y(threshold.value);
    const fits =
      y >= LABEL_HEIGHT &&
      chosen.every(other => Math.abs(scale.y(other.value) - y) >= LABEL_HEIGHT);
    if (fits) {
      chosen.push(threshold);
    }
  }
  return chosen;
}

function isLabelled(threshold: TrendThreshold): threshold is LabelledThreshold {
  return threshold.label !== undefined;
}
