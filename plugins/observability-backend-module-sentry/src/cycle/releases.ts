import { Release } from '@watchkeeper/backstage-plugin-observability-common';
import {
  compareReleases,
  KnownRelease,
  MAX_RELEASES,
  mergeReleases,
  ReleaseComparison,
  ReleaseFigures,
  toKnownReleases,
  toRelease,
} from '../map/releases';
import {
  ageSeconds,
  attempt,
  Cycle,
  CycleTarget,
  inPieces,
  isAffordable,
  scopeOf,
} from './Cycle';
import { countFirstHourIssues } from './errors';
import { readReleaseFigures } from './releaseFigures';
import { TargetState } from './state';

const HOUR_SECONDS = 3600;
/** New issues matter for so long after a release. */
export const NEW_RELEASE_SECONDS = 24 * HOUR_SECONDS;
/** Lists of releases are read anew after so long, for what changed in older ones. */
const LIST_AGE_SECONDS = 6 * HOUR_SECONDS;
const LISTED_TOGETHER = 10;

type Remembered = NonNullable<TargetState['releases']>;

/** The releases of a project, and what is remembered of them. */
export interface ReleaseDetails {
  releases: Release[];
  remembered: Remembered;
}

/** What `readReleaseDetails` asks of so many targets, when all goes as usual. */
export function releaseDetailsCost(targets: number): number {
  return 4 + Math.ceil(targets / 8);
}

/** Details of the releases by target key; one whose list did not fit into the cycle is left out. */
export async function readReleaseDetails(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Map<string, ReleaseDetails>> {
  const [lists, figures] = await Promise.all([
    readLists(cycle, targets),
    readReleaseFigures(cycle, targets),
  ]);
  const details = new Map<string, ReleaseDetails>();
  for (const target of targets) {
    const list = lists.get(target.key);
    // What is shown is better than what a passing outage leaves of it.
    if (!list || (figures.outage && target.state.releases)) continue;
    const firstHour = await readFirstHour(cycle, target, list.known);
    details.set(
      target.key,
      toDetails(cycle, target, {
        ...list,
        firstHour,
        figures: version => figures.of(target, version),
      }),
    );
  }
  return details;
}

function toDetails(
  { now, pages }: Cycle,
  target: CycleTarget,
  read: Pick<Remembered, 'listedAt' | 'known' | 'firstHour'> & {
    figures: (version: string) => ReleaseFigures;
  },
): ReleaseDetails {
  const { known, figures, listedAt, firstHour } = read;
  const comparisons = known.map(
    ({ version }, index): ReleaseComparison | undefined =>
      known[index + 1] &&
      compareReleases(figures(version), figures(known[index + 1].version)),
  );
  const [newest] = known;
  const [regression] = comparisons;
  return {
    releases: known.slice(0, MAX_RELEASES).map((release, index) =>
      toRelease(release, figures(release.version), {
        comparison: comparisons[index],
        url: pages.release(
          release.version,
          target.project.id,
          target.environments,
        ),
      }),
    ),
    remembered: {
      readAt: now.toISOString(),
      listedAt,
      known,
      firstHour,
      regression: regression && {
        version: newest.version,
        ratio: regression.ratio,
        exposure: regression.exposure,
      },
    },
  };
}

/**
 * Whether the number of new issues of the newest release's first hour is still
 * to be asked for: Sentry counts a release's new issues without end, so that
 * its count is that of the first hour only as long as the hour lasts.
 */
export function lacksFirstHour(
  remembered: Pick<Remembered, 'known' | 'firstHour'> | undefined,
  now: Date,
): boolean {
  const newest = remembered?.known[0];
  if (!newest || newest.newIssues === 0) return false;
  const age = ageSeconds(newest.createdAt, now);
  return (
    age >= HOUR_SECONDS &&
    age < NEW_RELEASE_SECONDS &&
    remembered.firstHour?.version !== newest.version
  );
}

/** New issues of the newest release in its first hour; nothing when that is long ago or not known. */
export function newIssuesOf(
  remembered: Remembered | undefined,
  now: Date,
): { version: string; issues: number } | undefined {
  const newest = remembered?.known[0];
  if (!newest) return undefined;
  const { version, newIssues } = newest;
  const age = ageSeconds(newest.createdAt, now);
  if (age >= NEW_RELEASE_SECONDS) return undefined;
  if (age < HOUR_SECONDS || newIssues === 0) {
    return { version, issues: newIssues };
  }
  return remembered.firstHour?.version === version
    ? remembered.firstHour
    : undefined;
}

async function readFirstHour(
  cycle: Cycle,
  target: CycleTarget,
  known: KnownRelease[],
): Promise<Remembered['firstHour']> {
  const before = target.state.releases?.firstHour;
  if (
    !lacksFirstHour({ known, firstHour: before }, cycle.now) ||
    !(target.requested || isAffordable(cycle, 1))
  ) {
    return before;
  }
  const counted = await attempt(() =>
    countFirstHourIssues(cycle, target, known[0]),
  );
  return counted.error
    ? before
    : { version: known[0].version, issues: counted.value };
}

/** The lists of releases by target key: remembered ones while they are young. */
async function readLists(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Map<string, Pick<Remembered, 'known' | 'listedAt'>>> {
  const lists = new Map<string, Pick<Remembered, 'known' | 'listedAt'>>();
  const due: CycleTarget[] = [];
  for (const target of targets) {
    const remembered = target.state.releases;
    const age = ageSeconds(remembered?.listedAt, cycle.now);
    if (remembered && !target.requested && age < LIST_AGE_SECONDS) {
      lists.set(target.key, remembered);
    } else due.push(target);
  }
  await Promise.all(
    inPieces(due, LISTED_TOGETHER).map(async piece => {
      for (const [key, known] of await listReleases(cycle, piece)) {
        lists.set(key, { known, listedAt: cycle.now.toISOString() });
      }
    }),
  );
  return lists;
}

/**
 * The releases of several projects are read as one list, newest first. Where
 * that ends early, those of projects that release seldom may be missing; they
 * are read by themselves.
 */
async function listReleases(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Map<string, KnownRelease[]>> {
  const together = await cycle.api.releases({
    scope: scopeOf(targets),
    maxPages: 2,
  });
  const found = toKnownReleases(together.rows);
  const lists = new Map<string, KnownRelease[]>();
  for (const target of targets) {
    const { id } = target.project;
    const own = found.get(id) ?? [];
    if (together.complete || own.length > MAX_RELEASES) {
      lists.set(target.key, mergeReleases([], own));
    } else if (target.requested || isAffordable(cycle, 1)) {
      const alone = await cycle.api.releases({
        scope: scopeOf([target]),
        maxPages: 1,
        pageSize: MAX_RELEASES + 1,
      });
      const rows = toKnownReleases(alone.rows).get(id) ?? [];
      lists.set(target.key, mergeReleases([], rows));
    }
  }
  return lists;
}
