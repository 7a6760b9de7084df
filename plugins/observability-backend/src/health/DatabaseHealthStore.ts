import {
  SignalKind,
  SignalState,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { batches, fromJson, toInstant, whereAnyOf } from '../database/database';
import { fromProblemColumns } from '../database/problems';
import {
  EntityHealthRow,
  EntityRow,
  SignalStateRow,
  SnapshotRow,
  TargetRow,
  TransitionRow,
} from '../database/tables';
import { Outbox, OutboxMessage } from '../notifications/Outbox';
import { EntityEvaluation, EvaluatedTransition } from './evaluateEntity';
import { EntityInputs, SignalInputs } from './EvaluationInputs';
import { healthNotifications } from './healthNotifications';
import { HealthStore } from './HealthStore';

/** An instant after all others, for entities that have no `since`. */
const NO_SINCE = '9999-12-31T23:59:59.999Z';

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
    const rows = await trx('entity_targets')
      .where(query => whereAnyOf(query, 'target_id', targetIds))
      .distinct<{ entity_ref: string }[]>('entity_ref');
    return rows.map(row => row.entity_ref);
  }

  async loadInputs(
    trx: Knex.Transaction,
    entityRefs: string[],
  ): Promise<EntityInputs[]> {
    // Two sources of one entity that end their cycles together must not both
    // roll it up from what they saw before the other: the second waits here.
    // Ordered, so that two of them cannot wait for each other.
    const entities = await trx<EntityRow>('entities')
      .where(query => whereAnyOf(query, 'entity_ref', entityRefs))
      .orderBy('entity_ref')
      .forUpdate();
    const refs = entities.map(entity => entity.entity_ref);

    const targets = await trx('entity_targets')
      .join('targets', 'targets.id', 'entity_targets.target_id')
      .where(query => whereAnyOf(query, 'entity_targets.entity_ref', refs))
      .orderBy(['entity_targets.entity_ref', 'entity_targets.position'])
      .select<(TargetRow & { entity_ref: string })[]>(
        'entity_targets.entity_ref',
        'targets.id',
        'targets.provider',
        'targets.instance',
        'targets.target_key',
        'targets.kinds',
        'targets.candidate',
        'targets.listed',
      );
    const snapshots = await trx<SnapshotRow>('snapshots')
      .where(query =>
        whereAnyOf(
          query,
          'target_id',
          new Set(targets.map(target => target.id)),
        ),
      )
      .select(
        'target_id',
        'kind',
        'observed_at',
        'summary',
        'measurements',
        'problem_code',
        'problem_message',
        'problem_since',
        'problem_retry_at',
      );
    const states = await trx<SignalStateRow>('signal_states').where(query =>
      whereAnyOf(query, 'entity_ref', refs),
    );
    const healths = await trx<EntityHealthRow>('entity_health').where(query =>
      whereAnyOf(query, 'entity_ref', refs),
    );

    const snapshotOf = new Map(
      snapshots.map(row => [`${row.target_id} ${row.kind}`, row]),
    );
    const stateOf = new Map(
      states.map(row => [
        `${row.entity_ref} ${row.target_id} ${row.kind}`,
        row,
      ]),
    );
    const healthOf = new Map(healths.map(row => [row.entity_ref, row]));
    const signalsOf = new Map<string, SignalInputs[]>();
    for (const target of targets) {
      const signals = signalsOf.get(target.entity_ref) ?? [];
      signalsOf.set(target.entity_ref, signals);
      for (const kind of fromJson<SignalKind[]>(target.kinds, [])) {
        signals.push(
          toSignalInputs(
            target,
            kind,
            snapshotOf.get(`${target.id} ${kind}`),
            stateOf.get(`${target.entity_ref} ${target.id} ${kind}`),
          ),
        );
      }
    }
    return entities.map(entity => {
      const health = healthOf.get(entity.entity_ref);
      return {
        entityRef: entity.entity_ref,
        title: entity.title,
        ownerRef: entity.owner_ref,
        thresholds: fromJson(entity.thresholds, {}),
        misconfigurations: fromJson(entity.misconfigurations, []),
        signals: signalsOf.get(entity.entity_ref) ?? [],
        previous: health && {
          status: health.status as Status | null,
          since: health.since,
          episodeId: health.episode_id,
          fingerprint: fingerprintOf(health),
        },
      };
    });
  }

  async save(
    trx: Knex.Transaction,
    evaluations: { inputs: EntityInputs; evaluation: EntityEvaluation }[],
    now: string,
  ): Promise<void> {
    const states: SignalStateRow[] = [];
    const healths: EntityHealthRow[] = [];
    const transitions: TransitionRow[] = [];
    const messages: OutboxMessage[] = [];
    for (const { inputs, evaluation } of evaluations) {
      for (const signal of evaluation.signals) {
        const previous = inputs.signals.find(
          other =>
            other.targetId === signal.targetId && other.kind === signal.kind,
        )?.previous;
        if (JSON.stringify(previous) !== JSON.stringify(signal.state)) {
          states.push(
            toStateRow(
              inputs.entityRef,
              signal.targetId,
              signal.kind,
              signal.state,
            ),
          );
        }
      }
      const own =
        evaluation.transition &&
        toTransitionRow(inputs.entityRef, evaluation.transition);
      transitions.push(
        ...evaluation.transitions.map(transition =>
          toTransitionRow(inputs.entityRef, transition),
        ),
        ...(own ? [own] : []),
      );
      const notifications = healthNotifications(inputs, evaluation, own?.id);
      messages.push(...notifications.messages);
      const row = toHealthRow(evaluation, notifications.episodeId);
      if (inputs.previous?.fingerprint !== fingerprintOf(row)) {
        healths.push(row);
      }
    }
    for (const batch of batches(states)) {
      await trx<SignalStateRow>('signal_states')
        .insert(batch)
        .onConflict(['entity_ref', 'target_id', 'kind'])
        .merge();
    }
    for (const batch of batches(healths)) {
      await trx<EntityHealthRow>('entity_health')
        .insert(batch)
        .onConflict('entity_ref')
        .merge();
    }
    for (const batch of batches(transitions)) {
      await trx<TransitionRow>('transitions').insert(batch);
    }
    await this.#outbox.add(trx, messages, now);
  }

  async findGoneStale(now: Date, limit: number): Promise<string[]> {
    const rows = await this.#knex('snapshots')
      .join('signal_states', join =>
        join
          .on('signal_states.target_id', 'snapshots.target_id')
          .andOn('signal_states.kind', 'snapshots.kind'),
      )
      .where('snapshots.stale_at', '<', toInstant(now))
      .where('signal_states.status', 'ok')
      .distinct<{ entity_ref: string }[]>('signal_states.entity_ref')
      .limit(limit);
    return rows.map(row => row.entity_ref);
  }

  async findNeverEvaluated(limit: number): Promise<string[]> {
    const rows = await this.#knex('entities')
      .leftJoin(
        'entity_health',
        'entity_health.entity_ref',
        'entities.entity_ref',
      )
      .whereNull('entity_health.entity_ref')
      .select<{ entity_ref: string }[]>('entities.entity_ref')
      .limit(limit);
    return rows.map(row => row.entity_ref);
  }

  async deleteTransitionsBefore(before: Date): Promise<number> {
    return this.#knex<TransitionRow>('transitions')
      .where('at', '<', toInstant(before))
      .delete();
  }
}

