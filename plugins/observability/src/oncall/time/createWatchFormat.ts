import { localeOf } from '../../shared/format/numbers';

/** How instants of the watch are written for one reader. */
export interface WatchFormat {
  /** The reader's time zone, an IANA name. */
  timeZone: string;
  /** `18:00` today, `Thu 18:00` within a week, else `Mon 2 Nov 08:00`. */
  when(at: Date, now: number): string;
  /** `Mon 2 Nov 08:00`, whenever it is. */
  full(at: Date): string;
  /** `Wed 21`, with the month on the first of a month. */
  day(at: Date): string;
  /** `Wed 21 Oct`. */
  date(at: Date): string;
  /** `21 Oct`. */
  shortDate(at: Date): string;
  /** `18:00`. */
  time(at: Date): string;
}

const WEEK_MS = 6 * 24 * 3600 * 1000;

/** The format for a language and a time zone. */
export function createWatchFormat(
  language: string,
  timeZone: string,
): WatchFormat {
  const format = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(localeOf(language), {
      ...parts,
      timeZone,
      hourCycle: 'h23',
    });
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const weekday = format({ weekday: 'short' });
  const dayOfMonth = format({ day: 'numeric' });
  const dayAndMonth = format({ day: 'numeric', month: 'short' });
  const numeric = format({ year: 'numeric', month: 'numeric', day: 'numeric' });

  const date = (at: Date) => `${weekday.format(at)} ${dayAndMonth.format(at)}`;
  const full = (at: Date) => `${date(at)} ${clock.format(at)}`;
  return {
    timeZone,
    full,
    date,
    time: at => clock.format(at),
    shortDate: at => dayAndMonth.format(at),
    day(at) {
      const isFirst = dayOfMonth
        .formatToParts(at)
        .some(({ type, value }) => type === 'day' && value === '1');
      return isFirst
        ? date(at)
        : `${weekday.format(at)} ${dayOfMonth.format(at)}`;
    },
    when(at, now) {
      if (numeric.format(at) === numeric.format(now)) {
        return clock.format(at);
      }
      return Math.abs(at.getTime() - now) < WEEK_MS
        ? `${weekday.format(at)} ${clock.format(at)}`
        : full(at);
    },
  };
}
