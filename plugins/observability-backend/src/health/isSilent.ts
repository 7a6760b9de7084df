import { SignalInputs } from './EvaluationInputs';

/**
 * A source that answers and has never had anything to say: a project that sent
 * no event yet, one without tracing. That is not well, since nobody can tell.
 */
export function isSilent(signal: SignalInputs): boolean {
  return (
    signal.observedAt !== null &&
    !signal.hasData &&
    signal.measurements.length === 0 &&
    !signal.problem
  );
}
