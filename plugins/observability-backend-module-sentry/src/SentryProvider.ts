import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  CollectRequest,
  EntitySelection,
  Provider,
  ProviderSchedule,
  ProviderWebhook,
  TargetResult,
  VendorClient,
} from '@watchkeeper/backstage-plugin-observability-node';
import { NEWEST } from './api/generations';
import { SentryApi } from './api/SentryApi';
import { SentryConnection } from './api/SentryConnection';
import { collectGroup } from './cycle/collectGroup';
import { readCurrent, Current } from './cycle/current';
import { ageSeconds, Cycle, CycleTarget, isRefusal } from './cycle/Cycle';
import { planDetails, refreshSecondsOf } from './cycle/plan';
import { resolveProjects, ResolvedTargets } from './cycle/projects';
import { readErrorRates } from './cycle/rates';
import { InstanceState, readInstanceState, toStoredState } from './cycle/state';
import { SentryPages } from './map/SentryPages';
import { SentrySettings } from './config';
import { selectTargets, SENTRY_ANNOTATIONS, SENTRY_KINDS } from './select';
import { createSentryWebhook } from './webhook';

/** No details are begun beyond so many requests a cycle; twenty projects that moved take fewer. */
const USUAL_REQUESTS = 36;
/** Details of a target that was never read are worth so many more. */
const REQUESTS_FOR_NEW = 4;
/** What was tried in vain is tried anew after a day: installations are upgraded. */
const GENERATIONS_AGE_SECONDS = 24 * 3600;
/** The list of projects is read out of turn no more often than this. */
const RELIST_SECONDS = 10 * 60;

/** @internal */
export interface SentryProviderOptions {
  /** The instance's name. */
  name: string;
  organization: string;
  /** Of all instances, this one's included. */
  organizations: readonly string[];
  baseUrl: string;
  client: VendorClient;
  settings: SentrySettings;
  webhookSecret?: string;
  schedule?: ProviderSchedule;
  now?: () => Date;
}

/**
 * Reads one organisation of one Sentry.
 *
 * What Sentry is asked grows with what happens there, hardly with how many
 * projects there are. A cycle goes like this:
 *
 * 1. **Projects.** Targets name slugs, Sentry's older versions want ids. The id
 *    is kept in each target's state, so that the list of projects is read only
 *    when one is missing, and every six hours.
 * 2. **What is going on now**, for all projects at once (`cycle/current.ts`):
 *    one table of the last five minutes' events by project and level, one of
 *    the requests by project, and the newest releases. Each answers a hundred
 *    rows a page and has rows only for projects in which something happened, so
 *    a thousand projects of which twenty are troubled cost three requests and
 *    one more for each further hundred projects with traffic. That suffices for
 *    every measurement: thresholds are evaluated in every cycle, for all.
 * 3. **Whose details are read** (`cycle/plan.ts`): those that somebody asked
 *    for or that were never read; those in which these tables show something
 *    newer than the details know of; and a share of the rest, so that all is
 *    read once an hour or sooner. The last finds what leaves no event behind,
 *    such as an issue that was resolved; a webhook finds it at once.
 * 4. **Details** (`cycle/errors.ts`, `performance.ts`, `releases.ts`) are read of
 *    20 targets together, and yielded as they come. Lists that are shared by
 *    several projects are sorted so that each has its first rows first, and only
 *    those that a busy neighbour cut short are read by themselves. A cycle begins
 *    no details beyond 36 requests, but for targets that are new or asked for.
 *    What is left waits for the next, the longest unread first.
 *
 * Environments multiply 2.: targets are grouped by their set of environments,
 * and each set is asked about by itself.
 *
 * **Kinds are independent.** What fails in 2. or 4. fails for its kind alone. The
 * instance as a whole fails when the projects cannot be listed and none is known,
 * or when nothing at all can be read.
 *
 * **Generations.** Where Sentry replaced a part of its API, the newer is tried
 * first, the older where that is unknown, and what worked is remembered for a
 * day (`api/generations.ts`).
 *
 * **State.** The instance keeps when it ran, when it listed projects, and the
 * generations. A target keeps its project, when each kind's details were read
 * and what has to be compared or shown until they are read again. Issues are
 * not kept, slow queries aside: they are read anew whenever they have to be
 * shown anew.
 *
 * @internal
 */
export class SentryProvider implements Provider {
  readonly provider = 'sentry';
  readonly title = 'Sentry';
  readonly kinds = SENTRY_KINDS;
  readonly annotations = SENTRY_ANNOTATIONS;
  readonly instance: string;
  readonly schedule?: ProviderSchedule;
  readonly webhook?: ProviderWebhook;
  readonly #options: SentryProviderOptions;
  readonly #pages: SentryPages;

