/**
 * The operations desk of the Backstage portal, back end.
 *
 * @packageDocumentation
 */

export { observabilityPlugin as default } from './plugin';
