import { Problem, Reason, SignalKind, Threshold } from '../model';
import { Status } from '../status';
import { BreachLevel, BreachState } from './breach';

/** One reading of a signal, as far as thresholds are concerned.
 * @public */
export interface SignalObservation {
  observedAt: string;
  /** All that was measured, also what did not change. */
  measurements: SignalMeasurement[];
}

/** One value that thresholds are held against.
 * @public */
export interface SignalMeasurement {
  metric: string;
  subject?: { id: string; name: string };
  value: number | string;
  /** How many events or requests it stands for, where a metric asks for a minimum. */
  count?: number;
  /** Since when it has this value, where the source knows that. */
  since?: string;
}

/** What an evaluation found, and what the next one needs.
 * @public */
export interface SignalState {
  status: Status;
  /** When that status began. */
  since: string | null;
  /** Worst first, then longest. */
  reasons: Reason[];
  breaches: BreachState[];
}

/** The change of one metric of a signal, on one subject.
 * @public */
export interface BreachTransition {
  metric: string;
  subject?: { id: string; name: string };
  from: BreachLevel | null;
  to: BreachLevel | null;
  /** The instant of the evaluation that saw it. */
  at: string;
  value: number | string;
  /** The same in words, in English. */
  message: string;
}

/** All that {@link evaluateSignal} looks at.
 * @public
 */
export interface SignalEvaluationInput {
  kind: SignalKind;
  /** The source, for people: "Sentry (default)". */
  sourceName: string;
  /** How often the source is read. */
  intervalSeconds: number;
  /** Those in force: `thresholdsInForce`. */
  thresholds: Threshold[];
  /** What the last evaluation found; none the first time. */
  previous?: SignalState;
  /** The last reading. One that was evaluated before, or is older, changes nothing. */
  observation?: SignalObservation;
  /** When the last good reading was made, this one included; `null` when there never was one. */
  lastObservedAt: string | null;
  /** What keeps the source, or a part of it, from being read at present. */
  problem?: Problem;
  now: string;
}

/** What an evaluation came to.
 * @public
 */
export interface SignalEvaluation {
  state: SignalState;
  transitions: BreachTransition[];
}
