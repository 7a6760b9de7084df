/** A measurement at an instant, in milliseconds since the epoch. */
export interface ChartPoint {
  at: number;
  value: number;
}

/** A piece of a line that lies on one side of a threshold. */
export interface LineSegment {
  beyond: boolean;
  points: { x: number; y: number }[];
}

/** The usual distance between points, which tells a bucket's length; 0 for fewer than two. */
export function stepOf(points: readonly ChartPoint[]): number {
  const distances = points
    .slice(1)
    .map((point, index) => point.at - points[index].at)
    .sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? 0;
}

/** The least round number (1, 2, 3, 5 or 8 times a power of ten) that is not below a value. */
export function roundUp(value: number): number {
  if (value <= 0) {
    return 1;
  }
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 3, 5, 8, 10].find(
    candidate => candidate * magnitude >= value,
  );
  return (step ?? 10) * magnitude;
}

/**
 * Cuts a line where it crosses a threshold, so that only the part beyond it
 * takes the level's colour, and where points are missing, so that no line is
 * drawn over a time of which nothing is known.
 */
export function splitLine(
  points: readonly { x: number; y: number }[],
  options: { threshold?: number; maximumGap: number },
): LineSegment[] {
  const { threshold = Infinity, maximumGap } = options;
  const segments: LineSegment[] = [];
  let current: LineSegment | undefined;
  for (const point of points) {
    const beyond = point.y > threshold;
    const previous = current?.points[current.points.length - 1];
    if (!current || !previous || point.x - previous.x > maximumGap) {
      current = { beyond, points: [point] };
      segments.push(current);
    } else if (current.beyond === beyond) {
      current.points.push(point);
    } else {
      const share = (threshold - previous.y) / (point.y - previous.y);
      const crossing = {
        x: previous.x + share * (point.x - previous.x),
        y: threshold,
      };
      current.points.push(crossing);
      current = { beyond, points: [crossing, point] };
      segments.push(current);
    }
  }
  return segments;
}

/** The `d` of a path through points. A point alone is a dot: a line of no length. */
export function pathOf(points: readonly { x: number; y: number }[]): string {
  const path = points
    .map(
      (point, index) =>
        `${index === 0 ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`,
    )
    .join('');
  return points.length === 1 ? `${path}h0.1` : path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
