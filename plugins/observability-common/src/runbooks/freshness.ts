import { RunbookFreshness } from '../model';

const DAY_MS = 24 * 60 * 60 * 1000;

/** From how many days after its last test a runbook counts as ageing, and as stale.
 * @public */
export const RUNBOOK_AGEING_DAYS = 90;
/** See {@link RUNBOOK_AGEING_DAYS}.
 * @public */
export const RUNBOOK_STALE_DAYS = 180;

/**
 * When a runbook was tested last: what it says itself, or a later run that
 * worked. A test that is still to come, by more than a day for the sake of time
 * zones, is none.
 *
 * @public
 */
export function lastTestOf(options: {
  declared?: string;
  lastRunThatWorked?: string;
  now: Date;
}): string | undefined {
  const { declared, lastRunThatWorked, now } = options;
  const latest = now.getTime() + DAY_MS;
  const times = [declared, lastRunThatWorked]
    .map(at => (at === undefined ? NaN : Date.parse(at)))
    .filter(at => at <= latest);
  return times.length > 0
    ? new Date(Math.max(...times)).toISOString()
    : undefined;
}

/** How fresh a runbook is that was tested then, or never.
 * @public */
export function freshnessOf(
  lastTested: string | undefined,
  now: Date,
): RunbookFreshness {
  const days = daysSince(lastTested, now);
  if (days === undefined) {
    return 'never-tested';
  }
  if (days < RUNBOOK_AGEING_DAYS) {
    return 'fresh';
  }
  return days < RUNBOOK_STALE_DAYS ? 'ageing' : 'stale';
}

/** Whole days since then; nothing where there is no such time. */
export function daysSince(
  at: string | undefined,
  now: Date,
): number | undefined {
  const time = at === undefined ? NaN : Date.parse(at);
  return Number.isNaN(time)
    ? undefined
    : Math.max(0, Math.floor((now.getTime() - time) / DAY_MS));
}
