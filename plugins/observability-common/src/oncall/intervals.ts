/** A stretch of time between two instants in milliseconds since 1970; half open. */
export interface Interval {
  start: number;
  end: number;
}

/** The time that intervals cover, without overlaps, those that touch as one. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { start, end } of [...intervals].sort(byStart)) {
    const last = merged.at(-1);
    if (end <= start) {
      continue;
    }
    if (last && start <= last.end) {
      last.end = Math.max(last.end, end);
    } else {
      merged.push({ start, end });
    }
  }
  return merged;
}

/** What is left of an interval without others, which are in order and do not overlap. */
export function withoutIntervals(
  interval: Interval,
  others: readonly Interval[],
): Interval[] {
  const left: Interval[] = [];
  let { start } = interval;
  for (let index = firstEndingAfter(others, start); ; index++) {
    const other = others[index];
    if (!other || other.start >= interval.end) {
      break;
    }
    if (other.start > start) {
      left.push({ start, end: other.start });
    }
    start = Math.max(start, other.end);
  }
  if (start < interval.end) {
    left.push({ start, end: interval.end });
  }
  return left;
}

/** Where the first interval is that ends after an instant; they are in order and do not overlap. */
export function firstEndingAfter(
  intervals: readonly Interval[],
  instant: number,
): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle].end <= instant) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

export function overlaps(interval: Interval, from: number, to: number) {
  return interval.start < to && interval.end > from;
}

export function byStart(one: Interval, other: Interval): number {
  return one.start - other.start;
}
