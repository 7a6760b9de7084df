import type { Entity } from '@backstage/catalog-model';

/** Kinds with health: those that sources are named in, and those that sum them up. */
export const HEALTH_KINDS = [
  'component',
  'api',
  'resource',
  'system',
  'domain',
  'group',
];

/** Kinds on whose overview the card stands. Members of a domain or a group are many: those have the tab. */
export const HEALTH_CARD_KINDS = ['component', 'api', 'resource', 'system'];

/**
 * Whether an entity can have health, by its kind. Whether it has a source is
 * told on its page, with the annotation that would give it one.
 *
 * @public
 */
export function isHealthAvailable(entity: Entity): boolean {
  return HEALTH_KINDS.includes(entity.kind.toLocaleLowerCase('en-US'));
}
