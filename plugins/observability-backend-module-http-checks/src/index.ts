/**
 * HTTP checks for Watchkeeper, made by the portal itself.
 *
 * @packageDocumentation
 */
export { observabilityModuleHttpChecks as default } from './module';
