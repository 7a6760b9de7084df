import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type { SignalKind } from '@watchkeeper/backstage-plugin-observability-common';
import { Agent } from 'undici';
import { createRateLimiter } from '../../http';
import type { CollectTarget, Provider, TargetResult } from '../../Provider';
import { isProviderError, type ProviderError } from '../../ProviderError';
import { createTestClock, type TestClock } from '../clock';
import { collectInto, createRecordingLogger } from '../collect';
import type { ContractVendor, ProviderContractOptions } from './types';
import { watchRequests, type RequestWatch } from './watchRequests';

/** What is kept between cycles, as the product keeps it: as JSON. */
export interface KeptState {
  instanceState?: JsonObject;
  states: Record<string, JsonObject>;
}

/** What one cycle gave. */
export interface CycleOutcome {
  targets: CollectTarget[];
  results: TargetResult[];
  /** What it threw: it counts for all that was not yielded. */
  thrown: ProviderError | undefined;
  kept: KeptState;
}

/** A cycle asks for many things, on a machine that may be busy. */
export const TEST_TIMEOUT_MS = 60_000;
export const MINUTE_MS = 60_000;
const USUAL_TIMEOUT_MS = 10_000;

/** A stand-in, and the providers that are tried on it. */
export class ContractBench<TVendor extends ContractVendor> {
  readonly vendor: TVendor;
  readonly watch: RequestWatch;
  readonly log = createRecordingLogger();
  /** By the machine's time, as the headers of the vendor's answers are. */
  readonly clock: TestClock = createTestClock(new Date());
  readonly #options: ProviderContractOptions<TVendor>;
  readonly #dispatcher = new Agent();
  readonly #unresolving = createUnresolvingAgent();
  readonly #limiter = createRateLimiter({ concurrency: 4, ...this.clock });
  #nowMs: number;

  static async create<T extends ContractVendor>(
    options: ProviderContractOptions<T>,
  ): Promise<ContractBench<T>> {
    return new ContractBench(options, await options.startVendor());
  }

  private constructor(
    options: ProviderContractOptions<TVendor>,
    vendor: TVendor,
  ) {
    this.#options = options;
    this.vendor = vendor;
    this.#nowMs = (vendor.now?.() ?? new Date()).getTime();
    this.watch = watchRequests();
  }

  createProvider(
    options: {
      url?: string;
      timeoutMs?: number;
      retries?: number;
      /** Whether it can resolve no name. */
      namesUnknown?: boolean;
    } = {},
  ): Provider {
    const {
      url = this.vendor.url,
      timeoutMs = USUAL_TIMEOUT_MS,
      retries = 1,
      namesUnknown = false,
    } = options;
    return this.#options.createProvider({
      url,
      client: {
        dispatcher: namesUnknown ? this.#unresolving : this.#dispatcher,
        limiter: this.#limiter,
        logger: this.log.logger,
        now: this.clock.now,
        sleep: this.clock.sleep,
        retries,
        timeoutMs,
      },
    });
  }

  /** Time goes by, for the client and for what the cycles are told. */
  advance(millis: number): void {
    this.clock.advance(millis);
    this.#nowMs += millis;
  }

  /** Runs a cycle over the targets of the contract's entities. */
  async cycle(
    provider: Provider,
    options: { kept?: KeptState; signal?: AbortSignal } = {},
  ): Promise<CycleOutcome> {
    const { kept = { states: {} } } = options;
    const targets = this.targetsOf(provider, kept);
    const results: TargetResult[] = [];
    let thrown: ProviderError | undefined;
    let instanceState = kept.instanceState;
    try {
      instanceState = await collectInto(results, provider, {
        targets,
        instanceState: deepFreeze(instanceState),
        now: new Date(this.#nowMs),
        signal: options.signal ?? new AbortController().signal,
        logger: this.log.logger,
      });
    } catch (error) {
      // Anything else breaks the contract, and fails the test as it is.
      if (!isProviderError(error)) throw error;
      thrown = error;
    }
    const states = { ...kept.states };
    for (const { key, state } of results) {
      if (state) states[key] = state;
    }
    return {
      targets,
      results,
      thrown,
      kept: throughJson({ instanceState, states }),
    };
  }

  targetsOf(provider: Provider, kept: KeptState): CollectTarget[] {
    const { entity, otherEntity } = this.#options;
    const targets = new Map<string, CollectTarget>();
    for (const one of [entity, otherEntity]) {
      for (const selected of one ? provider.select(one).targets : []) {
        targets.set(selected.key, {
          ...selected,
          kinds: [...selected.kinds],
          candidate: selected.candidate ?? false,
          state: kept.states[selected.key],
          requested: true,
        });
      }
    }
    return deepFreeze([...targets.values()]);
  }

  async close(): Promise<void> {
    this.watch.stop();
    await this.#dispatcher.destroy();
    await this.#unresolving.destroy();
    await this.vendor.close();
  }
}

/** What a cycle says of every kind of every target. */
export function entriesOf(outcome: CycleOutcome): {
  key: string;
  kind: SignalKind;
  entry: TargetResult['results'][number] | undefined;
}[] {
  const { targets, results, thrown } = outcome;
  return targets.flatMap(({ key, kinds }) => {
    const result = results.find(other => other.key === key);
    return kinds.map(kind => ({
      key,
      kind,
      entry: result
        ? result.results.find(other => other.kind === kind)
        : thrown && { kind, error: thrown },
    }));
  });
}

/** An entity of the contract without any annotation. */
export function withoutAnnotations(entity: Entity): Entity {
  const { annotations: _annotations, ...metadata } = entity.metadata;
  return { ...entity, metadata };
}

/** Connections to where every name is unknown. */
function createUnresolvingAgent(): Agent {
  return new Agent({
    connect: {
      lookup: (name, _options, callback) => {
        const error = new Error(`getaddrinfo ENOTFOUND ${name}`);
        callback(Object.assign(error, { code: 'ENOTFOUND' }), '');
      },
    },
  });
}

export function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

/** What a provider is handed is not its own to change. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