  constructor(options: SentryProviderOptions) {
    this.#options = options;
    this.#pages = new SentryPages(options);
    this.instance = options.name;
    this.schedule = options.schedule;
    if (options.webhookSecret) {
      this.webhook = createSentryWebhook({
        organizations: options.organizations,
        secret: options.webhookSecret,
        now: options.now,
      });
    }
  }

  select(entity: Entity): EntitySelection {
    return selectTargets(entity, this.#options);
  }

  async *collect(
    request: CollectRequest,
  ): AsyncGenerator<TargetResult, JsonObject | undefined> {
    const { now, signal, targets } = request;
    const before = readInstanceState(request.instanceState);
    const state = nextState(before, now);
    const api = new SentryApi(
      new SentryConnection({ ...this.#options, signal }),
    );
    const resolve = (always: boolean) =>
      resolveProjects({
        api,
        organization: this.#options.organization,
        targets,
        listedAt: state.listedAt,
        always,
        now,
      });

    const cycle: Cycle = {
      api,
      pages: this.#pages,
      generations: state.generations,
      now,
      requestLimit: USUAL_REQUESTS,
      wasRefused: false,
    };
    let resolved = await resolve(false);
    let groups = await this.#readGroups(cycle, resolved, before?.lastRunAt);
    // One project that is gone spoils every question that names it.
    if (
      !resolved.listed &&
      groups.some(({ current }) => errorsOf(current).some(isRefusal)) &&
      ageSeconds(state.listedAt, now) >= RELIST_SECONDS
    ) {
      resolved = await resolve(true);
      groups = await this.#readGroups(cycle, resolved, before?.lastRunAt);
    }
    state.listedAt = resolved.listedAt;
    throwIfNothingWorks(groups);
    yield* resolved.others;

    cycle.requestLimit = requestLimitOf(resolved.known);
    const requested = new Map(targets.map(target => [target.key, target]));
    for (const group of groups) {
      const rates = await readErrorRates(cycle, group.targets, group.current);
      const planned = planDetails({
        ...group,
        now,
        cycleSeconds: cycleSecondsOf(before, now),
        refreshSeconds: refreshSecondsOf(resolved.known.length),
      });
      yield* collectGroup({ ...group, cycle, planned, rates, requested });
    }
    if (cycle.wasRefused && ageSeconds(state.listedAt, now) >= RELIST_SECONDS) {
      state.listedAt = undefined;
    }
    return toStoredState(state);
  }

  /** By set of environments. */
  async #readGroups(
    cycle: Cycle,
    { known }: ResolvedTargets,
    lastRunAt: string | undefined,
  ): Promise<Group[]> {
    const byEnvironments = new Map<string, CycleTarget[]>();
    for (const target of known) {
      const key = target.environments.join(',');
      const same = byEnvironments.get(key);
      if (same) same.push(target);
      else byEnvironments.set(key, [target]);
    }
    const groups: Group[] = [];
    for (const targets of byEnvironments.values()) {
      const current = await readCurrent(cycle, targets, lastRunAt);
      groups.push({ targets, current });
    }
    return groups;
  }
}

interface Group {
  targets: CycleTarget[];
  current: Current;
}

function nextState(
  before: InstanceState | undefined,
  now: Date,
): InstanceState {
  const isKnown =
    before &&
    ageSeconds(before.generationsSince, now) < GENERATIONS_AGE_SECONDS;
  return {
    version: 1,
    lastRunAt: now.toISOString(),
    listedAt: before?.listedAt,
    generations: { ...(isKnown ? before.generations : NEWEST) },
    generationsSince: isKnown ? before.generationsSince : now.toISOString(),
  };
}

/** Bounded, as after a pause nothing has to be caught up on by the minute. */
function cycleSecondsOf(before: InstanceState | undefined, now: Date): number {
  if (!before) return 60;
  return Math.min(600, Math.max(15, ageSeconds(before.lastRunAt, now)));
}

function requestLimitOf(targets: readonly CycleTarget[]): number {
  const unread = targets.filter(
    ({ state }) => !state.errors && !state.performance && !state.releases,
  ).length;
  return USUAL_REQUESTS + REQUESTS_FOR_NEW * unread;
}

function errorsOf({ events, requests, releases }: Current) {
  return [events.error, requests.error, releases.error].filter(
    error => error !== undefined,
  );
}

/** Asking on for details would be in vain. */
function throwIfNothingWorks(groups: readonly Group[]): void {
  for (const { current } of groups) {
    const errors = errorsOf(current);
    if (errors.length < 3 || errors.some(isRefusal)) return;
  }
  const [first] = groups.flatMap(({ current }) => errorsOf(current));
  if (first) throw first;
}
