import {
  EntityHealthRow,
  SignalStateRow,
  TransitionRow,
} from '../database/tables';
import { OutboxMessage } from '../notifications/Outbox';
import { EntityEvaluation } from './evaluateEntity';
import { EntityInputs } from './EvaluationInputs';
import { healthNotifications } from './healthNotifications';
import {
  fingerprintOf,
  toHealthRow,
  toStateRow,
  toTransitionRow,
} from './healthRows';

/** What evaluations change in the tables. */
export class HealthChanges {
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
