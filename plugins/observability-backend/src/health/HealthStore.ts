import { Knex } from 'knex';
import { EntityEvaluation } from './evaluateEntity';
import { EntityInputs } from './EvaluationInputs';

/** Keeps the health of entities: signal states, roll-ups, transitions. */
export interface HealthStore {
  /** The entities that share the targets. */
  entitiesOfTargets(
    trx: Knex.Transaction,
    targetIds: number[],
  ): Promise<string[]>;
  /** What an evaluation reads, with the entities locked until the transaction ends. */
  loadInputs(
    trx: Knex.Transaction,
    entityRefs: string[],
  ): Promise<EntityInputs[]>;
  /** Writes what has changed, with a row for each transition and each notification that is due. */
  save(
    trx: Knex.Transaction,
    evaluations: { inputs: EntityInputs; evaluation: EntityEvaluation }[],
    now: string,
  ): Promise<void>;
  /** Entities that look well because of data that has gone stale since, in order. */
  findGoneStale(options: {
    now: Date;
    /** The last one that was found before. */
    after: string;
    limit: number;
  }): Promise<string[]>;
  /** Runs a function in a transaction. */
  transaction<T>(run: (trx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** Deletes transitions that are past their retention; returns how many. */
  deleteTransitionsBefore(before: Date): Promise<number>;
}
