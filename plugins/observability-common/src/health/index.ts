export * from './describeReason';
export * from './evaluateSignal';
export * from './formatMetricValue';
export * from './formatSpan';
export * from './parseThresholds';
export * from './rollUp';
export * from './SignalState';
export * from './sortReasons';
export { isBreach, type BreachLevel, type BreachState } from './breach';
export {
  describeUnknown,
  isStale,
  SOURCE_METRIC,
  STALE_AFTER_INTERVALS,
} from './sourceReason';
export {
  thresholdsInForce,
  type ThresholdOverride,
  type ThresholdOverrides,
} from './thresholds';
