/**
 * The model of Watchkeeper: schemas with their inferred types, metrics and
 * thresholds, statuses, permissions. No Node, no React.
 *
 * @packageDocumentation
 */

export * from './annotations';
export * from './api';
export * from './channels';
export * from './health';
export * from './incidents';
export * from './metrics';
export * from './model';
export * from './oncall';
export * from './permissions';
export * from './runbooks/variables/fillCommand';
export * from './status';
export * from './uptime';
