/** A length of time as people say it: one number, one unit. */
export interface RoundedDuration {
  unit: 'seconds' | 'minutes' | 'hours' | 'days';
  value: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Rounds down to one unit. Seconds go in steps of ten, so that a page full of
 * ages does not flicker; hours go up to two days, since "1 day" hides too much.
 */
export function roundDuration(milliseconds: number): RoundedDuration {
  const length = Math.max(0, milliseconds);
  if (length < MINUTE) {
    const seconds = Math.floor(length / SECOND);
    return {
      unit: 'seconds',
      value: seconds < 10 ? seconds : seconds - (seconds % 10),
    };
  }
  if (length < HOUR) {
    return { unit: 'minutes', value: Math.floor(length / MINUTE) };
  }
  if (length < 2 * DAY) {
    return { unit: 'hours', value: Math.floor(length / HOUR) };
  }
  return { unit: 'days', value: Math.floor(length / DAY) };
}

/** The instant that a text names, or `undefined` where it names none. */
export function parseInstant(
  text: string | null | undefined,
): Date | undefined {
  if (!text) {
    return undefined;
  }
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
