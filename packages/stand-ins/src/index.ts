/**
 * Loopback servers that speak the APIs of the vendors, with a scripted
 * scenario. For the demo, tests and benchmarks; the product knows none of it.
 *
 * @packageDocumentation
 */
export { createStandInClock, type StandInClock } from './shared/clock';
export type { StandIn, StandInControl } from './shared/StandInServer';
export type { Fault, FaultKind, FaultRule } from './shared/faults';
export type { LoggedRequest, RequestCounts } from './shared/requestLog';
export type { ActivityPattern } from './shared/rates';
export * from './pagerduty';
export * from './sentry';
export * from './supabase';
export * from './uptimerobot';
export * from './visioncrmSite';
