import { SignalState } from '@watchkeeper/backstage-plugin-observability-common';
import { randomUUID } from 'node:crypto';
import { toStorable } from '../database/database';
import {
  EntityHealthRow,
  SignalStateRow,
  TransitionRow,
} from '../database/tables';
import { EntityEvaluation, EvaluatedTransition } from './evaluateEntity';

/** An instant after all others, for entities that have no `since`. */
const NO_SINCE = '9999-12-31T23:59:59.999Z';

export function toStateRow(
  entityRef: string,
  signal: { targetId: number; kind: string; state: SignalState },
): SignalStateRow {
  const { targetId, kind, state } = signal;
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

export function toHealthRow(
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
    search_text: toStorable(
      health.reasons.map(reason => reason.message).join(' '),
    ).toLocaleLowerCase('en-US'),
    reason_count: health.reasonCount,
    signal_counts: JSON.stringify(health.signalCounts),
    errors: health.errors ? JSON.stringify(health.errors) : null,
    database: health.database ? JSON.stringify(health.database) : null,
    episode_id: episodeId,
  };
}

/** Equal when there is nothing to write. */
export function fingerprintOf(row: EntityHealthRow): string {
  return JSON.stringify([
    row.status,
    row.since,
    row.reasons,
    row.reason_count,
    row.signal_counts,
    row.errors,
    row.database,
    row.episode_id,
  ]);
}

export function toTransitionRow(
  entityRef: string,
  transition: EvaluatedTransition,
): TransitionRow {
  const { signalId, metric, subject, from, to, at, message } = transition;
  return {
    id: randomUUID(),
    entity_ref: entityRef,
    signal_id: signalId,
    metric,
    subject_id: subject ? toStorable(subject.id) : null,
    subject_name: subject ? toStorable(subject.name) : null,
    from_status: from,
    to_status: to,
    at,
    message: message === null ? null : toStorable(message),
  };
}
