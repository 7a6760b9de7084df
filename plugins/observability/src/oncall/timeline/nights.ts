const NIGHT_FROM_HOUR = 22;
const NIGHT_TO_HOUR = 8;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A stretch of time in milliseconds since 1970; half open. */
export interface Stretch {
  start: number;
  end: number;
}

/**
 * The nights of a zone, 22:00 to 08:00 on its clocks, that have a part between
 * two instants. A night in which the clocks change is an hour longer or shorter.
 */
export function nightsOf(
  timeZone: string,
  from: number,
  to: number,
): Stretch[] {
  const offsetAt = createOffset(timeZone);
  const instantOf = (wall: number) => {
    const guess = wall - offsetAt(wall);
    return wall - offsetAt(guess);
  };
  const nights: Stretch[] = [];
  const firstDay =
    Math.floor((from + offsetAt(from)) / DAY_MS) * DAY_MS - DAY_MS;
  for (let day = firstDay; ; day += DAY_MS) {
    const start = instantOf(day + NIGHT_FROM_HOUR * HOUR_MS);
    const end = instantOf(day + DAY_MS + NIGHT_TO_HOUR * HOUR_MS);
    if (start >= to) {
      return nights;
    }
    if (end > from) {
      nights.push({ start: Math.max(start, from), end: Math.min(end, to) });
    }
  }
}

/** By how much the clocks of a zone are ahead of UTC at an instant. */
function createOffset(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  return at => {
    const parts = new Map(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const wall = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return wall - Math.floor(at / 1000) * 1000;
  };
}
