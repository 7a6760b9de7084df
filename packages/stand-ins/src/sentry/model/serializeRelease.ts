import { hashText, hexadecimal } from '../../shared/random';
import { firstReleaseOf } from '../query/issueSearch';
import { formatInstant, type TimeWindow } from '../query/parameters';
import type { SentryReleaseDefinition } from '../world/types';
import { firstTimeOf, lastTimeOf } from './events';
import type { ProjectModel } from './ProjectModel';
import { countPeople, countSessions, crashFree } from './sessions';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A version and the projects that have it. */
export interface ReleaseModel {
  version: string;
  createdMs: number;
  definition: SentryReleaseDefinition;
  projects: ProjectModel[];
}

interface HealthOptions {
  health?: { summaryMs: number; statsMs: number; statsKey: string };
  adoptionStages: boolean;
}

export function serializeRelease(
  release: ReleaseModel,
  { now }: { now: number },
  options: HealthOptions = { adoptionStages: false },
) {
  const { version, createdMs, definition, projects } = release;
  const streams = projects.flatMap(project =>
    project.issues.flatMap(issue =>
      issue.streams.filter(stream => stream.release === version),
    ),
  );
  const first = firstTimeOf(streams, now);
  const last = lastTimeOf(streams, now);
  const { author, commits = 0, url = null } = definition;
  const person = author
    ? { name: author, email: `${author}@visioncrm.example` }
    : undefined;
  const newGroups = projects.map(project => countNew(project, version, now));

  return {
    id: hashText(version) % 1_000_000_000,
    version,
    shortVersion: version,
    status: 'open',
    versionInfo: parseVersion(version),
    ref: null,
    url,
    dateReleased: null,
    dateCreated: formatInstant(createdMs),
    dateStarted: null,
    data: {},
    newGroups: newGroups.reduce((sum, count) => sum + count, 0),
    commitCount: commits,
    lastCommit:
      commits > 0
        ? {
            id: hexadecimal(hashText(version), 0, 40),
            message: `Change ${commits} of ${version}`,
            dateCreated: formatInstant(createdMs - 1_800_000),
            author: person ?? null,
          }
        : null,
    deployCount: 1,
    lastDeploy: {
      id: String(hashText(`deploy ${version}`) % 1_000_000_000),
      environment: 'production',
      name: 'vercel',
      url: null,
      dateStarted: formatInstant(createdMs),
      dateFinished: formatInstant(createdMs + 70_000),
    },
    authors: person ? [person] : [],
    owner: null,
    firstEvent: first === undefined ? null : formatInstant(first),
    lastEvent: last === undefined ? null : formatInstant(last),
    currentProjectMeta: {},
    userAgent: null,
    ...(options.adoptionStages
      ? { adoptionStages: adoptionStages(release, now) }
      : {}),
    projects: projects.map((project, index) => {
      const { id, slug, name, platform } = project.definition;
      return {
        id: Number(id),
        slug,
        name,
        platform,
        platforms: platform ? [platform] : [],
        newGroups: newGroups[index],
        hasHealthData: project.sessions.some(
          stream => stream.release === version,
        ),
        ...(options.health
          ? { healthData: healthData(project, version, now, options.health) }
          : {}),
      };
    }),
  };
}

/** Sessions and people of one release of a project in a window. */
export function releaseHealth(
  project: ProjectModel,
  version: string,
  window: TimeWindow,
) {
  const streams = project.sessions.filter(stream => stream.release === version);
  return {
    sessions: countSessions(streams, window),
    crashed: countSessions(streams, window, 'crashed'),
    errored: countSessions(streams, window, 'errored'),
    users: countPeople(streams, window),
    crashFreeSessions: crashFree(streams, window, 'session'),
    crashFreeUsers: crashFree(streams, window, 'user'),
  };
}

/** The health of a release as the vendor puts it: in percent, not fractions. */
function healthData(
  project: ProjectModel,
  version: string,
  now: number,
  periods: NonNullable<HealthOptions['health']>,
) {
  const summary = { fromMs: now - periods.summaryMs, toMs: now };
  const lastDay = { fromMs: now - DAY_MS, toMs: now };
  const health = releaseHealth(project, version, summary);
  const today = releaseHealth(project, version, lastDay);
  const allToday = countSessions(project.sessions, lastDay);
  const peopleToday = countPeople(project.sessions, lastDay);
  const hasHealthData = health.sessions > 0;
  const streams = project.sessions.filter(stream => stream.release === version);
  const percent = (fraction: number | null) =>
    fraction === null ? null : fraction * 100;
  const share = (part: number, all: number) =>
    all > 0 ? (part / all) * 100 : null;

  const intervalMs = periods.statsMs > 2 * DAY_MS ? DAY_MS : HOUR_MS;
  const lastStart = Math.floor(now / intervalMs) * intervalMs;
  const buckets = Math.ceil(periods.statsMs / intervalMs);
  return {
    crashFreeUsers: percent(health.crashFreeUsers),
    crashFreeSessions: percent(health.crashFreeSessions),
    totalUsers: health.users,
    totalUsers24h: today.users,
    totalProjectUsers24h: peopleToday,
    totalSessions: health.sessions,
    totalSessions24h: today.sessions,
    totalProjectSessions24h: allToday,
    adoption: share(today.users, peopleToday),
    sessionsAdoption: share(today.sessions, allToday),
    sessionsCrashed: health.crashed,
    sessionsErrored: health.errored,
    hasHealthData,
    durationP50: null,
    durationP90: null,
    stats: {
      [periods.statsKey]: Array.from({ length: buckets }, (_, index) => {
        const fromMs = lastStart - (buckets - 1 - index) * intervalMs;
        const toMs = Math.min(now, fromMs + intervalMs);
        return [fromMs / 1000, countSessions(streams, { fromMs, toMs })];
      }),
    },
  };
}

function adoptionStages({ version, projects }: ReleaseModel, now: number) {
  return Object.fromEntries(
    projects.map(project => {
      const share = project.timeline.shareOf(version, now);
      const isReplaced = project.timeline.isReplaced(version, now);
      let stage = 'low_adoption';
      if (share >= 0.1) stage = 'adopted';
      else if (isReplaced) stage = 'replaced';
      const release = project.definition.releases.find(
        other => other.version === version,
      )!;
      return [
        project.definition.slug,
        {
          stage,
          adopted:
            stage === 'low_adoption'
              ? null
              : formatInstant(project.startMs + release.createdAt),
          unadopted: stage === 'replaced' ? formatInstant(now) : null,
        },
      ];
    }),
  );
}

/** Issues that no release had before. */
function countNew(project: ProjectModel, version: string, now: number) {
  return project.issues.filter(issue => firstReleaseOf(issue, now) === version)
    .length;
}

function parseVersion(version: string) {
  const [, packageName = null, raw] = /^(?:(.+)@)?(.+)$/.exec(version)!;
  const numbers = /^(\d+)\.(\d+)(?:\.(\d+))?(?:\.\d+)?(?:-(.+))?$/.exec(raw);
  return {
    package: packageName,
    version: numbers
      ? {
          raw,
          major: Number(numbers[1]),
          minor: Number(numbers[2]),
          patch: Number(numbers[3] ?? 0),
          pre: numbers[4] ?? null,
          buildCode: null,
          components: numbers[3] === undefined ? 2 : 3,
        }
      : { raw },
    description: raw,
    buildHash: null,
  };
}
