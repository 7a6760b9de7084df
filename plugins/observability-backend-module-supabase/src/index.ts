/**
 * Supabase for Watchkeeper: how the databases of a service are.
 *
 * @packageDocumentation
 */

export { observabilityModuleSupabase as default } from './module';
