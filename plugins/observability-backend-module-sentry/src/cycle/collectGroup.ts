import { ProblemCode } from '@watchkeeper/backstage-plugin-observability-common';
import {
  CollectTarget,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import { isDeepStrictEqual } from 'node:util';
import { mergeReleases } from '../map/releases';
import {
  attempt,
  Cycle,
  CycleTarget,
  inPieces,
  isRefusal,
  Outcome,
} from './Cycle';
import { Current } from './current';
import { errorDetailsCost, ErrorDetails, readErrorDetails } from './errors';
import {
  PerformanceDetails,
  performanceDetailsCost,
  readPerformanceDetails,
} from './performance';
import { DETAIL_KINDS, DetailKind, PlannedTarget } from './plan';
import { ErrorRate } from './rates';
import {
  toErrorsResult,
  toPerformanceResult,
  toReleasesResult,
} from './readings';
import {
  readReleaseDetails,
  ReleaseDetails,
  releaseDetailsCost,
} from './releases';
import { TargetState, toStoredState } from './state';

/** Details are read of so many targets together. */
const TOGETHER = 20;
/** Not even for what is new or was asked for, so that a cycle ends in time. */
const MOST_REQUESTS = 1000;
/** With these it is no use to go on asking in the same cycle. */
const LASTING: ProblemCode[] = [
  'unauthorized',
  'rate-limited',
  'unavailable',
  'timeout',
];

/** By target key, of those kinds that were read. */
interface Details {
  errors?: Outcome<Map<string, ErrorDetails>>;
  performance?: Outcome<Map<string, PerformanceDetails>>;
  releases?: Outcome<Map<string, ReleaseDetails>>;
}

const costOf: Record<DetailKind, (targets: number) => number> = {
  errors: errorDetailsCost,
  performance: performanceDetailsCost,
  releases: releaseDetailsCost,
};

/**
 * Reads the details that are due and makes the readings of all targets of one
 * set of environments: first of those without details, then piece by piece.
 */
export async function* collectGroup(options: {
  cycle: Cycle;
  targets: readonly CycleTarget[];
  planned: readonly PlannedTarget[];
  current: Current;
  rates: Map<string, ErrorRate>;
  /** As they were handed in, to tell whether their state has changed. */
  requested: Map<string, CollectTarget>;
}): AsyncGenerator<TargetResult> {
  const { cycle, current, rates } = options;
  const finish = (target: CycleTarget, details: Details): TargetResult => {
    const { key } = target;
    return toResult(options.requested.get(key)!, target, {
      cycle,
      current,
      rate: rates.get(key),
      errors: ofTarget(details.errors, key),
      performance: ofTarget(details.performance, key),
      releases: ofTarget(details.releases, key),
    });
  };

  const planned = new Set(options.planned.map(({ target }) => target.key));
  for (const target of options.targets) {
    if (!planned.has(target.key)) {
      yield finish(withNewReleases(target, current), {});
    }
  }
  const broken: Details = {};
  for (const piece of inPieces(options.planned, TOGETHER)) {
    const due = piece.map(({ target, kinds }) => ({
      target: withNewReleases(target, current),
      kinds: new Set([...kinds].filter(kind => !broken[kind])),
    }));
    const details = await readDetails(cycle, due);
    for (const { target, kinds } of due) {
      const of = <K extends DetailKind>(kind: K): Details[K] => {
        if (kinds.has(kind)) return details[kind];
        // What was never read has nothing else to show than the failure.
        return target.state[kind] ? undefined : broken[kind];
      };
      yield finish(target, {
        errors: of('errors'),
        performance: of('performance'),
        releases: of('releases'),
      });
    }
    for (const kind of DETAIL_KINDS) {
      const error = details[kind]?.error;
      if (!error) continue;
      if (LASTING.includes(error.code)) broken[kind] = { error };
      cycle.wasRefused ||= isRefusal(error);
    }
  }
}

/** The details of each kind, as far as the requests of the cycle suffice. */
async function readDetails(
  cycle: Cycle,
  planned: readonly PlannedTarget[],
): Promise<Details> {
  let requests = cycle.api.requests;
  const dueOf = (kind: DetailKind) => {
    const due = planned.filter(({ kinds }) => kinds.has(kind));
    const cost = costOf[kind](due.length);
    const isUrgent = due.some(({ target }) => target.requested);
    const limit = isUrgent ? MOST_REQUESTS : cycle.requestLimit;
    if (due.length === 0 || requests + cost > limit) return undefined;
    requests += cost;
    return due.map(({ target }) => target);
  };
  const errors = dueOf('errors');
  const releases = dueOf('releases');
  const performance = dueOf('performance');
  const [errorDetails, releaseDetails, performanceDetails] = await Promise.all([
    errors && attempt(() => readErrorDetails(cycle, errors)),
    releases && attempt(() => readReleaseDetails(cycle, releases)),
    performance && attempt(() => readPerformanceDetails(cycle, performance)),
  ]);
  return {
    errors: errorDetails,
    releases: releaseDetails,
    performance: performanceDetails,
  };
}

function toResult(
  requested: CollectTarget,
  target: CycleTarget,
  known: Omit<Parameters<typeof toErrorsResult>[0], 'target'>,
): TargetResult {
  const { key, candidate, project } = target;
  const seen: CycleTarget = {
    ...target,
    state: {
      ...target.state,
      slowQueries: known.errors?.value?.slowQueries ?? target.state.slowQueries,
    },
  };
  const errors = toErrorsResult({ ...known, target: seen });
  const performance = toPerformanceResult({ ...known, target: seen });
  const releases = toReleasesResult({ ...known, target: seen });
  const state: TargetState = {
    version: 1,
    project,
    errors: errors.remembered,
    performance: performance.remembered,
    slowQueries: seen.state.slowQueries,
    releases: releases.remembered,
  };
  const stored = toStoredState(state);
  return {
    key,
    results: [errors.result, performance.result, releases.result].filter(
      result => result !== undefined && requested.kinds.includes(result.kind),
    ) as TargetResult['results'],
    ...(candidate ? { listed: true } : {}),
    ...(isDeepStrictEqual(stored, requested.state) ? {} : { state: stored }),
  };
}

/** What the list of the newest releases says of a target's releases. */
function withNewReleases(target: CycleTarget, current: Current): CycleTarget {
  const { releases } = target.state;
  const found = current.releases.value?.get(target.project.id);
  if (!releases || !found) return target;
  const known = mergeReleases(releases.known, found);
  return {
    ...target,
    state: { ...target.state, releases: { ...releases, known } },
  };
}

function ofTarget<T>(
  details: Outcome<Map<string, T>> | undefined,
  key: string,
): Outcome<T | undefined> | undefined {
  if (!details) return undefined;
  return details.error
    ? { error: details.error }
    : { value: details.value.get(key) };
}
