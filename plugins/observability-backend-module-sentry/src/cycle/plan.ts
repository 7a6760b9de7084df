import { RecentRequests } from '../map/current';
import { ageSeconds, CycleTarget } from './Cycle';
import { Current } from './current';
import { lacksFirstHour, NEW_RELEASE_SECONDS } from './releases';

/** The kinds of signal that have details of their own to read. */
export type DetailKind = 'errors' | 'performance' | 'releases';
export const DETAIL_KINDS: DetailKind[] = ['errors', 'releases', 'performance'];

/** A target of which details are to be read, most urgent first. */
export interface PlannedTarget {
  target: CycleTarget;
  kinds: Set<DetailKind>;
}

/** Details that follow something that keeps changing are read no more often than this. */
const CALM_SECONDS = 5 * 60;
/** The p95 of fewer requests than this is chance. */
const LEAST_REQUESTS = 20;
/** A p95 so many times larger or smaller is another one. */
const MOVED_FACTOR = 1.5;

/**
 * Decides whose details are read, and in which order:
 *
 * 1. what somebody asked for, then what was never read;
 * 2. what moved: newer events than the details know of, errors that ceased, a
 *    p95 far from the one that they show, a new release;
 * 3. what is old, a share of it in each cycle, so that over `refreshSeconds`
 *    all is read once. This finds what leaves no event behind: an issue that
 *    was resolved or assigned, events that are now older than a day.
 *
 * Within each the longest unread comes first, so that nothing waits for ever
 * when a cycle has not enough requests. Pure.
 */
export function planDetails(options: {
  targets: readonly CycleTarget[];
  current: Current;
  now: Date;
  /** How long the last cycle is ago. */
  cycleSeconds: number;
  refreshSeconds: number;
}): PlannedTarget[] {
  const { targets, current, now } = options;
  const asked: PlannedTarget[] = [];
  const unread: PlannedTarget[] = [];
  const moved: PlannedTarget[] = [];
  const old: PlannedTarget[] = [];
  for (const target of targets) {
    const possible = possibleKinds(target, current);
    const ages = new Map(
      possible.map(kind => [kind, ageOf(target, kind, now)] as const),
    );
    const pick = (isDue: (kind: DetailKind, age: number) => boolean) =>
      new Set(possible.filter(kind => isDue(kind, ages.get(kind)!)));

    const first = pick((_, age) => target.requested || age === Infinity);
    const changed = pick(kind => hasMoved(target, kind, current, now));
    const aged = pick((_, age) => age >= options.refreshSeconds / 2);
    if (first.size > 0) {
      const isKnown = [...ages.values()].some(Number.isFinite);
      (isKnown ? asked : unread).push({
        target,
        kinds: new Set([...first, ...changed]),
      });
    } else if (changed.size > 0) {
      moved.push({ target, kinds: changed });
    } else if (aged.size > 0) {
      old.push({ target, kinds: aged });
    }
  }
  const share = Math.ceil(
    (targets.length * options.cycleSeconds) / options.refreshSeconds,
  );
  const byAge = (one: PlannedTarget, other: PlannedTarget) =>
    oldest(other, now) - oldest(one, now);
  return [
    ...asked.sort(byAge),
    ...unread,
    ...moved.sort(byAge),
    ...old.sort(byAge).slice(0, share),
  ];
}

/** All is read once in so many seconds, sooner where there is little. */
export function refreshSecondsOf(targets: number): number {
  return Math.min(3600, Math.max(600, targets * 3.6));
}

/** Whether Sentry holds anything of that kind, as far as anyone knows. */
export function hasAny(
  target: CycleTarget,
  kind: DetailKind,
  current: Current,
): boolean {
  const { id, hasEvents, hasRequests } = target.project;
  // Once something was found, the list of projects may be behind.
  if (kind === 'releases' || target.state[kind]) return true;
  return kind === 'errors'
    ? hasEvents || current.lastSeen.has(id)
    : hasRequests || current.requests.value?.byProject.has(id) === true;
}

function possibleKinds(target: CycleTarget, current: Current): DetailKind[] {
  const failed = {
    errors: current.events.error,
    performance: current.requests.error,
    releases: current.releases.error,
  };
  return DETAIL_KINDS.filter(
    kind => !failed[kind] && hasAny(target, kind, current),
  );
}

function hasMoved(
  target: CycleTarget,
  kind: DetailKind,
  current: Current,
  now: Date,
): boolean {
  const { state, project } = target;
  switch (kind) {
    case 'errors': {
      const recent = current.events.value?.byProject.get(project.id);
      const ceased = (state.errors?.rate ?? 0) > 0 && !recent?.errors;
      return ceased || hasNewEvents(target, current);
    }
    case 'performance': {
      const recent = current.requests.value?.byProject.get(project.id);
      return (
        ageSeconds(state.performance?.readAt, now) >= CALM_SECONDS &&
        isFarFrom(recent, state.performance?.p95Ms)
      );
    }
    default: {
      const known = state.releases?.known ?? [];
      const newest = current.releases.value?.get(project.id)?.[0];
      const isNew =
        newest !== undefined &&
        !known.some(({ version }) => version === newest.version) &&
        newest.createdAt >= (known[0]?.createdAt ?? '');
      const isYoung =
        ageSeconds(known[0]?.createdAt, now) < NEW_RELEASE_SECONDS;
      return (
        isNew ||
        lacksFirstHour(state.releases, now) ||
        (isYoung &&
          hasNewEvents(target, current) &&
          ageSeconds(state.releases?.readAt, now) >= CALM_SECONDS)
      );
    }
  }
}

function hasNewEvents({ state, project }: CycleTarget, current: Current) {
  const lastSeen = current.lastSeen.get(project.id);
  return lastSeen !== undefined && lastSeen > (state.errors?.lastSeen ?? '');
}

function isFarFrom(
  recent: RecentRequests | undefined,
  p95Ms: number | undefined,
): boolean {
  if (!recent?.p95Ms || recent.count < LEAST_REQUESTS) return false;
  if (!p95Ms) return true;
  const factor = recent.p95Ms / p95Ms;
  return factor > MOVED_FACTOR || factor < 1 / MOVED_FACTOR;
}

function ageOf(target: CycleTarget, kind: DetailKind, now: Date): number {
  return ageSeconds(target.state[kind]?.readAt, now);
}

function oldest({ target, kinds }: PlannedTarget, now: Date): number {
  const ages = [...kinds].map(kind => ageOf(target, kind, now));
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(...ages));
}
