import { Knex } from 'knex';
import { batches, toInstant, whereAnyOf } from '../database/database';
import {
  EntityHealthRow,
  SignalStateRow,
  TransitionRow,
} from '../database/tables';
import { Outbox, OutboxMessage } from '../notifications/Outbox';
import { EntityEvaluation } from './evaluateEntity';
import { EntityInputs } from './EvaluationInputs';
import { loadInputs } from './healthInputs';
import { healthNotifications } from './healthNotifications';
import {
  fingerprintOf,
  toHealthRow,
  toStateRow,
  toTransitionRow,
} from './healthRows';
import { HealthStore } from './HealthStore';

export class DatabaseHealthStore implements HealthStore {
  readonly #knex: Knex;
  readonly #outbox: Outbox;

  constructor(options: { knex: Knex; outbox: Outbox }) {
    this.#knex = options.knex;
    this.#outbox = options.outbox;
  }

  async transaction<T>(run: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#knex.transaction(run);
  }

  async entitiesOfTargets(
    trx: Knex.Transaction,
    targetIds: number[],
  ): Promise<string[]> {
    return trx('entity_targets')
      .where(query => whereAnyOf(query, 'target_id', targetIds))
      .distinct('entity_ref')
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  async loadInputs(
    trx: Knex.Transaction,
    entityRefs: string[],
  ): Promise<EntityInputs[]> {
    return loadInputs(trx, entityRefs);
  }

  async save(
    trx: Knex.Transaction,
    evaluations: { inputs: EntityInputs; evaluation: EntityEvaluation }[],
    now: string,
  ): Promise<void> {
    const changes = new Changes();
    for (const { inputs, evaluation } of evaluations) {
      changes.add(inputs, evaluation);
    }
    for (const batch of batches(changes.gone)) {
      await trx<SignalStateRow>('signal_states')
        .whereIn(['entity_ref', 'target_id', 'kind'], batch)
        .delete();
    }
    for (const batch of batches(changes.states)) {
      await trx<SignalStateRow>('signal_states')
        .insert(batch)
        .onConflict(['entity_ref', 'target_id', 'kind'])
        .merge();
    }
    for (const batch of batches(changes.healths)) {
      await trx<EntityHealthRow>('entity_health')
        .insert(batch)
        .onConflict('entity_ref')
        .merge();
    }
    for (const batch of batches(changes.transitions)) {
      await trx<TransitionRow>('transitions').insert(batch);
    }
    await this.#outbox.add(trx, changes.messages, now);
  }

  async findGoneStale(options: {
    now: Date;
    after: string;
    limit: number;
  }): Promise<string[]> {
    return this.#knex('snapshots')
      .join('signal_states', join =>
        join
          .on('signal_states.target_id', 'snapshots.target_id')
          .andOn('signal_states.kind', 'snapshots.kind'),
      )
      .where('snapshots.stale_at', '<', toInstant(options.now))
      .where('signal_states.status', 'ok')
      .where('signal_states.entity_ref', '>', options.after)
      .distinct('signal_states.entity_ref')
      .orderBy('signal_states.entity_ref')
      .limit(options.limit)
      .pluck('signal_states.entity_ref');
  }

  async deleteTransitionsBefore(before: Date): Promise<number> {
    return this.#knex<TransitionRow>('transitions')
      .where('at', '<', toInstant(before))
      .delete();
  }
}

/** What evaluations change in the tables. */
class Changes {
  readonly states: SignalStateRow[] = [];
  /** Keys of the states of signals that are no more: another instance has the target. */
  readonly gone: [string, number, string][] = [];
  readonly healths: EntityHealthRow[] = [];
  readonly transitions: TransitionRow[] = [];
  readonly messages: OutboxMessage[] = [];

  add(inputs: EntityInputs, evaluation: EntityEvaluation): void {
    const { entityRef } = inputs;
    for (const signal of evaluation.signals) {
      const previous = inputs.signals.find(other =>
        isSame(other, signal),
      )?.previous;
      if (JSON.stringify(previous) !== JSON.stringify(signal.state)) {
        this.states.push(toStateRow(entityRef, signal));
      }
    }
    for (const stored of inputs.storedStates) {
      if (!evaluation.signals.some(signal => isSame(signal, stored))) {
        this.gone.push([entityRef, stored.targetId, stored.kind]);
      }
    }

    const own =
      evaluation.transition &&
      toTransitionRow(entityRef, evaluation.transition);
    this.transitions.push(
      ...evaluation.transitions.map(transition =>
        toTransitionRow(entityRef, transition),
      ),
      ...(own ? [own] : []),
    );

    const notifications = healthNotifications(inputs, evaluation, own?.id);
    this.messages.push(...notifications.messages);
    const row = toHealthRow(evaluation, notifications.episodeId);
    if (inputs.previous?.fingerprint !== fingerprintOf(row)) {
      this.healths.push(row);
    }
  }
}

type SignalKey = { targetId: number; kind: string };

function isSame(a: SignalKey, b: SignalKey): boolean {
  return a.targetId === b.targetId && a.kind === b.kind;
}
