import {
  CollectTarget,
  ProviderError,
  ReadingFailure,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import { SentryApi } from '../api/SentryApi';
import { SentryProject } from '../api/schemas';
import { parseTargetKey } from '../select';
import { ageSeconds, attempt, CycleTarget } from './Cycle';
import { KnownProject, readTargetState, toStoredState } from './state';

/** After so long the list of projects is read again: what they have changes seldom. */
const LIST_AGE_SECONDS = 6 * 3600;
/** A project that is not there may be created any moment. */
const MISSING_AGE_SECONDS = 10 * 60;

/** The targets of a cycle with what is known of them. */
export interface ResolvedTargets {
  known: CycleTarget[];
  /** What is to be said of the others. */
  others: TargetResult[];
  /** When the list was read, this time or before. */
  listedAt: string | undefined;
  /** Whether it was this time. */
  listed: boolean;
}

/**
 * Finds the projects of the targets. Their ids, which Sentry's older versions
 * insist on, are kept in the targets' states; the list is read when one is
 * missing there, and a few times a day.
 */
export async function resolveProjects(options: {
  api: SentryApi;
  organization: string;
  targets: readonly CollectTarget[];
  listedAt: string | undefined;
  /** Reads the list in any case. */
  always?: boolean;
  now: Date;
}): Promise<ResolvedTargets> {
  const { api, targets, now } = options;
  const states = new Map(
    targets.map(({ key, state }) => [key, readTargetState(state)]),
  );
  const mustList =
    options.always ||
    ageSeconds(options.listedAt, now) >= LIST_AGE_SECONDS ||
    targets.some(({ key, requested }) => {
      const { project, missingSince } = states.get(key)!;
      const wait = requested ? 0 : MISSING_AGE_SECONDS;
      return !project && ageSeconds(missingSince, now) >= wait;
    });
  const answer = mustList ? await attempt(() => api.projects()) : undefined;
  // Those whose projects are known can be read all the same.
  if (answer?.error && ![...states.values()].some(({ project }) => project)) {
    throw answer.error;
  }
  const list = answer?.value && indexProjects(answer.value);

  const resolved: ResolvedTargets = {
    known: [],
    others: [],
    listedAt: list ? now.toISOString() : options.listedAt,
    listed: list !== undefined,
  };
  for (const target of targets) {
    const { slug, environments } = parseTargetKey(target.key);
    const state = states.get(target.key)!;
    const found = list?.get(slug);
    if (found?.hasAccess === false) {
      resolved.others.push(refuse(target, slug, options.organization));
      continue;
    }
    const project = list ? found && toKnownProject(found) : state.project;
    if (project) {
      const { key, candidate, requested } = target;
      resolved.known.push({
        key,
        environments,
        candidate,
        requested,
        project,
        state: { ...state, project, missingSince: undefined },
      });
    } else if (answer?.error) {
      resolved.others.push(failAll(target, answer.error));
    } else {
      const missingSince = list ? now.toISOString() : state.missingSince;
      resolved.others.push({
        ...miss(target, slug, options.organization),
        state: toStoredState({ version: 1, missingSince }),
      });
    }
  }
  return resolved;
}

/** By slug and by id, as annotations may name either. */
function indexProjects(projects: SentryProject[]): Map<string, SentryProject> {
  return new Map([
    ...projects.map(project => [project.id, project] as const),
    ...projects.map(project => [project.slug.toLowerCase(), project] as const),
  ]);
}

function toKnownProject(project: SentryProject): KnownProject {
  return {
    id: project.id,
    hasEvents: project.firstEvent !== undefined,
    hasRequests: project.firstTransactionEvent ?? true,
    hasSessions: project.hasSessions ?? true,
  };
}

function miss(
  target: CollectTarget,
  slug: string,
  organization: string,
): TargetResult {
  if (target.candidate) return { key: target.key, results: [], listed: false };
  return failAll(
    target,
    new ProviderError({
      code: 'not-found',
      message: `Sentry's organisation "${organization}" lists no project "${slug}": check the annotation sentry.io/project-slug`,
    }),
  );
}

function refuse(
  target: CollectTarget,
  slug: string,
  organization: string,
): TargetResult {
  return {
    ...failAll(
      target,
      new ProviderError({
        code: 'forbidden',
        message: `Sentry lists the project "${slug}" of "${organization}", and does not let the token read it: give the token access to the project's team`,
      }),
    ),
    ...(target.candidate ? { listed: true } : {}),
  };
}

/** The same failure for each kind of a target. */
function failAll(
  target: Pick<CollectTarget, 'key' | 'kinds'>,
  error: ProviderError,
): TargetResult {
  const results = target.kinds.map((kind): ReadingFailure => ({ kind, error }));
  return { key: target.key, results };
}
