import { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  CollectRequest,
  Provider,
  ProviderError,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import { randomUUID } from 'node:crypto';
import { CollectionMetrics } from './CollectionMetrics';
import { CollectionStore, TargetRecord } from './CollectionStore';
import { Cycle } from './Cycle';
import { MisconfiguredProvider } from './MisconfiguredProvider';
import { MonitorRecorder, monitorsReadings } from './MonitorRecorder';
import { ReadingsListener } from './ReadingsListener';
import { toProviderError } from './toProviderError';
import { toFailureRecord, toProblem, toRecord } from './toRecord';

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
 *    transaction over snapshots, samples, states, monitors and the health that
 *    follows from them, so that a cycle which is cut short keeps what it has read.
 * 4. When the provider gives up as a whole, every target that was not yielded
 *    gets that problem, and keeps its last good data.
 * 5. Targets that were asked for while it ran are read in another round.
 */
export class Collector {
  readonly #store: CollectionStore;
  readonly #listener: ReadingsListener;
  readonly #monitors: MonitorRecorder;
  readonly #metrics: CollectionMetrics;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    store: CollectionStore;
    listener: ReadingsListener;
    monitors: MonitorRecorder;
    metrics: CollectionMetrics;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#listener = options.listener;
    this.#monitors = options.monitors;
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
    const { intervalSeconds, signal } = options;
    const cycleId = randomUUID();
    const before = await this.#store.beginCycle(provider, cycleId, startedAt);
    const targets = await this.#store.targetsOf(provider);
    const cycle = new Cycle({
      targets,
      store: records => this.#record(provider, cycleId, records, startedAt),
      now: this.#now,
    });

    let outcome: ProviderOutcome = {};
    // What cannot be used says so also where nobody knows its targets.
    if (targets.length > 0 || provider instanceof MisconfiguredProvider) {
      const logger = this.#logger.child({
        provider: provider.provider,
        instance: provider.instance,
      });
      outcome = await this.#readAll(
        provider,
        {
          targets,
          instanceState: before.state,
          now: startedAt,
          signal,
          logger,
        },
        async result => {
          const target = cycle.take(result.key);
          if (target) {
            await cycle.add(
              toRecord(target, result, { intervalSeconds, now: startedAt }),
            );
          }
        },
      );
      const { failure } = outcome;
      if (failure) {
        for (const target of cycle.takeRest()) {
          await cycle.add(toFailureRecord(target, failure, { now: startedAt }));
        }
      }
      await cycle.flush();
    }

    const { failure, state } = outcome;
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

  /**
   * Hands over what the provider yields, one after the other. Only what the
   * provider throws is its failure: what storing throws, and an abort, end the
   * cycle, after the provider had its chance to clean up.
   */
  async #readAll(
    provider: Provider,
    request: CollectRequest,
    take: (result: TargetResult) => Promise<void>,
  ): Promise<ProviderOutcome> {
    const { signal, logger } = request;
    const results = provider.collect(request);
    for (;;) {
      let next: IteratorResult<TargetResult, JsonObject | undefined>;
      try {
        next = await results.next();
      } catch (error) {
        signal.throwIfAborted();
        return { failure: toProviderError(provider, error, logger) };
      }
      try {
        signal.throwIfAborted();
        if (next.done) {
          return { state: next.value };
        }
        await take(next.value);
      } catch (error) {
        await results.return(undefined).catch(cleanUpError => {
          logger.warn('The module failed to clean up', cleanUpError);
        });
        throw error;
      }
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
      async (trx, kept) => {
        await this.#monitors.onMonitors(trx, provider, monitorsReadings(kept));
        return this.#listener.onReadings(trx, kept, startedAt);
      },
    );
    await this.#listener.onChanged(changed);
  }
}

/** How a provider's reading ended. */
interface ProviderOutcome {
  /** What it remembers of the instance. */
  state?: JsonObject;
  /** Why it gave up as a whole. */
  failure?: ProviderError;
}
