/**
 * The channel of the signals plugin on which pages that list services hear that
 * one of them has changed. Messages carry no data.
 *
 * @public
 */
export const ENTITIES_CHANNEL = 'observability:entities';

/** The channel of one entity's pages. Messages carry no data.
 * @public
 */
export function entityChannel(entityRef: string): string {
  return `observability:entity:${entityRef}`;
}
