import { PART_NAMES, PartName, PARTS } from './parts';
import { TargetState } from './state';

/** A target whose database runs. */
export interface PlannedTarget {
  key: string;
  state: TargetState;
  requested: boolean;
  /** Whether there is a key to read its metrics with. */
  hasMetrics: boolean;
}

/** Thresholds hang on these, so a target is not told of before they were tried. */
const FIRST: PartName[] = ['services', 'slowQueries', 'backups'];
/** The part of the allowance that may go to targets that are new. */
const FOR_NEW = 0.8;
/** Cycles do not come to the second. */
const EARLY = 0.9;
/** After a failure it is tried again within this, however seldom it is read. */
const RETRY_SECONDS = 600;
/** A person who asks twice is not heard twice. */
const ASKED_SECONDS = 30;
/** When the last backup is about to be a day old, the next one is looked out for. */
const BACKUP_DUE_HOURS = 23.5;
const BACKUP_DUE_SECONDS = 600;

/**
 * What is read of whom in this cycle. The metrics are on the projects' own hosts
 * and count for nothing; everything else goes to the vendor's API, which takes
 * only so many requests a minute, of all of them together.
 *
 * - A target that was never read is read in all that thresholds hang on, or not
 *   at all: half of it would pass for the whole. Those that do not fit wait for
 *   the next cycle, and are not in the plan.
 * - Then comes what is longest overdue, measured by its own pace; what somebody
 *   asked for comes before.
 *
 * Pure.
 */
export function planParts(
  targets: readonly PlannedTarget[],
  options: { now: Date; allowance: number },
): Map<string, Set<PartName>> {
  const { now, allowance } = options;
  const plan = new Map<string, Set<PartName>>();
  let left = Math.max(0, Math.floor(allowance));
  const keptForKnown = Math.floor(left * (1 - FOR_NEW));
  const candidates: { key: string; part: PartName; urgency: number }[] = [];
  for (const target of targets) {
    const { key, state } = target;
    const isNew = FIRST.some(part => !state.parts[part]);
    if (isNew && left - FIRST.length < keptForKnown) continue;
    const parts = new Set<PartName>(isNew ? FIRST : []);
    left -= parts.size;
    plan.set(key, parts);
    for (const part of PART_NAMES) {
      const urgency = parts.has(part) ? 0 : urgencyOf(part, target, now);
      if (urgency >= 1 && part === 'metrics') parts.add(part);
      else if (urgency >= 1) candidates.push({ key, part, urgency });
    }
  }
  candidates.sort(
    (a, b) =>
      b.urgency - a.urgency ||
      PART_NAMES.indexOf(a.part) - PART_NAMES.indexOf(b.part),
  );
  for (const { key, part } of candidates.slice(0, left)) {
    plan.get(key)?.add(part);
  }
  return plan;
}

/** How much of its time has passed since it was tried last; from 1 on it is due. */
function urgencyOf(part: PartName, target: PlannedTarget, now: Date): number {
  if (!isNeeded(part, target)) return 0;
  const attempt = target.state.parts[part];
  if (!attempt) return Number.MAX_SAFE_INTEGER;
  const ageSeconds = (now.getTime() - Date.parse(attempt.triedAt)) / 1000;
  if (target.requested && ageSeconds >= ASKED_SECONDS) {
    return Number.MAX_SAFE_INTEGER;
  }
  return ageSeconds / (paceOf(part, target.state, now) * EARLY);
}

function paceOf(part: PartName, state: TargetState, now: Date): number {
  const { intervalSeconds } = PARTS[part];
  if (state.parts[part]?.failure) {
    return Math.min(intervalSeconds, RETRY_SECONDS);
  }
  const lastGoodAt = state.backups?.lastGoodAt;
  if (part === 'backups' && lastGoodAt) {
    const ageHours = (now.getTime() - Date.parse(lastGoodAt)) / 3_600_000;
    if (ageHours >= BACKUP_DUE_HOURS) return BACKUP_DUE_SECONDS;
  }
  return intervalSeconds;
}

/** Whether nothing else tells the same. */
function isNeeded(part: PartName, target: PlannedTarget): boolean {
  const { hasMetrics, state } = target;
  const areRead = hasMetrics && !state.parts.metrics?.failure;
  switch (part) {
    case 'metrics':
      return hasMetrics;
    case 'diskUsage':
      return !areRead || (!!state.metrics && state.metrics.disk === undefined);
    case 'readOnly':
      return !areRead;
    case 'settings':
      return (
        state.metrics !== undefined &&
        state.metrics.connectionsUsed !== undefined &&
        state.metrics.connectionsMax === undefined
      );
    default:
      return true;
  }
}
