/**
 * Lets the portal's search find runbooks and on-call schedules.
 *
 * @packageDocumentation
 */

export { searchModuleObservability as default } from './module';
