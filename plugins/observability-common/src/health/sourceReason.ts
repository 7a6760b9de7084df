import { Problem, ProblemCode, Reason } from '../model';
import { secondsBetween } from './breach';

/**
 * The `metric` of a reason that is not about a measurement but about its
 * source, which failed or went silent. Its value is the code of the problem, or
 * `stale` where nothing failed and there is merely nothing new.
 *
 * @public
 */
export const SOURCE_METRIC = 'source';

/** A reading is stale when it is older than this many intervals.
 * @public */
export const STALE_AFTER_INTERVALS = 3;

/** Waiting does not help with these, so they count at once. */
const AT_ONCE: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unauthorized',
  'forbidden',
  'not-found',
  'misconfigured',
]);

const PHRASES: Record<ProblemCode, string> = {
  unauthorized: 'refused the credentials',
  forbidden: 'does not let us read this',
  'not-found': 'does not know what was asked for',
  'rate-limited': 'asks for fewer requests',
  unavailable: 'cannot be reached',
  timeout: 'did not answer in time',
  malformed: 'gave an answer that cannot be read',
  misconfigured: 'is not set up correctly',
};

/**
 * Whether a reading is older than three intervals. What was never read is not
 * stale: it is pending.
 *
 * @public
 */
export function isStale(
  lastObservedAt: string | null,
  intervalSeconds: number,
  now: string,
): boolean {
  return (
    lastObservedAt !== null &&
    secondsBetween(lastObservedAt, now) >
      STALE_AFTER_INTERVALS * intervalSeconds
  );
}

/**
 * Why nobody can tell how things are at present, if that is so: the source
 * fails in a way that waiting does not mend, or has failed for three intervals,
 * or its last good reading is older than that, or it fails and was never read.
 *
 * The last reading may be a recent one all the same: then only a part of it
 * fails.
 */
export function sourceReasonOf(source: {
  sourceName: string;
  intervalSeconds: number;
  lastObservedAt: string | null;
  problem?: Problem;
  now: string;
}): Reason | undefined {
  const { problem, lastObservedAt, intervalSeconds, now } = source;
  const stale = isStale(lastObservedAt, intervalSeconds, now);
  if (
    problem &&
    (AT_ONCE.has(problem.code) ||
      stale ||
      !lastObservedAt ||
      isStale(problem.since, intervalSeconds, now))
  ) {
    return sourceReason(source, problem.code, problem.since);
  }
  if (stale && lastObservedAt) {
    const staleSince =
      Date.parse(lastObservedAt) +
      STALE_AFTER_INTERVALS * intervalSeconds * 1000;
    return sourceReason(source, 'stale', new Date(staleSince).toISOString());
  }
  return undefined;
}

function sourceReason(
  source: {
    sourceName: string;
    lastObservedAt: string | null;
    problem?: Problem;
  },
  value: string,
  since: string,
): Reason {
  return {
    metric: SOURCE_METRIC,
    value,
    unit: 'state',
    threshold: null,
    level: 'unknown',
    message: describeUnknown(source),
    since,
  };
}

/**
 * Why nobody knows how things are, in English: "Sentry (default) refused the
 * credentials: … Last read 2026-11-22 14:12 UTC."
 *
 * @public
 */
export function describeUnknown(source: {
  sourceName: string;
  /** Without one, the source has merely given nothing new for too long. */
  problem?: Problem;
  lastObservedAt: string | null;
}): string {
  const { sourceName, problem, lastObservedAt } = source;
  const lastRead = lastObservedAt
    ? `Last read ${describeInstant(lastObservedAt)}.`
    : 'Never read yet.';
  if (!problem) {
    return `${sourceName} gave nothing new for three intervals. ${lastRead}`;
  }
  const message = problem.message.trim().replace(/[^.!?…]$/, '$&.');
  return `${sourceName} ${PHRASES[problem.code]}: ${message} ${lastRead}`;
}

function describeInstant(instant: string): string {
  const [date, time] = new Date(instant).toISOString().split('T');
  return `${date} ${time.slice(0, 5)} UTC`;
}
