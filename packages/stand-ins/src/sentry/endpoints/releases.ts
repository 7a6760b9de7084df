import { SentryHttpError } from '../errors';
import type { EndpointContext, EndpointRegistry } from '../http';
import { hexadecimal, hashText } from '../../shared/random';
import type { ProjectModel } from '../model/ProjectModel';
import {
  releaseHealth,
  serializeRelease,
  type ReleaseModel,
} from '../model/serializeRelease';
import { sendPage } from '../query/paging';
import {
  formatInstant,
  parsePeriod,
  readEnvironments,
  readOrganization,
  readProjects,
} from '../query/parameters';

const SCOPES = [
  'project:read',
  'project:write',
  'project:admin',
  'project:releases',
  'org:ci',
];

export function registerReleases(endpoints: EndpointRegistry): void {
  const path = '/organizations/:organization/releases/';
  endpoints.get(path, SCOPES, listReleases);
  endpoints.get(`${path}:version/`, SCOPES, sendRelease);
  endpoints.get(`${path}:version/deploys/`, SCOPES, context => {
    const release = readRelease(context, readOrganization(context).projects);
    const { lastDeploy } = serializeRelease(release, context);
    sendPage(context, [lastDeploy], { serialize: deploy => deploy });
  });
  endpoints.get(`${path}:version/commits/`, SCOPES, listCommits);
}

function listReleases(context: EndpointContext): void {
  const { query } = context;
  const projects = readProjects(context);
  if (projects.length === 0) {
    context.response.json([]);
    return;
  }
  const environments = readEnvironments(context);
  const text = (query.get('query') ?? '').toLowerCase();
  const releases = collectReleases(context, projects).filter(
    release =>
      release.version.toLowerCase().includes(text) &&
      release.projects.some(({ definition }) =>
        Object.keys(definition.environments).some(
          name => environments?.has(name) ?? true,
        ),
      ),
  );
  sortReleases(context, releases, query.get('sort') || 'date');
  if (query.get('status') === 'archived') releases.length = 0;
  sendPage(context, releases, {
    serialize: release => serializeRelease(release, context, readHealth(query)),
  });
}

function sendRelease(context: EndpointContext): void {
  const { query } = context;
  const wantsProject = query.get('project') || query.get('project_id');
  const projects = wantsProject
    ? readProjects(context)
    : readOrganization(context).projects;
  const release = readRelease(context, projects);
  context.response.json(serializeRelease(release, context, readHealth(query)));
}

function listCommits(context: EndpointContext): void {
  const release = readRelease(context, readOrganization(context).projects);
  const { commitCount, lastCommit } = serializeRelease(release, context);
  const commits = Array.from({ length: commitCount }, (_, index) => ({
    ...lastCommit,
    id: hexadecimal(hashText(release.version), index, 40),
    message: `Change ${commitCount - index} of ${release.version}`,
    dateCreated: formatInstant(release.createdMs - (index + 1) * 1_800_000),
    suspectCommitType: '',
    pullRequest: null,
    releases: [],
  }));
  sendPage(context, commits, { serialize: commit => commit });
}

/** Every version that exists by now, newest first, with the projects that have it. */
function collectReleases(
  { now }: EndpointContext,
  projects: ProjectModel[],
): ReleaseModel[] {
  const byVersion = new Map<string, ReleaseModel>();
  for (const project of projects) {
    for (const definition of project.definition.releases) {
      const createdMs = project.startMs + definition.createdAt;
      if (createdMs > now) continue;
      const { version } = definition;
      const release = byVersion.get(version);
      if (release) {
        release.projects.push(project);
        release.createdMs = Math.min(release.createdMs, createdMs);
      } else {
        byVersion.set(version, {
          version,
          createdMs,
          definition,
          projects: [project],
        });
      }
    }
  }
  return [...byVersion.values()].sort(
    (one, other) => other.createdMs - one.createdMs,
  );
}

function readRelease(
  context: EndpointContext,
  projects: ProjectModel[],
): ReleaseModel {
  const release = collectReleases(context, projects).find(
    ({ version }) => version === context.request.params.version,
  );
  if (!release) throw SentryHttpError.notFound();
  return release;
}

function sortReleases(
  { now }: EndpointContext,
  releases: ReleaseModel[],
  sort: string,
): void {
  if (sort === 'date') return;
  const window = { fromMs: now - 86_400_000, toMs: now };
  const score = (release: ReleaseModel): number => {
    const totals = release.projects.map(project =>
      releaseHealth(project, release.version, window),
    );
    const sum = (value: (health: (typeof totals)[number]) => number) =>
      totals.reduce((total, health) => total + value(health), 0);
    switch (sort) {
      case 'sessions':
        return sum(({ sessions }) => sessions);
      case 'users':
        return sum(({ users }) => users);
      case 'crash_free_sessions':
        return sum(({ crashFreeSessions }) => crashFreeSessions ?? 0);
      case 'crash_free_users':
        return sum(({ crashFreeUsers }) => crashFreeUsers ?? 0);
      default:
        throw SentryHttpError.badRequest(`invalid sort: ${sort}`);
    }
  };
  const scores = new Map(releases.map(release => [release, score(release)]));
  releases.sort((one, other) => scores.get(other)! - scores.get(one)!);
}

/** Which figures of its health are wanted, and over which periods. */
function readHealth(query: URLSearchParams) {
  const isOn = (name: string) => ['1', 'true'].includes(query.get(name) ?? '');
  const period = (name: string, usual: string) => {
    const lengthMs = parsePeriod(query.get(name) || usual);
    if (!lengthMs) throw SentryHttpError.badRequest(`Invalid ${name}`);
    return lengthMs;
  };
  return {
    health: isOn('health')
      ? {
          summaryMs: period('summaryStatsPeriod', '14d'),
          statsMs: period('healthStatsPeriod', '24h'),
          statsKey: query.get('healthStatsPeriod') || '24h',
        }
      : undefined,
    adoptionStages: isOn('adoptionStages'),
  };
}
