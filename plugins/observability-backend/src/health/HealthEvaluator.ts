import { ThresholdOverrides } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { IndexListener } from '../catalog/IndexListener';
import {
  HealthChange,
  ReadingsListener,
  ReadTarget,
} from '../collection/ReadingsListener';
import { batches } from '../database/database';
import { HealthSignals } from './HealthSignals';
import { EntityEvaluation, evaluateEntity } from './evaluateEntity';
import { EntityInputs } from './EvaluationInputs';
import { HealthStore } from './HealthStore';

/** How many entities one step of the sweep looks for. */
const SWEEP_BATCH = 500;

/** What the evaluator needs to know of the configured sources. */
export interface SourceDirectory {
  intervalSeconds(source: { provider: string; instance: string }): number;
  sourceName(source: { provider: string; instance: string }): string;
}

/**
 * Turns what was read into statuses, at the moments when they can change: when
 * readings are stored, when an entity's annotations change, and when time alone
 * makes data stale.
 */
export class HealthEvaluator implements ReadingsListener, IndexListener {
  readonly #store: HealthStore;
  readonly #thresholds: ThresholdOverrides;
  readonly #sources: SourceDirectory;
  readonly #signals: HealthSignals;

  constructor(options: {
    store: HealthStore;
    thresholds: ThresholdOverrides;
    sources: SourceDirectory;
    signals: HealthSignals;
  }) {
    this.#store = options.store;
    this.#thresholds = options.thresholds;
    this.#sources = options.sources;
    this.#signals = options.signals;
  }

  async onReadings(
    trx: Knex.Transaction,
    targets: ReadTarget[],
    now: Date,
  ): Promise<HealthChange> {
    const all = await this.#store.entitiesOfTargets(
      trx,
      targets.map(({ targetId }) => targetId),
    );
    const awaited = new Set(
      targets
        .filter(({ requested }) => requested)
        .map(({ targetId }) => targetId),
    );
    const entityRefs: string[] = [];
    for (const batch of batches(all)) {
      for (const { inputs, evaluation } of await this.#evaluate(
        trx,
        batch,
        now,
      )) {
        if (
          looksDifferent(inputs, evaluation) ||
          inputs.signals.some(signal => awaited.has(signal.targetId))
        ) {
          entityRefs.push(inputs.entityRef);
        }
      }
    }
    return { entityRefs, anything: targets.some(({ news }) => news) };
  }

  async onIndexed(
    trx: Knex.Transaction,
    entityRefs: string[],
    now: Date,
  ): Promise<void> {
    await this.evaluateAgain(trx, entityRefs, now);
  }

  /** Evaluates entities for another reason than a reading: they changed, or a person said something of them. */
  async evaluateAgain(
    trx: Knex.Transaction,
    entityRefs: string[],
    now: Date,
  ): Promise<void> {
    for (const batch of batches(entityRefs)) {
      await this.#evaluate(trx, batch, now);
    }
  }

  async onChanged(change: HealthChange): Promise<void> {
    await this.#signals.publish(change);
  }

  /**
   * Takes the good status from entities whose data has gone stale: no reading
   * will come to do it.
   */
  async sweep(now: Date, signal: AbortSignal): Promise<void> {
    let after = '';
    let found: string[];
    do {
      signal.throwIfAborted();
      found = await this.#store.findGoneStale({
        now,
        after,
        limit: SWEEP_BATCH,
      });
      if (found.length === 0) {
        return;
      }
      const batch = found;
      const evaluated = await this.#store.transaction(trx =>
        this.#evaluate(trx, batch, now),
      );
      const entityRefs = evaluated
        .filter(({ inputs, evaluation }) => looksDifferent(inputs, evaluation))
        .map(({ inputs }) => inputs.entityRef);
      await this.onChanged({ entityRefs, anything: entityRefs.length > 0 });
      after = found.at(-1) ?? after;
    } while (found.length === SWEEP_BATCH);
  }

  async #evaluate(
    trx: Knex.Transaction,
    entityRefs: string[],
    now: Date,
  ): Promise<{ inputs: EntityInputs; evaluation: EntityEvaluation }[]> {
    const instant = now.toISOString();
    const all = await this.#store.loadInputs(trx, entityRefs);
    const evaluated = all.map(inputs => ({
      inputs,
      evaluation: evaluateEntity(inputs, {
        now: instant,
        thresholds: this.#thresholds,
        intervalSeconds: source => this.#sources.intervalSeconds(source),
        sourceName: source => this.#sources.sourceName(source),
      }),
    }));
    await this.#store.save(trx, evaluated, instant);
    return evaluated;
  }
}

function looksDifferent(
  inputs: EntityInputs,
  evaluation: EntityEvaluation,
): boolean {
  return (
    evaluation.transition !== undefined ||
    evaluation.transitions.length > 0 ||
    inputs.previous === undefined
  );
}
