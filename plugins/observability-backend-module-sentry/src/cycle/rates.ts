import { RequestOutcomes, toRequestOutcomes } from '../map/current';
import { toErrorRate } from '../map/errors';
import { REQUEST_WINDOW_MINUTES } from '../map/performance';
import { attempt, Cycle, CycleTarget } from './Cycle';
import { Current, readOutcomes } from './current';

/** After errors the rate is followed for so many cycles more, until it is known to be well again. */
export const WATCHED_CYCLES = 3;

/** Errors over requests of the last five minutes, and how many requests those were. */
export interface ErrorRate {
  value: number;
  requests: number;
}

/**
 * The error rates by target key; a target without request counts has none.
 *
 * Requests are counted by their spans, which Sentry extrapolates to what there
 * was before sampling. Older versions count what was stored: those counts are
 * multiplied by what outcomes say one stored transaction stands for. Where
 * nothing was stored, outcomes alone give a mean rate of requests. They are
 * asked for only where there are errors to set against them.
 */
export async function readErrorRates(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  current: Current,
): Promise<Map<string, ErrorRate>> {
  const isSampled = cycle.generations.spans === 'older';
  const errorsOf = ({ project }: CycleTarget) =>
    current.events.value?.byProject.get(project.id)?.errors ?? 0;
  const requestsOf = ({ project }: CycleTarget) =>
    current.requests.value?.byProject.get(project.id)?.count;

  const unclear = targets.filter(
    target =>
      // Outcomes are not kept by environment.
      target.environments.length === 0 &&
      (errorsOf(target) > 0 || (target.state.errors?.watch ?? 0) > 0) &&
      (isSampled || requestsOf(target) === undefined),
  );
  const outcomes = await readOutcomesOf(cycle, unclear);

  const rates = new Map<string, ErrorRate>();
  for (const target of targets) {
    const requests = countRequests(requestsOf(target), {
      isSampled,
      outcomes: outcomes.get(target.project.id),
    });
    if (requests !== undefined && requests > 0) {
      const value = toErrorRate(errorsOf(target), requests);
      rates.set(target.key, { value, requests });
    }
  }
  return rates;
}

function countRequests(
  counted: number | undefined,
  options: { isSampled: boolean; outcomes: RequestOutcomes | undefined },
): number | undefined {
  const { isSampled, outcomes } = options;
  if (counted !== undefined) {
    return isSampled ? counted * (outcomes?.samplingFactor ?? 1) : counted;
  }
  return outcomes && outcomes.perMinute * REQUEST_WINDOW_MINUTES;
}

async function readOutcomesOf(
  cycle: Cycle,
  targets: readonly CycleTarget[],
): Promise<Map<string, RequestOutcomes>> {
  if (targets.length === 0) return new Map();
  // Without them the rate is unknown, which is no reason to lose the rest.
  const { value } = await attempt(() => readOutcomes(cycle, targets));
  return value ? toRequestOutcomes(value, cycle.now) : new Map();
}
