import {
  EntityHealth,
  rollUpEntity,
  SignalState,
  STATUS_RANK,
  thresholdsInForce,
  UNCONFIGURED_RANK,
} from '@watchkeeper/backstage-plugin-observability-common';
import { databaseFigure } from './databaseFigure';
import type { EvaluatedHealth, EvaluationContext } from './evaluateEntity';
import { EntityInputs, SignalInputs } from './EvaluationInputs';
import { isSilent } from './isSilent';

/** How many reasons the list of all services keeps of each entity. */
const LISTED_REASONS = 3;

/** The roll-up of an entity from its evaluated signals. Pure. */
export function rollUpHealth(
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
    database: databaseFigure(
      signals
        .filter(({ kind }) => kind === 'database')
        .map(({ signal, state }) => ({
          measurements: signal.measurements,
          thresholds: thresholdsInForce(
            'database',
            context.thresholds,
            inputs.thresholds,
          ),
          state,
        })),
    ),
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
