import { LayerWindow, weekdaySchema } from '../model/OnCall';
import { Interval, mergeIntervals } from './intervals';
import { ResolvedWall, TimeZone, WallMs } from './TimeZone';
import { DAY_MS, parseTimeOfDay, startOfDay, weekdayOf } from './wallClock';

/** One end of a window on one day. */
export interface WindowEdge extends ResolvedWall {
  wall: WallMs;
}

/**
 * The times between two instants in which one of the windows is open, those that
 * touch as one. A window of a day that reaches into the stretch is whole, so the
 * answer may reach beyond it by two days.
 */
export function openTimes(
  windows: readonly LayerWindow[],
  zone: TimeZone,
  from: number,
  to: number,
): Interval[] {
  const open: Interval[] = [];
  for (const { opens, closes } of windowsOfDays(windows, zone, from, to)) {
    open.push({ start: opens.instant, end: closes.instant });
  }
  return mergeIntervals(open);
}

/** The windows of all days that have a part between two instants. */
export function windowsOfDays(
  windows: readonly LayerWindow[],
  zone: TimeZone,
  from: number,
  to: number,
): { opens: WindowEdge; closes: WindowEdge }[] {
  const found: { opens: WindowEdge; closes: WindowEdge }[] = [];
  // Yesterday's may reach into today, and a gap may have moved one by a whole day.
  const first = startOfDay(zone.toWall(from)) - 2 * DAY_MS;
  const last = startOfDay(zone.toWall(to));
  for (const window of windows) {
    const opensAt = parseTimeOfDay(window.from);
    const closesAt = parseTimeOfDay(window.to);
    const length = closesAt - opensAt + (closesAt > opensAt ? 0 : DAY_MS);
    for (let day = first; day <= last; day += DAY_MS) {
      if (
        window.days &&
        !window.days.includes(weekdaySchema.options[weekdayOf(day)])
      ) {
        continue;
      }
      const opens = edge(day + opensAt, zone);
      const closes = edge(day + opensAt + length, zone);
      if (closes.instant > from && opens.instant < to) {
        found.push({ opens, closes });
      }
    }
  }
  return found;
}

function edge(wall: WallMs, zone: TimeZone): WindowEdge {
  return { ...zone.resolve(wall), wall };
}
