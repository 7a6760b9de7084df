/** How much of a schedule is drawn. */
export const TIMELINE_SPANS = [
  'two-weeks',
  'four-weeks',
  'three-months',
] as const;
/** See {@link TIMELINE_SPANS}. */
export type TimelineSpan = (typeof TIMELINE_SPANS)[number];

const DAYS: Record<TimelineSpan, number> = {
  'two-weeks': 14,
  'four-weeks': 28,
  'three-months': 91,
};

const HOUR_MS = 3_600_000;

/** A day on the reader's clock; as long as it is, also where the clocks change. */
export interface TimelineDay {
  start: number;
  end: number;
  hours: number;
  isWeekend: boolean;
}

/** A stretch of whole days on the reader's clock. Its axis is elapsed time. */
export interface TimelineWindow {
  span: TimelineSpan;
  from: number;
  to: number;
  days: TimelineDay[];
}

/** The window whose first day is that of an instant. */
export function createTimelineWindow(
  span: TimelineSpan,
  at: number,
): TimelineWindow {
  const first = new Date(at);
  const midnight = (index: number) =>
    new Date(
      first.getFullYear(),
      first.getMonth(),
      first.getDate() + index,
    ).getTime();
  const days = Array.from({ length: DAYS[span] }, (_, index) => {
    const start = midnight(index);
    const end = midnight(index + 1);
    const weekday = new Date(start).getDay();
    return {
      start,
      end,
      hours: (end - start) / HOUR_MS,
      isWeekend: weekday === 0 || weekday === 6,
    };
  });
  return { span, from: days[0].start, to: days[days.length - 1].end, days };
}

/** The window before or after, without a hole or an overlap. */
export function turnWindow(
  window: TimelineWindow,
  direction: -1 | 1,
): TimelineWindow {
  const first = new Date(window.from);
  const start = new Date(
    first.getFullYear(),
    first.getMonth(),
    first.getDate() + direction * DAYS[window.span],
  );
  return createTimelineWindow(window.span, start.getTime());
}

/** Where an instant lies, in percent of the width. */
export function positionOf(window: TimelineWindow, at: number): number {
  return ((at - window.from) / (window.to - window.from)) * 100;
}

/** The instant at a fraction of the width, to the half hour of the elapsed time. */
export function instantAt(window: TimelineWindow, fraction: number): number {
  const step = HOUR_MS / 2;
  const within = Math.min(1, Math.max(0, fraction));
  const at = window.from + within * (window.to - window.from);
  return window.from + Math.round((at - window.from) / step) * step;
}
