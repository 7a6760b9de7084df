import { METRIC_STATES } from '../metrics';
import { SignalObservation } from './SignalState';

/**
 * Whether a reading says of a state only that nobody looks: of all its
 * monitors, each is paused or in maintenance. That is neither good nor bad, so
 * it is unknown; breaches of before end, since their subjects are not measured
 * any more.
 */
export function isUnwatched(
  observation: SignalObservation | undefined,
): boolean {
  const states = (observation?.measurements ?? []).filter(
    ({ metric }) => METRIC_STATES[metric],
  );
  return (
    states.length > 0 &&
    states.every(
      ({ metric, value }) => !METRIC_STATES[metric].includes(String(value)),
    )
  );
}
