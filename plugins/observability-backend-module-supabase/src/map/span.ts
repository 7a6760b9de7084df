const HOUR_MS = 3_600_000;

/** A span in words, rounded down: "11 hours", "3 days". */
export function describeSpan(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR_MS);
  if (hours < 1) return 'less than an hour';
  if (hours < 72) return hours === 1 ? '1 hour' : `${hours} hours`;
  return `${Math.floor(hours / 24)} days`;
}