function toSignalInputs(
  target: TargetRow,
  kind: SignalKind,
  snapshot: Omit<SnapshotRow, 'data' | 'stale_at' | 'url'> | undefined,
  state: SignalStateRow | undefined,
): SignalInputs {
  return {
    targetId: Number(target.id),
    provider: target.provider,
    instance: target.instance,
    target: target.target_key,
    kind,
    candidate: Boolean(target.candidate),
    listed: target.listed === null ? null : Boolean(target.listed),
    observedAt: snapshot?.observed_at ?? null,
    measurements: fromJson(snapshot?.measurements, []),
    problem: snapshot && fromProblemColumns(snapshot),
    summary: fromJson<unknown>(snapshot?.summary, undefined),
    previous: state && {
      status: state.status as Status,
      since: state.since,
      reasons: fromJson(state.reasons, []),
      breaches: fromJson(state.breaches, []),
    },
  };
}

function toStateRow(
  entityRef: string,
  targetId: number,
  kind: string,
  state: SignalState,
): SignalStateRow {
  return {
    entity_ref: entityRef,
    target_id: targetId,
    kind,
    status: state.status,
    since: state.since,
    reasons: JSON.stringify(state.reasons),
    breaches: JSON.stringify(state.breaches),
  };
}

function toHealthRow(
  evaluation: EntityEvaluation,
  episodeId: string | null,
): EntityHealthRow {
  const { health } = evaluation;
  return {
    entity_ref: evaluation.entityRef,
    status: health.status,
    rank: health.rank,
    since: health.since,
    sort_since: health.since ?? NO_SINCE,
    reasons: JSON.stringify(health.reasons),
    reason_count: health.reasonCount,
    signal_counts: JSON.stringify(health.signalCounts),
    errors: health.errors ? JSON.stringify(health.errors) : null,
    episode_id: episodeId,
  };
}

function fingerprintOf(row: EntityHealthRow): string {
  return JSON.stringify([
    row.status,
    row.since,
    row.reasons,
    row.reason_count,
    row.signal_counts,
    row.errors,
    row.episode_id,
  ]);
}

function toTransitionRow(
  entityRef: string,
  transition: EvaluatedTransition,
): TransitionRow {
  return {
    id: randomUUID(),
    entity_ref: entityRef,
    signal_id: transition.signalId,
    metric: transition.metric,
    subject_id: transition.subject?.id ?? null,
    subject_name: transition.subject?.name ?? null,
    from_status: transition.from,
    to_status: transition.to,
    at: transition.at,
    message: transition.message,
  };
}
