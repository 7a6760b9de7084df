import { createHash } from 'node:crypto';

/** No more first or overdue checks a second than this are begun by one process. */
const SPREAD_MS_EACH = 100;
const LONGEST_SPREAD_MS = 60_000;

/**
 * When a check is due that is well: each has its own place in its interval,
 * which follows from its name, so that checks are spread however they began.
 */
export function nextDue(
  check: { name: string; intervalSeconds: number },
  now: Date,
): Date {
  const intervalMs = check.intervalSeconds * 1000;
  const phaseMs = Math.floor(fractionOf(check.name) * intervalMs);
  const turns = Math.floor((now.getTime() - phaseMs) / intervalMs) + 1;
  return new Date(turns * intervalMs + phaseMs);
}

/** When a check is due that is new, or late because nobody was there. */
export function spreadDue(name: string, now: Date, count: number): Date {
  const windowMs = Math.min(LONGEST_SPREAD_MS, count * SPREAD_MS_EACH);
  return new Date(now.getTime() + Math.floor(fractionOf(name) * windowMs));
}

function fractionOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32;
}
