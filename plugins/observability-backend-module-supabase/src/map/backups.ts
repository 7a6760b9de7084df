import { BackupItem } from '@watchkeeper/backstage-plugin-observability-common';
import { Measurement } from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { SupabaseBackups } from '../api/schemas';
import { describeSpan } from './span';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/**
 * A backup a day is less than a day old until the next one is made; that one
 * takes its time, and must not raise an alarm every day.
 */
const RECENT_MS = DAY_MS + HOUR_MS;
/** Two that are further apart were not made daily. */
const DAILY_MS = 36 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** Of thirty daily ones the oldest is between 29 and 30 days old. */
const RETENTION_MS = 29 * DAY_MS;
const MISSING_MS = 48 * HOUR_MS;

export const backupFactsSchema = z.object({
  pitr: z.boolean().optional(),
  /** Of those that are good. */
  oldestAt: z.string().optional(),
  lastGoodAt: z.string().optional(),
  /** The longest time between two of the last week; kept for lists of single backups. */
  longestGapMs: z.number().optional(),
  /** They come from one that goes on all the time, and not from a list. */
  continuous: z.boolean(),
});
/** What has to be remembered of a project's backups until they are read again. */
export type BackupFacts = z.infer<typeof backupFactsSchema>;

/** The vendor's answer, reduced to what the checklist asks. */
export function toBackupFacts(
  { pitr_enabled, backups, physical_backup_data }: SupabaseBackups,
  now: Date,
): BackupFacts {
  const good = backups
    .filter(({ status }) => status === 'COMPLETED')
    .map(({ inserted_at }) => instantOf(inserted_at))
    .filter(at => Number.isFinite(at) && at <= now.getTime());
  const physical = [
    physical_backup_data?.earliest_physical_backup_date_unix,
    physical_backup_data?.latest_physical_backup_date_unix,
  ].flatMap(seconds => (seconds === undefined ? [] : [seconds * 1000]));
  const all = [...good, ...physical].sort((a, b) => b - a);
  const newest = all[0];
  const oldest = all[all.length - 1];
  return {
    pitr: pitr_enabled,
    continuous: pitr_enabled === true && physical.length > 0,
    ...(newest === undefined
      ? {}
      : {
          lastGoodAt: new Date(newest).toISOString(),
          oldestAt: new Date(oldest).toISOString(),
          longestGapMs: longestGap(good, now),
        }),
  };
}

/** The guide's checklist, but for the test of a restore, which people record. */
export function toChecklist(
  facts: BackupFacts,
  options: { now: Date; createdAt?: string },
): BackupItem[] {
  const now = options.now.getTime();
  const existsMs = now - instantOf(options.createdAt);
  return [
    daily(facts, now, existsMs),
    pointInTime(facts),
    retention(facts, now, existsMs),
    recency(facts, now, existsMs),
  ];
}

/**
 * What thresholds are held against. Nothing where it cannot be told whether
 * there should be a backup by now.
 */
export function backupMeasurement(
  facts: BackupFacts,
  options: { now: Date; createdAt?: string },
): Measurement | undefined {
  const metric = 'database.backup';
  const lastGood = instantOf(facts.lastGoodAt);
  const missingSince = lastGood + MISSING_MS;
  if (missingSince < options.now.getTime()) {
    return { metric, value: 'missing', since: new Date(missingSince) };
  }
  const items = toChecklist(facts, options);
  if (
    facts.lastGoodAt === undefined &&
    items.some(({ check, passed }) => check === 'recency' && passed === false)
  ) {
    return { metric, value: 'missing' };
  }
  if (items.some(({ passed }) => passed === false)) {
    return { metric, value: 'failed' };
  }
  return facts.lastGoodAt === undefined
    ? undefined
    : { metric, value: 'passed' };
}

function daily(facts: BackupFacts, now: number, existsMs: number): BackupItem {
  const check = 'daily';
  if (facts.lastGoodAt === undefined) return none(check, existsMs);
  if (facts.continuous) {
    return { check, passed: true, detail: 'Backups go on all the time' };
  }
  const gap = Math.max(
    facts.longestGapMs ?? 0,
    now - instantOf(facts.lastGoodAt),
  );
  return gap <= DAILY_MS
    ? { check, passed: true, detail: 'One each day of the last week' }
    : {
        check,
        passed: false,
        detail: `The last week had ${describeSpan(gap)} without one`,
      };
}

function pointInTime({ pitr }: BackupFacts): BackupItem {
  const check = 'pitr';
  if (pitr === undefined) {
    return { check, passed: null, detail: 'Supabase does not say' };
  }
  return {
    check,
    passed: pitr,
    detail: `Recovery to a point in time is ${pitr ? 'on' : 'off'}`,
  };
}

function retention(
  facts: BackupFacts,
  now: number,
  existsMs: number,
): BackupItem {
  const check = 'retention';
  if (facts.oldestAt === undefined) return none(check, existsMs);
  const keptMs = now - instantOf(facts.oldestAt);
  const detail = `They go back ${describeSpan(keptMs)}`;
  if (keptMs >= RETENTION_MS) return { check, passed: true, detail };
  // Younger than what is to be kept, it may have kept everything so far.
  return existsMs < RETENTION_MS && existsMs - keptMs < 2 * DAY_MS
    ? { check, passed: null, detail: `${detail}, and the project is no older` }
    : { check, passed: false, detail: `${detail}; 30 days are wanted` };
}

function recency(
  facts: BackupFacts,
  now: number,
  existsMs: number,
): BackupItem {
  const check = 'recency';
  if (facts.lastGoodAt === undefined) return none(check, existsMs);
  const ageMs = now - instantOf(facts.lastGoodAt);
  return {
    check,
    passed: ageMs < RECENT_MS,
    detail: `The last one is ${describeSpan(ageMs)} old`,
  };
}

function none(check: BackupItem['check'], existsMs: number): BackupItem {
  return existsMs < DAY_MS
    ? { check, passed: null, detail: 'The project is less than a day old' }
    : { check, passed: false, detail: 'There is no backup' };
}

/** Between two of the last week; the first before it counts as its beginning. */
function longestGap(good: readonly number[], now: Date): number {
  const sorted = [...good].sort((a, b) => b - a);
  let longest = 0;
  for (let index = 1; index < sorted.length; index++) {
    if (now.getTime() - sorted[index - 1] > WEEK_MS) break;
    longest = Math.max(longest, sorted[index - 1] - sorted[index]);
  }
  return longest;
}

/** NaN where there is none, which is neither more nor less than anything. */
function instantOf(text: string | undefined): number {
  if (text === undefined) return Number.NaN;
  // Without an offset the vendor means UTC.
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`;
  return Date.parse(zoned.replace(' ', 'T'));
}
