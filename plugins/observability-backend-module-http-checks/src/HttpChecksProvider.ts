import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { HTTP_CHECKS_ANNOTATION } from '@watchkeeper/backstage-plugin-observability-common';
import {
  CollectRequest,
  EntitySelection,
  Provider,
  ProviderSchedule,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import { HttpCheck } from './config/HttpCheck';
import { CheckStore } from './schedule/CheckStore';
import { readTarget } from './readTarget';
import { checksOfKey, selectChecks } from './select';

/** Results are stored a moment after they ended; those that may be under way are left to the next cycle. */
const RESULTS_SETTLE_MS = 5_000;
/** Of a target that is new, no older results are taken. */
const OLDEST_RESULTS_MS = 3600_000;

/**
 * Takes over what the checks have found. It asks nobody: the dispatcher does
 * that at its own pace, in every process, and has the database between them.
 *
 * @internal
 */
export class HttpChecksProvider implements Provider {
  readonly provider = 'http-checks';
  readonly title = 'HTTP checks';
  readonly instance = 'default';
  readonly kinds = ['uptime'] as const;
  readonly annotations = [HTTP_CHECKS_ANNOTATION];
  readonly schedule?: ProviderSchedule;
  readonly #store: CheckStore;
  readonly #checks: Map<string, HttpCheck>;
  readonly #names: Set<string>;
  readonly #broken: ReadonlyMap<string, string>;
  #changed: (ids: string[]) => void = () => {};

  constructor(options: {
    store: CheckStore;
    checks: readonly HttpCheck[];
    broken: ReadonlyMap<string, string>;
    schedule?: ProviderSchedule;
  }) {
    this.#store = options.store;
    this.#checks = new Map(options.checks.map(check => [check.name, check]));
    this.#names = new Set(this.#checks.keys());
    this.#broken = options.broken;
    this.schedule = options.schedule;
  }

  select(entity: Entity): EntitySelection {
    return selectChecks(entity, { names: this.#names, broken: this.#broken });
  }

  watch(changed: (ids: string[]) => void): void {
    this.#changed = changed;
  }

  /** Has targets read now. */
  notify(targetKeys: string[]): void {
    this.#changed(targetKeys);
  }

  async *collect(
    request: CollectRequest,
  ): AsyncGenerator<TargetResult, JsonObject | undefined> {
    const { now, targets } = request;
    const keysOf = new Map<string, string[]>();
    for (const { key } of targets) {
      for (const name of checksOfKey(key)) {
        keysOf.set(name, [...(keysOf.get(name) ?? []), key]);
      }
    }
    await this.#store.rememberTargets(keysOf);
    const names = [...keysOf.keys()];
    const stored = new Map(
      (await this.#store.read(names)).map(check => [check.name, check]),
    );
    const through = new Date(now.getTime() - RESULTS_SETTLE_MS);
    const oldest = new Date(now.getTime() - OLDEST_RESULTS_MS);
    const afters = targets.map(({ state }) => readState(state).through);
    const results = await this.#store.readResults(names, {
      after: afters.reduce<Date>(
        (first, after) => earlier(first, after ?? oldest),
        through,
      ),
      through,
    });
    const resultsOf = new Map<string, typeof results>();
    for (const result of results) {
      const others = resultsOf.get(result.name);
      if (others) others.push(result);
      else resultsOf.set(result.name, [result]);
    }

    for (const target of targets) {
      const state = readState(target.state);
      const result = readTarget({
        key: target.key,
        checks: checksOfKey(target.key).flatMap(
          name => this.#checks.get(name) ?? [],
        ),
        stored,
        resultsOf,
        after: state.through ?? oldest,
        through,
        changesTold: state.changesTold,
        now,
      });
      if (result) yield result;
    }
    return undefined;
  }
}

/** What is kept of a target: how far its results and changes were taken over. */
function readState(state: JsonObject | undefined): {
  through?: Date;
  changesTold: Record<string, string>;
} {
  const through = new Date(String(state?.through));
  return {
    through: Number.isNaN(through.getTime()) ? undefined : through,
    changesTold: { ...(state?.changesTold as Record<string, string>) },
  };
}

function earlier(a: Date, b: Date): Date {
  return b < a ? b : a;
}
