/** Daily rows are kept for 400 days: this month and the twelve before it. */
const MONTHS = 13;

/** The months that a report can be of, `YYYY-MM` in UTC, the newest first. */
export function monthsUntil(now: Date): string[] {
  return Array.from({ length: MONTHS }, (_, index) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - index))
      .toISOString()
      .slice(0, 7),
  );
}
