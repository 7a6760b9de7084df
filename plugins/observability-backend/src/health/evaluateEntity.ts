import {
  EntityHealth,
  evaluateSignal,
  Reason,
  SignalEvaluation,
  signalId,
  SignalState,
  Status,
  STATUS_RANK,
  StatusCounts,
  ThresholdOverrides,
  thresholdsInForce,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  measureRestoreTest,
  restoreTestItem,
} from '../restoreTests/restoreTestItem';
import { EntityInputs, SignalInputs } from './EvaluationInputs';
import { isSilent } from './isSilent';
import { resolveCandidates } from './resolveCandidates';
import { rollUpHealth } from './rollUpHealth';

/** What does not belong to any one entity. */
export interface EvaluationContext {
  now: string;
  /** The thresholds of the configuration. */
  thresholds: ThresholdOverrides;
  intervalSeconds(source: { provider: string; instance: string }): number;
  /** The vendor's name and the instance, for people: "Sentry (default)". */
  sourceName(source: { provider: string; instance: string }): string;
}

/** The roll-up of an entity, as it is stored. */
export interface EvaluatedHealth {
  status: Status | null;
  rank: number;
  since: string | null;
  reasons: Reason[];
  reasonCount: number;
  signalCounts: StatusCounts;
  errors?: EntityHealth['errors'];
  database?: EntityHealth['database'];
}

/** A change of a status or of a breach. */
export interface EvaluatedTransition {
  signalId: string | null;
  metric: string | null;
  subject?: { id: string; name: string };
  from: string | null;
  to: string | null;
  at: string;
  message: string | null;
}

/** What follows for an entity from what was read. */
export interface EntityEvaluation {
  entityRef: string;
  signals: { targetId: number; kind: string; state: SignalState }[];
  health: EvaluatedHealth;
  transitions: EvaluatedTransition[];
  /** The change of the whole entity, when there is one. */
  transition?: EvaluatedTransition;
}

/** Evaluates all signals of an entity and rolls them up. Pure. */
export function evaluateEntity(
  inputs: EntityInputs,
  context: EvaluationContext,
): EntityEvaluation {
  const transitions: EvaluatedTransition[] = [];
  const resolved = resolveCandidates(inputs.signals, context.now).map(signal =>
    addRestoreTest(signal, inputs, context),
  );
  const signals = resolved.map(signal => {
    const { state, transitions: breaches } = evaluate(signal, inputs, context);
    const id = signalId(signal);
    for (const breach of breaches) {
      transitions.push({
        signalId: id,
        metric: breach.metric,
        subject: breach.subject,
        from: breach.from,
        to: breach.to,
        at: breach.at,
        message: breach.message,
      });
    }
    if (signal.previous && signal.previous.status !== state.status) {
      transitions.push({
        signalId: id,
        metric: null,
        from: signal.previous.status,
        to: state.status,
        at: changedAt(signal.previous, state, context.now),
        message: state.reasons[0]?.message ?? null,
      });
    }
    return { targetId: signal.targetId, kind: signal.kind, state, signal };
  });

  const health = rollUpHealth(inputs, signals, context);
  const previous = inputs.previous?.status ?? null;
  const changed = previous !== health.status;
  return {
    entityRef: inputs.entityRef,
    signals: signals.map(({ targetId, kind, state }) => ({
      targetId,
      kind,
      state,
    })),
    health,
    transitions,
    transition: changed
      ? {
          signalId: null,
          metric: null,
          from: previous,
          to: health.status,
          at: changedAt(inputs.previous, health, context.now),
          message: health.reasons[0]?.message ?? null,
        }
      : undefined,
  };
}

/**
 * When a status changed. What gets worse did so when it began, which may be seen
 * only later; what gets better does so now. Never before the change that came
 * before.
 */
function changedAt(
  previous: { status: Status | null; since: string | null } | undefined,
  current: { status: Status | null; since: string | null },
  now: string,
): string {
  const before = previous?.status ? STATUS_RANK[previous.status] : 0;
  const after = current.status ? STATUS_RANK[current.status] : 0;
  if (after < before || current.since === null) {
    return now;
  }
  const earliest = previous?.since ?? current.since;
  return current.since < earliest ? earliest : current.since;
}

/** Lets the restores that people recorded count among what was measured of a database. */
function addRestoreTest(
  signal: SignalInputs,
  inputs: EntityInputs,
  context: EvaluationContext,
): SignalInputs {
  if (
    signal.kind !== 'database' ||
    signal.observedAt === null ||
    isSilent(signal)
  ) {
    return signal;
  }
  const item = restoreTestItem(
    inputs.restoreTests,
    signalId(signal),
    new Date(context.now),
  );
  return {
    ...signal,
    measurements: measureRestoreTest(signal.measurements, item),
  };
}

function evaluate(
  signal: SignalInputs,
  inputs: EntityInputs,
  context: EvaluationContext,
): Pick<SignalEvaluation, 'state' | 'transitions'> {
  if (isSilent(signal)) {
    const since =
      signal.previous?.status === 'unknown'
        ? signal.previous.since
        : context.now;
    return {
      state: { status: 'unknown', since, reasons: [], breaches: [] },
      transitions: [],
    };
  }
  return evaluateSignal({
    kind: signal.kind,
    sourceName: context.sourceName(signal),
    intervalSeconds: context.intervalSeconds(signal),
    thresholds: thresholdsInForce(
      signal.kind,
      context.thresholds,
      inputs.thresholds,
    ),
    previous: signal.previous,
    observation: signal.observedAt
      ? { observedAt: signal.observedAt, measurements: signal.measurements }
      : undefined,
    lastObservedAt: signal.observedAt,
    problem: signal.problem,
    now: context.now,
  });
}
