/**
 * Reads PostgreSQL databases directly for Watchkeeper.
 *
 * @packageDocumentation
 */

export { observabilityModulePostgres as default } from './module';
