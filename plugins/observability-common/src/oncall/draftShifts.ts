import { Change, changePeople } from './changes';
import { Interval, overlaps, withoutIntervals } from './intervals';
import { layLayers } from './layLayers';
import { Piece } from './LayerPlan';
import { LevelPlan, SchedulePlan, VersionPlan } from './SchedulePlan';
import { DAY_MS } from './wallClock';

/** How far beyond what was asked a hole is followed that somebody fills. */
const LONGEST_LOOK_MS = 800 * DAY_MS;

/** A shift before it has a key. */
export interface DraftShift extends Interval {
  level: string;
  people: readonly string[];
  /** The turn that it belongs to; none where an override covers what no layer does. */
  piece?: Piece;
  /** Changes that had a part in it where it begins, the one that counts last. */
  acted: readonly Change[];
}

/**
 * The shifts of one level in one version that have a part between two instants,
 * whole and in order. The time that is between them is a gap.
 */
export function draftShifts(
  plan: SchedulePlan,
  version: VersionPlan,
  level: LevelPlan,
  from: number,
  to: number,
): DraftShift[] {
  const start = Math.max(from, version.start);
  const end = Math.min(to, version.end);
  if (start >= end) {
    return [];
  }
  const changes = [
    changesOf(plan.changes.overrides, level, version),
    changesOf(plan.changes.swaps, level, version),
  ] as const;
  // Somebody who only joins is there as well where no layer covers; that shift
  // is as long as the hole in which it lies.
  const joining = changes[0].filter(
    change => change.remove === undefined && overlaps(change, start, end),
  );
  const { pieces, known } = layLayers(
    level.layers,
    Math.max(
      Math.min(start, ...joining.map(change => change.start)),
      start - LONGEST_LOOK_MS,
    ),
    Math.min(
      Math.max(end, ...joining.map(change => change.end)),
      end + LONGEST_LOOK_MS,
    ),
  );

  const drafts: DraftShift[] = [];
  for (const piece of pieces) {
    const bounds = within(piece, version);
    if (overlaps(bounds, start, end)) {
      drafts.push(...cut(plan, bounds, level.name, piece, changes));
    }
  }
  if (joining.length > 0) {
    for (const hole of withoutIntervals(within(known, version), pieces)) {
      if (overlaps(hole, start, end)) {
        drafts.push(...cut(plan, hole, level.name, undefined, changes));
      }
    }
    drafts.sort((a, b) => a.start - b.start);
  }
  return drafts.filter(draft => overlaps(draft, start, end));
}

function changesOf(
  changes: readonly Change[],
  level: LevelPlan,
  version: VersionPlan,
): Change[] {
  return changes.filter(
    change =>
      (change.level === undefined || change.level === level.name) &&
      overlaps(change, version.start, version.end),
  );
}

function within(interval: Interval, bounds: Interval): Interval {
  return {
    start: Math.max(interval.start, bounds.start),
    end: Math.min(interval.end, bounds.end),
  };
}

/** Cuts a piece, or a hole, wherever a change begins or ends, and joins again what came out alike. */
function cut(
  { effective }: SchedulePlan,
  bounds: Interval,
  level: string,
  piece: Piece | undefined,
  [allOverrides, allSwaps]: readonly [readonly Change[], readonly Change[]],
): DraftShift[] {
  const people = piece?.people ?? [];
  const here = (change: Change) => overlaps(change, bounds.start, bounds.end);
  const overrides = allOverrides.filter(here);
  const swaps = allSwaps.filter(here);
  if (overrides.length === 0 && swaps.length === 0) {
    return people.length > 0
      ? [{ ...bounds, level, people, piece, acted: [] }]
      : [];
  }

  const cuts = new Set<number>([bounds.start, bounds.end]);
  for (const change of [...overrides, ...swaps]) {
    cuts.add(Math.max(change.start, bounds.start));
    cuts.add(Math.min(change.end, bounds.end));
  }
  const instants = [...cuts].sort((a, b) => a - b);
  const drafts: DraftShift[] = [];
  for (let index = 0; index < instants.length - 1; index++) {
    const start = instants[index];
    const end = instants[index + 1];
    const isInForce = (change: Change) => overlaps(change, start, end);
    const changed = changePeople(
      people,
      overrides.filter(isInForce),
      swaps.filter(isInForce),
    );
    changed.acted.forEach(change => effective.add(change));
    if (changed.people.length === 0) {
      continue;
    }
    const draft = { start, end, level, piece, ...changed };
    const last = drafts.at(-1);
    if (last?.end === start && isAlike(last, draft)) {
      last.end = end;
    } else {
      drafts.push(draft);
    }
  }
  return drafts;
}

/** Whether the same people have the watch for the same reason. */
export function isAlike(one: DraftShift, other: DraftShift): boolean {
  return (
    one.acted.at(-1)?.id === other.acted.at(-1)?.id &&
    isSamePeople(one.people, other.people)
  );
}

/** Whether two lists name the same people, in whatever order. */
export function isSamePeople(
  one: readonly string[],
  other: readonly string[],
): boolean {
  return (
    one.length === other.length && one.every(person => other.includes(person))
  );
}
