import { Knex } from 'knex';
import { batches, toInstant, whereAnyOf } from '../database/database';
import {
  EntityHealthRow,
  SignalStateRow,
  TransitionRow,
} from '../database/tables';
import { Outbox } from '../notifications/Outbox';
import { EntityEvaluation } from './evaluateEntity';
import { EntityInputs } from './EvaluationInputs';
import { HealthChanges } from './HealthChanges';
import { loadInputs } from './healthInputs';
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
    const changes = new HealthChanges();
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
