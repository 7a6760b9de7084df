/**
 * Declares the annotations of Watchkeeper to the catalog.
 *
 * @packageDocumentation
 */

export { catalogModuleObservability as default } from './module';
