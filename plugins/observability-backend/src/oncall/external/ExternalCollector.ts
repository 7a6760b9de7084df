import { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import {
  OnCallProvider,
  OnCallReading,
  OnCallServiceSelection,
} from '@watchkeeper/backstage-plugin-observability-node';
import { randomUUID } from 'node:crypto';
import { CollectionMetrics } from '../../collection/CollectionMetrics';
import { toProviderError } from '../../collection/toProviderError';
import { toProblem } from '../../collection/toRecord';
import { CatalogDirectory } from '../CatalogDirectory';
import { OnCallSignals } from '../OnCallSignals';
import { DAY_MS, iso } from '../scheduleAnswers';
import { ExternalOnCallStore } from './ExternalOnCallStore';
import { sourceTitle } from './OnCallProviders';
import { emailsOfReading, toRecordedSchedules } from './toRecordedSchedules';

/** As much of the past is asked for, so that the running shifts have a beginning. */
const BEHIND_DAYS = 1;
const AHEAD_DAYS = 30;

/**
 * Reads sources of on-call schedules: asks the catalog which of a source's
 * services entities name, has the module read them all at once, and stores what
 * it says in one transaction. What a source fails to say stays as it was.
 */
export class ExternalCollector {
  readonly #store: ExternalOnCallStore;
  readonly #directory: CatalogDirectory;
  readonly #signals: OnCallSignals;
  readonly #metrics: CollectionMetrics;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    store: ExternalOnCallStore;
    directory: CatalogDirectory;
    signals: OnCallSignals;
    metrics: CollectionMetrics;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#directory = options.directory;
    this.#signals = options.signals;
    this.#metrics = options.metrics;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
  }

  /** Reads a source. Throws when nothing could be read, so that its task shows as failing. */
  async run(provider: OnCallProvider, signal: AbortSignal): Promise<void> {
    await this.#metrics.measureCycle(provider, () =>
      this.#runOnce(provider, signal),
    );
  }

  async #runOnce(provider: OnCallProvider, signal: AbortSignal): Promise<void> {
    const now = this.#now();
    const readingId = randomUUID();
    const title = sourceTitle(provider);
    const source = { provider: provider.provider, instance: provider.instance };
    const before = await this.#store.beginReading(
      { ...source, title },
      readingId,
    );
    const services = await this.#services(provider);
    const from = new Date(now.getTime() - BEHIND_DAYS * DAY_MS);
    const to = new Date(now.getTime() + AHEAD_DAYS * DAY_MS);
    const logger = this.#logger.child(source);

    let reading: OnCallReading;
    try {
      reading = await provider.collect({
        services,
        from,
        to,
        instanceState: before.state,
        now,
        signal,
        logger,
      });
    } catch (error) {
      signal.throwIfAborted();
      const failure = toProviderError(provider, error, logger);
      const problem = toProblem(failure, before.problem, { now });
      await this.#store.fail(source, readingId, problem);
      if (problem.code !== before.problem?.code) {
        await this.#signals.publish();
      }
      throw new ForwardedError(`Could not read on-call from ${title}`, failure);
    }

    signal.throwIfAborted();
    const users = await this.#directory.usersByEmail(emailsOfReading(reading));
    const { problem, state, unknownServices, knownUntil = to } = reading;
    if (problem) {
      logger.warn(`A part of ${title} could not be read: ${problem.message}`);
    }
    const hasChanged = await this.#store.record(source, readingId, {
      now: iso(now),
      knownFrom: iso(from),
      knownUntil: iso(knownUntil),
      schedules: toRecordedSchedules(source, reading.schedules, {
        users,
        from: iso(from),
      }),
      unknownServices,
      state,
      ...(problem
        ? { problem: toProblem(problem, before.problem, { now }) }
        : {}),
    });
    if (hasChanged) {
      await this.#signals.publish();
    }
  }

  /** What the catalog's entities name at a source, each service once. */
  async #services(provider: OnCallProvider): Promise<OnCallServiceSelection[]> {
    const services = new Map<string, OnCallServiceSelection>();
    for (const entity of await this.#directory.annotated(
      provider.annotations,
    )) {
      for (const service of provider.select(entity).services) {
        services.set(service.id, service);
      }
    }
    return [...services.values()];
  }
}
