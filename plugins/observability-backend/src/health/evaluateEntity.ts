import {
  EntityHealth,
  evaluateSignal,
  Reason,
  rollUpEntity,
  SignalEvaluation,
  signalId,
  SignalState,
  Status,
  STATUS_RANK,
  StatusCounts,
  ThresholdOverrides,
  thresholdsInForce,
  UNCONFIGURED_RANK,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityInputs, SignalInputs } from './EvaluationInputs';
import { resolveCandidates } from './resolveCandidates';

/** How many reasons the list of all services keeps of each entity. */
const LISTED_REASONS = 3;

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
  const signals = resolveCandidates(inputs.signals, context.now).map(signal => {
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

  const health = rollUp(inputs, signals, context);
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

/**
 * A source that answers and has never had anything to say: a project that sent
 * no event yet, one without tracing. That is not well, since nobody can tell.
 */
function isSilent(signal: SignalInputs): boolean {
  return (
    signal.observedAt !== null &&
    !signal.hasData &&
    signal.measurements.length === 0 &&
    !signal.problem
  );
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

function rollUp(
  inputs: EntityInputs,
  signals: { kind: string; state: SignalState; signal: SignalInputs }[],
  context: EvaluationContext,
): EvaluatedHealth {
  // Not every project has traces or releases, and a service is not unknown for
  // want of them; it is when all that it has is silent.
  const speaking = signals.filter(({ signal }) => !isSilent(signal));
  const states = (speaking.length > 0 ? speaking : signals).map(
    ({ state }) => state,
  );
  if (inputs.misconfigurations.length > 0) {
    states.push(misconfiguredState(inputs, context.now));
  }
  const { status, since, reasons, signalCounts } = rollUpEntity(states);
  const errors = signals.flatMap(({ signal }) =>
    signal.kind === 'errors' && signal.summary
      ? [signal.summary as NonNullable<EntityHealth['errors']>]
      : [],
  );
  return {
    status,
    rank: status ? STATUS_RANK[status] : UNCONFIGURED_RANK,
    since:
      status === inputs.previous?.status && status !== null
        ? inputs.previous.since ?? since
        : since ?? (status ? context.now : null),
    reasons: reasons.slice(0, LISTED_REASONS),
    reasonCount: reasons.length,
    signalCounts,
    errors: errors.length > 0 ? sumErrors(errors) : undefined,
  };
}

/** An annotation that cannot be read hides what it names: nobody knows how that is. */
function misconfiguredState(inputs: EntityInputs, now: string): SignalState {
  const since = inputs.misconfiguredSince ?? now;
  return {
    status: 'unknown',
    since,
    breaches: [],
    reasons: inputs.misconfigurations.map(({ annotation, message }) => ({
      metric: 'source',
      subject: { id: annotation, name: annotation },
      value: 'misconfigured',
      unit: 'state',
      threshold: null,
      level: 'unknown' as const,
      message: `${annotation}: ${message}`,
      since,
    })),
  };
}

function sumErrors(
  all: NonNullable<EntityHealth['errors']>[],
): NonNullable<EntityHealth['errors']> {
  const length = Math.max(...all.map(({ trend }) => trend.length));
  return {
    events: all.reduce((sum, { events }) => sum + events, 0),
    // Aligned at the newest end.
    trend: Array.from({ length }, (_, index) =>
      all.reduce(
        (sum, { trend }) => sum + (trend[trend.length - length + index] ?? 0),
        0,
      ),
    ),
  };
}
