import {
  findMetric,
  Release,
  ReleaseVerdict,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  finiteNumber,
  optionalPlainText,
  plainText,
} from '@watchkeeper/backstage-plugin-observability-node';
import { SentryGroup, SentryRelease, SentryRow } from '../api/schemas';
import { asText, projectIdOf } from './current';
import { instant } from './text';

/** How many releases of a project are shown. */
export const MAX_RELEASES = 10;

/** What is remembered of a release of one project. */
export interface KnownRelease {
  version: string;
  createdAt: string;
  author?: string;
  newIssues: number;
}

/** What a release of one project was exposed to, and what came of it. */
export interface ReleaseFigures {
  /** Events of the levels error and fatal; absent where they could not be read. */
  errors?: number;
  requests?: number;
  sessions?: number;
  /** 0..1 */
  crashFreeSessions?: number;
  /** The release's share of its project's sessions at present, 0..1. */
  adoption?: number;
}

/** A release against the one before it. */
export interface ReleaseComparison {
  metric: 'errors-per-session' | 'errors-per-request' | 'crashes-per-session';
  /** How much worse: 0.5 is half as bad again, negative is better. */
  ratio: number;
  /** The smaller of both exposures: sessions or requests. */
  exposure: number;
}

/** By project id, newest first. */
export function toKnownReleases(
  releases: SentryRelease[],
): Map<string, KnownRelease[]> {
  const byProject = new Map<string, KnownRelease[]>();
  for (const release of releases) {
    const createdAt = instant(release.dateReleased ?? release.dateCreated);
    if (!createdAt || plainText(release.version, 250) !== release.version) {
      continue;
    }
    for (const project of release.projects ?? []) {
      const known = byProject.get(project.id) ?? [];
      known.push({
        version: release.version,
        createdAt,
        author: authorOf(release),
        newIssues: Math.max(0, project.newGroups ?? release.newGroups ?? 0),
      });
      byProject.set(project.id, known);
    }
  }
  return byProject;
}

/** Newer knowledge replaces older; one more than are shown is kept, to compare the last of them with. */
export function mergeReleases(
  known: readonly KnownRelease[],
  found: readonly KnownRelease[],
): KnownRelease[] {
  const byVersion = new Map(
    [...known, ...found].map(release => [release.version, release]),
  );
  return [...byVersion.values()]
    .sort((one, other) => other.createdAt.localeCompare(one.createdAt))
    .slice(0, MAX_RELEASES + 1);
}

/** By project id and version: the rows of a table by project and release. */
export function toReleaseCounts(
  rows: SentryRow[],
): Map<string, Map<string, number>> {
  const byProject = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const id = projectIdOf(row);
    const version = asText(row.release);
    if (!id || !version) continue;
    const counts = byProject.get(id) ?? new Map<string, number>();
    counts.set(version, finiteNumber(row['count()']) ?? 0);
    byProject.set(id, counts);
  }
  return byProject;
}

/** By project id and version: sessions, and the share that did not crash. */
export type ReleaseSessions = Map<
  string,
  Map<string, { sessions: number; crashFree?: number }>
>;

/** Groups by project and release; those without sessions are left out. */
export function toReleaseSessions(groups: SentryGroup[]): ReleaseSessions {
  const byProject: ReleaseSessions = new Map();
  for (const { by, totals } of groups) {
    const version = asText(by.release);
    const sessions = finiteNumber(totals?.['sum(session)']);
    if (by.project === undefined || !version || !sessions) continue;
    const id = String(by.project);
    const releases = byProject.get(id) ?? new Map();
    releases.set(version, {
      sessions,
      crashFree: finiteNumber(totals?.['crash_free_rate(session)']),
    });
    byProject.set(id, releases);
  }
  return byProject;
}

/** Fewer errors than this are chance; a ratio is never taken against less. */
const LEAST_EXPECTED = 10;

/**
 * Compares a release with the one before it, over the same seven days.
 *
 * Counts alone would say how much each was used. So errors are set against what
 * a release was exposed to: its sessions where both report sessions, else its
 * requests. With the rate of the release before, the newer one would have had
 *
 *     expected = errors(before) / exposure(before) × exposure(newer)
 *     ratio    = (errors(newer) − expected) / max(expected, 10)
 *
 * The lower bound of ten keeps two errors instead of one from being "100 %
 * worse", and gives a number where the release before had none at all. Where
 * errors cannot be read, crashed sessions stand in for them. There is no
 * comparison when either side saw fewer than a hundred sessions or requests.
 */
export function compareReleases(
  newer: ReleaseFigures,
  before: ReleaseFigures,
): ReleaseComparison | undefined {
  const minimum = findMetric('releases.regression')?.minimumCount ?? 100;
  const candidates = [
    {
      metric: 'errors-per-session' as const,
      of: (figures: ReleaseFigures) => [figures.errors, figures.sessions],
    },
    {
      metric: 'errors-per-request' as const,
      of: (figures: ReleaseFigures) => [figures.errors, figures.requests],
    },
    {
      metric: 'crashes-per-session' as const,
      of: (figures: ReleaseFigures) => [crashesOf(figures), figures.sessions],
    },
  ];
  for (const { metric, of } of candidates) {
    const [errors, exposure = 0] = of(newer);
    const [errorsBefore, exposureBefore = 0] = of(before);
    if (errors === undefined || errorsBefore === undefined) continue;
    if (Math.min(exposure, exposureBefore) < minimum) continue;
    const expected = (errorsBefore / exposureBefore) * exposure;
    return {
      metric,
      ratio: (errors - expected) / Math.max(expected, LEAST_EXPECTED),
      exposure: Math.min(exposure, exposureBefore),
    };
  }
  return undefined;
}

/** What a comparison means, by the default thresholds of `releases.regression`. */
export function toVerdict(
  comparison: ReleaseComparison | undefined,
): ReleaseVerdict {
  const metric = findMetric('releases.regression');
  if (!comparison || !metric) return 'unknown';
  if (comparison.ratio > Number(metric.critical)) return 'roll-back';
  if (comparison.ratio > Number(metric.warning)) return 'degraded';
  return 'healthy';
}

/** A release as it is shown. */
export function toRelease(
  release: KnownRelease,
  figures: ReleaseFigures,
  options: { comparison: ReleaseComparison | undefined; url: string },
): Release {
  const { comparison, url } = options;
  return {
    version: release.version,
    createdAt: release.createdAt,
    author: release.author,
    url,
    events: figures.errors ?? 0,
    newIssues: release.newIssues,
    comparison: comparison && {
      metric: comparison.metric,
      ratio: comparison.ratio,
    },
    crashFreeSessions: figures.crashFreeSessions,
    adoption: figures.adoption,
    verdict: toVerdict(comparison),
  };
}

function crashesOf({ sessions, crashFreeSessions }: ReleaseFigures) {
  return sessions === undefined || crashFreeSessions === undefined
    ? undefined
    : sessions * (1 - crashFreeSessions);
}

function authorOf({ lastCommit, authors, owner }: SentryRelease) {
  for (const author of [lastCommit?.author, ...(authors ?? []), owner]) {
    const name = optionalPlainText(author?.name ?? author?.email, 200);
    if (name) return name;
  }
  return undefined;
}
