import { WallMs } from './TimeZone';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Schedules begin and end within these years. */
export const FIRST_INSTANT = Date.UTC(1970, 0, 1);
export const LAST_INSTANT = Date.UTC(2101, 0, 1);

const WALL_CLOCK = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** Reads `YYYY-MM-DDTHH:mm`; `undefined` where the calendar has no such day or it lies outside 1970 to 2100. */
export function parseWallClock(text: string): WallMs | undefined {
  if (!WALL_CLOCK.test(text)) {
    return undefined;
  }
  const wall = Date.parse(`${text}Z`);
  // Some engines let 31 February pass for 3 March.
  return wall >= FIRST_INSTANT &&
    wall < LAST_INSTANT &&
    new Date(wall).getUTCDate() === Number(text.slice(8, 10))
    ? wall
    : undefined;
}

/** `YYYY-MM-DDTHH:mm` */
export function formatWallClock(wall: WallMs): string {
  return new Date(wall).toISOString().slice(0, 16);
}

/** Reads `HH:mm` as the time since midnight on the wall. */
export function parseTimeOfDay(text: string): number {
  return (
    Number(text.slice(0, 2)) * HOUR_MS + Number(text.slice(3, 5)) * MINUTE_MS
  );
}

/** The midnight at which a day on the wall begins. */
export function startOfDay(wall: WallMs): WallMs {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}

/** 0 is Monday. */
export function weekdayOf(wall: WallMs): number {
  // 1970 began on a Thursday.
  return (((Math.floor(wall / DAY_MS) + 3) % 7) + 7) % 7;
}

/** The same day of another month, or the last day of a month that is too short. */
export function addMonths(wall: WallMs, months: number): WallMs {
  const date = new Date(wall);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return (
    Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) +
    (wall - startOfDay(wall))
  );
}

/** Months from one to the other by the calendar's page alone, whatever the day. */
export function monthsBetween(from: WallMs, to: WallMs): number {
  const first = new Date(from);
  const second = new Date(to);
  return (
    (second.getUTCFullYear() - first.getUTCFullYear()) * 12 +
    second.getUTCMonth() -
    first.getUTCMonth()
  );
}
