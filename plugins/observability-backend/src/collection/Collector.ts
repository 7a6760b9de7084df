import { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  isProviderError,
  Provider,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';
import { randomUUID } from 'node:crypto';
import { CollectionMetrics } from './CollectionMetrics';
import { CollectionStore, StoredTarget, TargetRecord } from './CollectionStore';
import { ReadingsListener } from './ReadingsListener';
import { toFailureRecord, toProblem, toRecord } from './toRecord';

/** Results are stored in pieces of this many targets. */
const RECORD_BATCH = 100;
/** How often one run starts over for what was asked for meanwhile. */
const MAXIMUM_ROUNDS = 3;

/**
 * Runs the cycles of the providers.
 *
 * One cycle of one provider instance:
 *
 * 1. It takes the instance's cycle id. Whoever held it before may write no more,
 *    so a cycle that outlived its time or its replica never overlaps this one.
 * 2. It reads all targets of the instance with their state, and hands them to
 *    the provider in one call: what is asked of the vendor is the provider's to
 *    decide.
 * 3. It stores what the provider yields in batches. Each batch is one
 *    transaction over snapshots, samples, states and the health that follows
 *    from them, so that a cycle which is cut short keeps what it has read.
 * 4. When the provider gives up as a whole, every target that was not yielded
 *    gets that problem, and keeps its last good data.
 * 5. Targets that were asked for while it ran are read in another round.
 */
export class Collector {
  readonly #store: CollectionStore;
  readonly #listener: ReadingsListener;
  readonly #metrics: CollectionMetrics;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    store: CollectionStore;
    listener: ReadingsListener;
    metrics: CollectionMetrics;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#listener = options.listener;
    this.#metrics = options.metrics;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Runs a cycle. Throws when nothing of the instance could be read, so that
   * the scheduler shows the task as failing.
   */
  async run(
    provider: Provider,
    options: { intervalSeconds: number; signal: AbortSignal },
  ): Promise<void> {
    for (let round = 1; round <= MAXIMUM_ROUNDS; round++) {
      const startedAt = this.#now();
      await this.#metrics.measureCycle(provider, () =>
        this.#runOnce(provider, startedAt, options),
      );
      options.signal.throwIfAborted();
      if (!(await this.#store.hasRequestsSince(provider, startedAt))) {
        return;
      }
    }
  }

  async #runOnce(
    provider: Provider,
    startedAt: Date,
    options: { intervalSeconds: number; signal: AbortSignal },
  ): Promise<void> {
    const { signal } = options;
    const cycleId = randomUUID();
    const before = await this.#store.beginCycle(provider, cycleId, startedAt);
    const targets = await this.#store.targetsOf(provider);
    const cycle = new Cycle(targets, records =>
      this.#record(provider, cycleId, records, startedAt),
    );

    let state: JsonObject | undefined;
    let failure: ProviderError | undefined;
    if (targets.length > 0) {
      const results = provider.collect({
        targets,
        instanceState: before.state,
        now: startedAt,
        signal,
        logger: this.#logger.child({
          provider: provider.provider,
          instance: provider.instance,
        }),
      });
      try {
        let next = await results.next();
        while (!next.done) {
          signal.throwIfAborted();
          const target = cycle.take(next.value.key);
          if (target) {
            const record = toRecord(target, next.value, {
              ...options,
              now: startedAt,
            });
            await cycle.add(record);
          }
          next = await results.next();
        }
        state = next.value;
      } catch (error) {
        signal.throwIfAborted();
        failure = asProviderError(provider, error);
        if (!isProviderError(error)) {
          this.#logger.error(
            `The ${provider.provider} module failed unexpectedly`,
            error as Error,
          );
        }
        for (const target of cycle.takeRest()) {
          await cycle.add(toFailureRecord(target, failure, { now: startedAt }));
        }
      }
      await cycle.flush();
    }

    const success = !failure && (cycle.failures === 0 || cycle.readings > 0);
    await this.#store.endCycle(provider, cycleId, {
      now: this.#now(),
      state,
      problem:
        failure && toProblem(failure, before.problem, { now: startedAt }),
      success,
    });
    this.#metrics.recordTargets(provider, {
      read: cycle.readings,
      failed: cycle.failures,
    });
    if (failure) {
      throw new ForwardedError(
        `Could not read ${provider.provider} (${provider.instance})`,
        failure,
      );
    }
    if (!success) {
      throw new Error(
        `None of the ${targets.length} targets of ${provider.provider} (${provider.instance}) could be read: ${cycle.lastFailure}`,
      );
    }
  }

  async #record(
    provider: Provider,
    cycleId: string,
    records: TargetRecord[],
    startedAt: Date,
  ): Promise<void> {
    const changed = await this.#store.record(
      provider,
      cycleId,
      records,
      startedAt,
      trx =>
        this.#listener.onReadings(
          trx,
          records.map(({ targetId, readings, requested }) => ({
            targetId,
            newData: readings.some(({ data }) => data !== undefined),
            requested,
          })),
          startedAt,
        ),
    );
    await this.#listener.onChanged(changed);
  }
}

/** The bookkeeping of one cycle: which targets are still to come, and what is to be stored. */
class Cycle {
  readonly #waiting: Map<string, StoredTarget>;
  readonly #store: (records: TargetRecord[]) => Promise<void>;
  #pending: TargetRecord[] = [];
  readings = 0;
  failures = 0;
  lastFailure = '';

  constructor(
    targets: StoredTarget[],
    store: (records: TargetRecord[]) => Promise<void>,
  ) {
    this.#waiting = new Map(targets.map(target => [target.key, target]));
    this.#store = store;
  }

  /** The target of that key, once. */
  take(key: string): StoredTarget | undefined {
    const target = this.#waiting.get(key);
    this.#waiting.delete(key);
    return target;
  }

  takeRest(): StoredTarget[] {
    const rest = [...this.#waiting.values()];
    this.#waiting.clear();
    return rest;
  }

  async add(record: TargetRecord): Promise<void> {
    this.readings += record.readings.length;
    this.failures += record.failures.length;
    this.lastFailure = record.failures[0]?.problem.message ?? this.lastFailure;
    this.#pending.push(record);
    if (this.#pending.length >= RECORD_BATCH) {
      await this.flush();
    }
  }

  async flush(): Promise<void> {
    const records = this.#pending;
    this.#pending = [];
    if (records.length > 0) {
      await this.#store(records);
    }
  }
}

function asProviderError(provider: Provider, error: unknown): ProviderError {
  if (isProviderError(error)) {
    return error;
  }
  return new ProviderError({
    code: 'unavailable',
    message: `The ${provider.provider} module failed on our side; the portal's log says why`,
    cause: error,
  });
}
