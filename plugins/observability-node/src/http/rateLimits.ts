/** What a vendor's answer says about its limits.
 * @public */
export interface RateLimitState {
  /** Nothing is to be asked before. */
  pausedUntil?: Date;
  /** How many requests are left; at 0 nothing is asked before `resetAt`. */
  remaining?: number;
  resetAt?: Date;
}

/**
 * Reads a vendor's own way of telling its limits from an answer.
 *
 * @public
 */
export type RateLimitReader = (response: {
  status: number;
  headers: Headers;
  now: Date;
}) => RateLimitState | undefined;

/** Clocks that differ by less than this are taken as equal: `Date` has seconds. */
const CLOCK_TOLERANCE_MS = 2000;

/**
 * Reads the usual pair of headers: how many requests are left and when the
 * window ends. Vendors mean two things by the latter: an instant in seconds
 * since 1970 (`epoch-seconds`: Sentry, UptimeRobot, Vercel) or the seconds that
 * are left (`seconds-left`: Supabase).
 *
 * An instant is by the vendor's clock. When the answer's `Date` header says
 * that ours differs, it is translated, so that a wrong clock neither hammers
 * the vendor nor silences it.
 *
 * @public
 */
export function rateLimitFromHeaders(options: {
  remaining: string;
  reset: string;
  resetIs: 'epoch-seconds' | 'seconds-left';
}): RateLimitReader {
  const { remaining, reset, resetIs } = options;
  return ({ headers, now }) => {
    const left = readNumber(headers.get(remaining));
    const seconds = readNumber(headers.get(reset));
    if (left === undefined && seconds === undefined) return undefined;
    let resetAt: Date | undefined;
    if (seconds !== undefined) {
      const millis = seconds * 1000;
      resetAt = readInstant(
        resetIs === 'seconds-left'
          ? now.getTime() + millis
          : millis + clockOffsetMs(headers, now),
      );
    }
    return { remaining: left, resetAt };
  };
}

/** Reads `Retry-After`: seconds, or an HTTP date. */
export function readRetryAfter(headers: Headers, now: Date): Date | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const seconds = readNumber(value);
  if (seconds !== undefined) return readInstant(now.getTime() + seconds * 1000);
  // Other numbers are no dates, whatever Date.parse makes of them.
  if (!/[a-z]/i.test(value)) return undefined;
  return readInstant(Date.parse(value) + clockOffsetMs(headers, now));
}

function clockOffsetMs(headers: Headers, now: Date): number {
  const date = Date.parse(headers.get('date') ?? '');
  const offset = now.getTime() - date;
  return Math.abs(offset) > CLOCK_TOLERANCE_MS ? offset : 0;
}

function readNumber(value: string | null): number | undefined {
  return value !== null && /^\d+(\.\d+)?$/.test(value.trim())
    ? Number(value)
    : undefined;
}

function readInstant(millis: number): Date | undefined {
  const instant = new Date(millis);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
