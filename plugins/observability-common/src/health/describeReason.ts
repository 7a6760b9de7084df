import { findMetric, METRIC_STATES } from '../metrics';
import { BreachLevel, isBreach } from './breach';
import { formatMetricValue } from './formatMetricValue';
import { formatSpan } from './formatSpan';

/** What {@link describeReason} puts into words.
 * @public */
export interface ReasonDescription {
  metric: string;
  subject?: { id: string; name: string };
  value: number | string;
  threshold: number | string;
  level: BreachLevel;
  /** How long a breach must last before it counts. */
  forSeconds?: number;
  /** How long it has lasted, as far as was observed. */
  lastedSeconds?: number;
}

/** What {@link describeRecovery} puts into words.
 * @public */
export interface RecoveryDescription {
  metric: string;
  subject?: { id: string; name: string };
  value: number | string;
  /** `measured`: a reading said so. `unmeasured`: its subject is gone. `edited`: the limits were changed. */
  because: 'measured' | 'unmeasured' | 'edited';
}

const MAX_NAME_LENGTH = 120;
const MAX_FRACTION_DIGITS = 8;

/** By metric: what was measured, around its value. */
const PHRASES: Record<string, (value: string, raw: number) => string> = {
  'errors.rate': value => `error rate ${value}`,
  'errors.count': (value, raw) =>
    `${value} ${raw === 1 ? 'error' : 'errors'} in ${windowOf('errors.count')}`,
  'performance.p95Ms': value => `p95 ${value}`,
  'releases.newIssues': (value, raw) =>
    `${value} new ${raw === 1 ? 'issue' : 'issues'} in its first hour`,
  'releases.regression': value => `${value} errors against the release before`,
  'uptime.certificateDays': (value, raw) =>
    raw < 0
      ? `certificate expired ${value.replace(/^[-\u2212]/, '')} ago`
      : `certificate expires in ${value}`,
  'database.cpu': value => `CPU ${value}`,
  'database.memory': value => `memory ${value}`,
  'database.disk': value => `disk ${value} full`,
  'database.connections': value => `${value} of all connections in use`,
  'database.connectionCount': (value, raw) =>
    `${value} ${raw === 1 ? 'connection' : 'connections'} in use`,
  'database.slowQueryMs': value => `slowest query ${value} on average`,
};

/** By metric and state: what it means. */
const STATE_PHRASES: Record<string, Record<string, string>> = {
  'uptime.state': { up: 'up', degraded: 'degraded', down: 'down' },
  'database.backup': {
    passed: 'all checks of the backups passed',
    failed: 'a check of the backups failed',
    missing: 'no recent backup',
  },
};

const ENDINGS: Record<RecoveryDescription['because'], string> = {
  measured: 'within the limits again',
  unmeasured: 'no longer measured',
  edited: 'the limits were changed',
};

/**
 * A reason in English, with value, unit and threshold: "Error rate 1.84 %,
 * limit 1 %", "p95 1 420 ms for 13 min, limit 1 000 ms for 10 min".
 *
 * Value and limit get as many digits as it takes to tell them apart.
 *
 * @public
 */
export function describeReason(reason: ReasonDescription): string {
  const { metric: id, value, threshold, forSeconds, lastedSeconds } = reason;
  const isGood = isBreach(id, value, threshold) === false;
  const limitFor = forSeconds ? ` for ${formatSpan(forSeconds)}` : '';
  const lasted =
    forSeconds && lastedSeconds && !isGood
      ? ` for ${formatSpan(lastedSeconds)}`
      : '';

  const amounts = formatApart(id, value, threshold);
  const phrase = phraseOf(id, value, amounts.value);
  const limit =
    typeof value === 'string'
      ? `; ${describeStateLimit(
          id,
          String(threshold),
          reason.level,
        )}${limitFor}`
      : `, limit ${amounts.threshold}${limitFor}`;
  const ending = isGood ? '; within it once, a second time ends this' : '';
  return sentence(reason, `${phrase}${lasted}${limit}${ending}`);
}

/**
 * What ended, in English: "Error rate 0.05 %, within the limits again".
 *
 * @public
 */
export function describeRecovery(recovery: RecoveryDescription): string {
  const { because, metric: id, value } = recovery;
  const phrase = phraseOf(id, value, formatAmount(id, value));
  return sentence(recovery, `${phrase}, ${ENDINGS[because]}`);
}

function phraseOf(
  id: string,
  value: number | string,
  formatted: string,
): string {
  if (typeof value === 'string') {
    return STATE_PHRASES[id]?.[value] ?? `${id} ${value}`;
  }
  return PHRASES[id]?.(formatted, value) ?? `${id} ${formatted}`;
}

/** "down is critical", "degraded or worse is a warning". */
function describeStateLimit(id: string, state: string, level: BreachLevel) {
  const worst = METRIC_STATES[id]?.at(-1);
  const words = level === 'critical' ? 'critical' : 'a warning';
  return state === worst
    ? `${state} is ${words}`
    : `${state} or worse is ${words}`;
}

/** Puts what it is about in front: "Release 2026.11.22-2: …". */
function sentence(
  about: { metric: string; subject?: { name: string } },
  rest: string,
): string {
  const name = about.subject && plainName(about.subject.name);
  if (name) {
    const what = about.metric.startsWith('releases.') ? 'Release ' : '';
    return `${what}${name}: ${rest}`;
  }
  // "p95" is a name and stays as it is.
  return rest.startsWith('p95')
    ? rest
    : rest.charAt(0).toLocaleUpperCase('en') + rest.slice(1);
}

/** Names come from outside: one line, and never at length. */
function plainName(name: string): string {
  const line = name.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return line.length > MAX_NAME_LENGTH
    ? `${line.slice(0, MAX_NAME_LENGTH)}…`
    : line;
}

/** A value just past its limit must not read like the limit. */
function formatApart(
  id: string,
  value: number | string,
  threshold: number | string,
): { value: string; threshold: string } {
  const amounts = {
    value: formatAmount(id, value),
    threshold: formatAmount(id, threshold),
  };
  if (value === threshold) {
    return amounts;
  }
  for (
    let digits = 1;
    amounts.value === amounts.threshold && digits <= MAX_FRACTION_DIGITS;
    digits++
  ) {
    amounts.value = formatAmount(id, value, digits);
    amounts.threshold = formatAmount(id, threshold, digits);
  }
  return amounts;
}

function formatAmount(
  id: string,
  value: number | string,
  maximumFractionDigits?: number,
): string {
  return formatMetricValue(value, findMetric(id)?.unit ?? '', 'en', {
    maximumFractionDigits,
    // How much worse it is: the direction belongs to it.
    sign: id === 'releases.regression' ? 'always' : 'auto',
  });
}

function windowOf(id: string): string {
  return formatSpan(findMetric(id)?.windowSeconds ?? 0);
}
