const HOUR_MS = 3_600_000;
const DAYS_OF_WEEK = 7;
/** As many weeks the preview shows. */
const PREVIEW_WEEKS = 4;

/** A day on the reader's clock. */
export interface PreviewDay {
  start: number;
  end: number;
  hours: number;
  isWeekend: boolean;
}

/** A calendar week on the reader's clock, Monday first; its axis is elapsed time. */
export interface PreviewWeek {
  /** Of the year, as ISO 8601 counts. */
  number: number;
  from: number;
  to: number;
  days: readonly PreviewDay[];
}

/**
 * The Monday on which the preview begins: of this week, or of the week before
 * the change where that starts only after four weeks.
 */
export function previewStart(now: number, changeStart: number): number {
  const monday = mondayOf(now);
  return changeStart < shiftDays(monday, PREVIEW_WEEKS * DAYS_OF_WEEK)
    ? monday
    : shiftDays(mondayOf(changeStart), -DAYS_OF_WEEK);
}

/** Four calendar weeks from a Monday on. */
export function previewWeeks(monday: number): readonly PreviewWeek[] {
  return Array.from({ length: PREVIEW_WEEKS }, (_, index) =>
    weekFrom(shiftDays(monday, index * DAYS_OF_WEEK)),
  );
}

function weekFrom(monday: number): PreviewWeek {
  const days = Array.from({ length: DAYS_OF_WEEK }, (_, index) => {
    const start = shiftDays(monday, index);
    const end = shiftDays(monday, index + 1);
    return {
      start,
      end,
      hours: (end - start) / HOUR_MS,
      isWeekend: index > 4,
    };
  });
  return {
    number: weekOfYear(monday),
    from: monday,
    to: days[DAYS_OF_WEEK - 1].end,
    days,
  };
}

function mondayOf(at: number): number {
  const day = new Date(at);
  return shiftDays(at, -((day.getDay() + 6) % DAYS_OF_WEEK));
}

/** Midnight so many days later on the reader's clock. */
function shiftDays(at: number, days: number): number {
  const day = new Date(at);
  return new Date(
    day.getFullYear(),
    day.getMonth(),
    day.getDate() + days,
  ).getTime();
}

/** The week belongs to the year of its Thursday. */
function weekOfYear(monday: number): number {
  const thursday = new Date(shiftDays(monday, 3));
  const firstOfYear = Date.UTC(thursday.getFullYear(), 0, 1);
  const day = Date.UTC(
    thursday.getFullYear(),
    thursday.getMonth(),
    thursday.getDate(),
  );
  return Math.floor((day - firstOfYear) / (DAYS_OF_WEEK * 24 * HOUR_MS)) + 1;
}

/** Where an instant lies in a week, in percent of its width. */
export function positionIn(week: PreviewWeek, at: number): number {
  return ((at - week.from) / (week.to - week.from)) * 100;
}
