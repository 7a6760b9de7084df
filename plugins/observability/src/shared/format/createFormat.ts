import { Translate } from '../useTranslation';
import { parseInstant, roundDuration } from './duration';
import { createNumberFormat, localeOf, NumberFormat } from './numbers';

/** How numbers, durations and instants are written for one reader. */
export interface Format extends NumberFormat {
  /** The reader's time zone, an IANA name. */
  timeZone: string;
  milliseconds(value: number): string;
  perMinute(value: number): string;
  /** A length of time: `9 min`. */
  duration(milliseconds: number): string;
  /** A length of time that is over, in two units at most: `2 h 10 min`. */
  length(milliseconds: number): string;
  /** The time left until something happens, to the second: `17 s`. */
  countdown(milliseconds: number): string;
  /** How long ago, or how far ahead: `9 min ago`. */
  age(at: Date, now: number): string;
  /**
   * The clock time of an instant that is near, its day of the week within a
   * week, else its date.
   */
  clock(at: Date, now: number): string;
  /** The same with the time of day also where the date is shown. */
  dateAndClock(at: Date, now: number): string;
  /** Date and time whenever it was, as on paper. */
  fullDateAndClock(at: Date): string;
  /** Date, time and zone in full, for tooltips. */
  instant(at: Date): string;
  /** A day that is counted in UTC, `YYYY-MM-DD`: `3 Oct`. */
  utcDay(date: string): string;
  /** A month that is counted in UTC, `YYYY-MM`: `October 2026`. */
  utcMonth(month: string): string;
}

const MINUTE_MS = 60 * 1000;
const HALF_A_DAY_MS = 12 * 3600 * 1000;
const WEEK_MS = 6 * 24 * 3600 * 1000;

/** The format for a language and a time zone. */
export function createFormat(options: {
  language: string;
  timeZone: string;
  t: Translate;
}): Format {
  const { language, timeZone, t } = options;
  const numbers = createNumberFormat(language);

  const dateFormat = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(localeOf(language), {
      ...parts,
      timeZone,
      hourCycle: 'h23',
    });
  const time = dateFormat({ hour: '2-digit', minute: '2-digit' });
  const weekday = dateFormat({ weekday: 'short' });
  const date = dateFormat({ day: 'numeric', month: 'short' });
  const dateOfYear = dateFormat({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const year = dateFormat({ year: 'numeric' });
  const utcDate = new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const utcMonth = new Intl.DateTimeFormat(localeOf(language), {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const full = dateFormat({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

  function duration(milliseconds: number): string {
    const { unit, value } = roundDuration(milliseconds);
    switch (unit) {
      case 'seconds':
        return t('shared.time.seconds', { value: String(value) });
      case 'minutes':
        return t('shared.time.minutes', { value: String(value) });
      case 'hours':
        return t('shared.time.hours', { value: String(value) });
      default:
        return t('shared.time.days', { count: value });
    }
  }

  function length(milliseconds: number): string {
    const seconds = Math.round(Math.max(0, milliseconds) / 1000);
    const units = [
      ['days', Math.floor(seconds / 86_400)],
      ['hours', Math.floor(seconds / 3600) % 24],
      ['minutes', Math.floor(seconds / 60) % 60],
      ['seconds', seconds % 60],
    ] as const;
    const first = units.findIndex(([, value]) => value > 0);
    if (first < 0) {
      return t('shared.time.seconds', { value: '0' });
    }
    return units
      .slice(first, first + 2)
      .filter(([, value]) => value > 0)
      .map(([unit, value]) =>
        unit === 'days'
          ? t('shared.time.days', { count: value })
          : t(`shared.time.${unit}`, { value: String(value) }),
      )
      .join(' ');
  }

  const distance = (at: Date, now: number) => Math.abs(now - at.getTime());
  // A clock time alone is plain for today, and across midnight for a while.
  const isNear = (at: Date, now: number) =>
    distance(at, now) < HALF_A_DAY_MS ||
    dateOfYear.format(at) === dateOfYear.format(now);
  const dateNear = (at: Date, now: number) =>
    year.format(at) === year.format(now)
      ? date.format(at)
      : dateOfYear.format(at);

  return {
    ...numbers,
    timeZone,
    milliseconds: value =>
      t('shared.unit.milliseconds', { value: numbers.number(value) }),
    perMinute: value =>
      t('shared.unit.perMinute', {
        value: numbers.number(value, value < 10 ? 1 : 0),
      }),
    duration,
    length,
    countdown: milliseconds =>
      milliseconds < MINUTE_MS
        ? t('shared.time.seconds', {
            value: String(Math.max(0, Math.ceil(milliseconds / 1000))),
          })
        : duration(milliseconds),
    age(at, now) {
      const elapsed = now - at.getTime();
      // The clocks of two machines differ by a little; that is not the future.
      if (elapsed < -10_000) {
        return t('shared.time.ahead', { duration: duration(-elapsed) });
      }
      return t('shared.time.ago', { duration: duration(elapsed) });
    },
    clock(at, now) {
      if (isNear(at, now)) {
        return time.format(at);
      }
      if (distance(at, now) < WEEK_MS) {
        return `${weekday.format(at)} ${time.format(at)}`;
      }
      return dateNear(at, now);
    },
    dateAndClock(at, now) {
      return isNear(at, now)
        ? time.format(at)
        : `${dateNear(at, now)}, ${time.format(at)}`;
    },
    fullDateAndClock: at => `${dateOfYear.format(at)}, ${time.format(at)}`,
    instant: at => `${full.format(at)} ${timeZone}`,
    utcDay: day => writeDate(utcDate, `${day}T00:00:00Z`) ?? day,
    utcMonth: month => writeDate(utcMonth, `${month}-01T00:00:00Z`) ?? month,
  };
}

function writeDate(
  format: Intl.DateTimeFormat,
  text: string,
): string | undefined {
  const date = parseInstant(text);
  return date && format.format(date);
}
