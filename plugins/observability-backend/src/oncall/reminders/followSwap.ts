import {
  expandSchedule,
  parseShiftKey,
  Shift,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { StoredSchedule } from '../OnCallStore';
import { DAY_MS, iso } from '../scheduleAnswers';

/** Clocks of zones differ by no more. */
const AROUND_MS = 2 * DAY_MS;

/** The shift that a swap is for, as the rotation has it. */
export interface SwapShift {
  key: string;
  start: string;
  end: string;
}

/** Where a swap belongs now. */
export interface SwapPlace {
  start: string;
  end: string;
  shift?: SwapShift;
}

/** The shift of the rotation that somebody asks to cover, without what people changed by hand. */
export function shiftOfSwap(
  schedule: StoredSchedule,
  swap: Swap,
): SwapShift | undefined {
  const { shifts } = expandSchedule({
    ...without(schedule, swap),
    overrides: [],
    from: swap.start,
    to: iso(Date.parse(swap.start) + 1),
  });
  const found = shifts.find(shift => isOf(shift, swap));
  return found && pick(found);
}

/**
 * Follows the shift that a swap is for: a turn that has moved takes its swap
 * along, as far into the turn as it was. `undefined` where whoever asked no longer
 * has the watch then. Pure.
 */
export function followSwap(
  schedule: StoredSchedule,
  swap: Swap,
  shift: SwapShift | undefined,
  now: string,
): SwapPlace | undefined {
  const others = without(schedule, swap);
  const place = (shift && move(others, swap, shift, now)) ?? {
    start: swap.start,
    end: swap.end,
    shift,
  };
  if (place.start >= place.end) {
    return undefined;
  }
  const { shifts } = expandSchedule({
    ...others,
    from: place.start,
    to: place.end,
  });
  return shifts.some(each => isOf(each, swap)) ? place : undefined;
}

function move(
  schedule: StoredSchedule,
  swap: Swap,
  shift: SwapShift,
  now: string,
): SwapPlace | undefined {
  const turn = parseShiftKey(shift.key)?.turn;
  const turnStart = turnStartOf(shift);
  const { shifts } = expandSchedule({
    ...schedule,
    overrides: [],
    from: iso(turnStart - AROUND_MS),
    to: iso(Math.max(Date.parse(shift.end), Date.parse(swap.end)) + AROUND_MS),
  });
  const parts = shifts.filter(
    part =>
      isOf(part, swap) &&
      part.end > now &&
      parseShiftKey(part.key)?.turn === turn,
  );
  const [first] = parts;
  if (!first) {
    return undefined;
  }
  const delta = turnStartOf(first) - turnStart;
  const start = Date.parse(swap.start) + delta;
  const found =
    parts.find(({ key }) => key === shift.key) ??
    parts.find(part => Date.parse(part.end) > start) ??
    first;
  const within = (instant: number) =>
    Math.min(Math.max(instant, Date.parse(found.start)), Date.parse(found.end));
  const movedStart =
    swap.start === shift.start ? Date.parse(found.start) : within(start);
  const movedEnd = Date.parse(swap.end) + delta;
  let end = within(movedEnd);
  if (swap.end === shift.end) {
    end = Date.parse(found.end);
  } else if (swap.end > shift.end) {
    end = movedEnd;
  }
  return {
    start: iso(Math.max(movedStart, Date.parse(now))),
    end: iso(end),
    shift: pick(found),
  };
}

function turnStartOf({ key, start }: SwapShift): number {
  return Date.parse(start) - (parseShiftKey(key)?.offsetSeconds ?? 0) * 1000;
}

function without(schedule: StoredSchedule, { id }: Swap): StoredSchedule {
  return {
    ...schedule,
    swaps: schedule.swaps.filter(swap => swap.id !== id),
  };
}

function isOf({ level, people }: Shift, swap: Swap): boolean {
  return level === swap.level && people.includes(swap.from);
}

function pick({ key, start, end }: Shift): SwapShift {
  return { key, start, end };
}
