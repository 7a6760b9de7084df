import type { Entity } from '@backstage/catalog-model';
import {
  HTTP_CHECKS_ANNOTATION,
  UPTIMEROBOT_MONITORS_ANNOTATION,
  UPTIMEROBOT_NAME_ANNOTATION,
  UPTIMEROBOT_URL_ANNOTATION,
} from '@watchkeeper/backstage-plugin-observability-common';

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

/** Annotations that name a source of uptime. */
export const UPTIME_ANNOTATIONS = [
  HTTP_CHECKS_ANNOTATION,
  UPTIMEROBOT_MONITORS_ANNOTATION,
  UPTIMEROBOT_NAME_ANNOTATION,
  UPTIMEROBOT_URL_ANNOTATION,
];

/**
 * Whether the card with the public status can have something to say, by the
 * annotations of the entity.
 *
 * @public
 */
export function isPublicStatusAvailable(entity: Entity): boolean {
  return UPTIME_ANNOTATIONS.some(annotation =>
    entity.metadata.annotations?.[annotation]?.trim(),
  );
}

/**
 * Whether an entity can have health, by its kind. Whether it has a source is
 * told on its page, with the annotation that would give it one.
 *
 * @public
 */
export function isHealthAvailable(entity: Entity): boolean {
  return HEALTH_KINDS.includes(entity.kind.toLocaleLowerCase('en-US'));
}
