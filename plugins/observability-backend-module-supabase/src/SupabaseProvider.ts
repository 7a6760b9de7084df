import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  CollectRequest,
  CollectTarget,
  EntitySelection,
  Provider,
  ProviderError,
  ProviderSchedule,
  TargetResult,
  VendorClient,
} from '@watchkeeper/backstage-plugin-observability-node';
import { SupabaseProject } from './api/schemas';
import { SupabaseApi } from './api/SupabaseApi';
import { SupabaseSettings } from './config';
import { inParallel } from './cycle/inParallel';
import { PartName } from './cycle/parts';
import { planParts } from './cycle/plan';
import { toReading } from './cycle/reading';
import { readParts } from './cycle/readParts';
import {
  InstanceState,
  readInstanceState,
  readTargetState,
  TargetState,
  toStoredState,
} from './cycle/state';
import { projectStateOf } from './map/projectState';
import { MetricsReader } from './metrics/MetricsReader';
import { selectTargets, SUPABASE_ANNOTATIONS, SUPABASE_KINDS } from './select';

/** So many requests in any minute; the vendor takes 120, and some are sent twice. */
const REQUESTS_A_MINUTE = 100;
const MINUTE_MS = 60_000;
/** Projects that are read at the same time. */
const CONCURRENCY = 6;

/** @internal */
export interface SupabaseProviderOptions {
  /** The instance's name. */
  name: string;
  /** How many instances of Supabase there are, this one included. */
  instances: number;
  /** Of the Management API. */
  client: VendorClient;
  /** Of the projects whose metrics can be read, by reference. */
  metrics: ReadonlyMap<string, MetricsReader>;
  settings: SupabaseSettings;
  schedule?: ProviderSchedule;
}

/** A target whose project is listed. */
interface KnownTarget {
  target: CollectTarget;
  project: SupabaseProject;
  state: TargetState;
}

/**
 * Reads the projects that one access token can see.
 *
 * A cycle goes like this:
 *
 * 1. **Projects** are listed, in one call for all. It says which targets are
 *    there and whether their databases run; one that is paused or on its way is
 *    told as such, and nothing more is asked of it.
 * 2. **Plan** (`cycle/plan.ts`). Everything else is asked project by project, as
 *    the vendor has no call for several. It is cut into parts that are read at
 *    their own pace: load and services each minute, slow statements every five,
 *    backups and advice each hour. So 50 projects take some 65 requests in a
 *    usual minute. At most 100 are made in any minute; what is left waits, the
 *    longest overdue first.
 * 3. **Parts** (`cycle/readParts.ts`) are read each by itself. A part that fails
 *    keeps what was known and becomes a limitation with its reason; where
 *    thresholds hang on it, it is also the reading's problem, so that what is not
 *    known does not pass for well (`cycle/problem.ts`).
 * 4. **Reading** (`cycle/reading.ts`). All that is known is put together anew in
 *    each cycle, so that a backup grows old also while nobody asks for it.
 *
 * The metrics of a project are on its own host and take its own key. They hold
 * counters, which tell something only against the last scrape; sums of those are
 * all that is kept of it (`metrics/counters.ts`).
 *
 * @internal
 */
export class SupabaseProvider implements Provider {
  readonly provider = 'supabase';
  readonly title = 'Supabase';
  readonly kinds = SUPABASE_KINDS;
  readonly annotations = SUPABASE_ANNOTATIONS;
  readonly instance: string;
  readonly schedule?: ProviderSchedule;
  readonly #options: SupabaseProviderOptions;

  constructor(options: SupabaseProviderOptions) {
    this.#options = options;
    this.instance = options.name;
    this.schedule = options.schedule;
  }

  select(entity: Entity): EntitySelection {
    return selectTargets(entity, this.#options);
  }

  async *collect(
    request: CollectRequest,
  ): AsyncGenerator<TargetResult, JsonObject | undefined> {
    const { now, signal, targets } = request;
    const api = new SupabaseApi({ ...this.#options, signal });
    const projects = new Map(
      (await api.projects()).map(project => [project.ref, project]),
    );
    const running: KnownTarget[] = [];
    for (const target of targets) {
      const project = projects.get(target.key);
      if (!project) {
        yield this.#unlisted(target);
        continue;
      }
      const state = readTargetState(target.state);
      const known = { target, project, state };
      if (projectStateOf(project).runs) running.push(known);
      else yield this.#result(known, now);
    }

    const instance = recentRequests(request.instanceState, now);
    const plan = planParts(
      running.map(({ target, state }) => ({
        key: target.key,
        state,
        requested: target.requested,
        hasMetrics: this.#options.metrics.has(target.key),
      })),
      { now, allowance: REQUESTS_A_MINUTE - 1 - countOf(instance) },
    );
    yield* inParallel(
      running.filter(({ target }) => plan.has(target.key)),
      CONCURRENCY,
      async known => {
        const { key } = known.target;
        const state = await readParts(
          plan.get(key) ?? new Set<PartName>(),
          known.state,
          {
            ref: key,
            api,
            metrics: this.#options.metrics.get(key),
            now,
            signal,
          },
        );
        return this.#result({ ...known, state }, now);
      },
    );
    const made = [...plan.values()]
      .flatMap(parts => [...parts])
      .filter(part => part !== 'metrics').length;
    instance.requests.push({ at: now.toISOString(), count: made + 1 });
    return toStoredState(instance);
  }

  #result({ target, project, state }: KnownTarget, now: Date): TargetResult {
    const { metrics, settings } = this.#options;
    return {
      key: target.key,
      listed: true,
      results: [
        toReading({
          project,
          state,
          now,
          ...(metrics.has(target.key)
            ? {}
            : { missingKeySetting: settings.projects }),
        }),
      ],
      state: toStoredState(state),
    };
  }

  /** For a candidate it is another instance's; otherwise somebody has to know. */
  #unlisted({ key, kinds, candidate }: CollectTarget): TargetResult {
    if (candidate) return { key, listed: false, results: [] };
    const error = new ProviderError({
      code: 'not-found',
      message: `Supabase lists no project ${key} for this access token: check the annotation supabase.com/project-ref, and that ${
        this.#options.settings.accessToken
      } belongs to a member of its organisation`,
    });
    return {
      key,
      listed: false,
      results: kinds.map(kind => ({ kind, error })),
    };
  }
}

/** The requests of the last minute. */
function recentRequests(
  state: JsonObject | undefined,
  now: Date,
): InstanceState {
  const { version, requests } = readInstanceState(state);
  return {
    version,
    requests: requests.filter(({ at }) => {
      const ageMs = now.getTime() - Date.parse(at);
      return ageMs >= 0 && ageMs < MINUTE_MS;
    }),
  };
}

function countOf({ requests }: InstanceState): number {
  return requests.reduce((total, { count }) => total + count, 0);
}
