export * from './describeReason';
export * from './evaluateSignal';
export * from './formatMetricValue';
export * from './formatSpan';
export * from './rollUp';
export * from './sortReasons';
export * from './thresholds';
export { isBreach, type BreachLevel, type BreachState } from './breach';
export {
  describeUnknown,
  isStale,
  SOURCE_METRIC,
  STALE_AFTER_INTERVALS,
} from './sourceReason';
