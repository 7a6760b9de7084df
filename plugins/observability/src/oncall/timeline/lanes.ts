import {
  CoverageGap,
  expandSchedule,
  Override,
  ScheduleDetails,
  Shift,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { TimelineWindow } from './timelineWindow';

/** A piece of a lane. */
export type LaneBar = { key: string; start: number; end: number } & (
  | { type: 'shift'; shift: Shift }
  | { type: 'gap'; gap: CoverageGap }
  | { type: 'override'; override: Override }
  | { type: 'swap'; swap: Swap }
);

/** A row of the drawing. */
export interface Lane {
  key: string;
  level: string;
  /** The layer that it shows; what holds in the end has none. */
  layer?: string;
  bars: LaneBar[];
}

function stretch(start: string, end: string) {
  return { start: Date.parse(start), end: Date.parse(end) };
}

function isWithin(window: TimelineWindow) {
  return (bar: LaneBar) => bar.start < window.to && bar.end > window.from;
}

/** Who has the watch in the end, a lane a level, with the gaps in their places. */
export function finalLanes(
  levels: readonly string[],
  answer: { shifts: readonly Shift[]; gaps: readonly CoverageGap[] },
  window: TimelineWindow,
): Lane[] {
  const names = new Set([
    ...levels,
    ...answer.shifts.map(shift => shift.level),
  ]);
  return [...names].map(level => ({
    key: `final ${level}`,
    level,
    bars: [
      ...answer.shifts
        .filter(shift => shift.level === level)
        .map(
          (shift): LaneBar => ({
            type: 'shift',
            key: shift.key,
            shift,
            ...stretch(shift.start, shift.end),
          }),
        ),
      ...answer.gaps
        .filter(gap => gap.level === level)
        .map(
          (gap): LaneBar => ({
            type: 'gap',
            key: `gap ${gap.start}`,
            gap,
            ...stretch(gap.start, gap.end),
          }),
        ),
    ]
      .filter(isWithin(window))
      .sort((one, other) => one.start - other.start),
  }));
}

/** What people changed by hand: overrides, and swaps that are asked or taken. */
export function changesLane(
  overrides: readonly Override[],
  swaps: readonly Swap[],
  window: TimelineWindow,
): Lane {
  return {
    key: 'changes',
    level: '',
    bars: [
      ...overrides.map(
        (override): LaneBar => ({
          type: 'override',
          key: override.id,
          override,
          ...stretch(override.start, override.end),
        }),
      ),
      ...swaps
        .filter(({ state }) => state === 'open' || state === 'taken')
        .map(
          (swap): LaneBar => ({
            type: 'swap',
            key: swap.id,
            swap,
            ...stretch(swap.start, swap.end),
          }),
        ),
    ]
      .filter(isWithin(window))
      .sort((one, other) => one.start - other.start),
  };
}

/**
 * What each layer alone would say, in the order of precedence, while the
 * definition is in force. Those that nobody is in say nothing.
 */
export function layerLanes(
  details: Pick<ScheduleDetails, 'schedule' | 'effectiveFrom' | 'upcoming'>,
  window: TimelineWindow,
): Lane[] {
  const { schedule, effectiveFrom, upcoming } = details;
  const from = Math.max(window.from, Date.parse(effectiveFrom));
  const to = upcoming
    ? Math.min(window.to, Date.parse(upcoming.effectiveFrom))
    : window.to;
  return schedule.levels.flatMap(level =>
    level.layers.map((layer, index): Lane => {
      const alone = { ...schedule, levels: [{ ...level, layers: [layer] }] };
      const shifts =
        from < to
          ? expandSchedule({
              schedule: alone,
              from: new Date(from).toISOString(),
              to: new Date(to).toISOString(),
            }).shifts
          : [];
      return {
        key: `layer ${level.name} ${index}`,
        level: level.name,
        layer: layer.name ?? String(index + 1),
        bars: shifts.map(shift => {
          const { start, end } = stretch(shift.start, shift.end);
          return {
            type: 'shift',
            key: shift.key,
            shift,
            start: Math.max(start, Date.parse(effectiveFrom)),
            end: upcoming ? Math.min(end, to) : end,
          };
        }),
      };
    }),
  );
}
