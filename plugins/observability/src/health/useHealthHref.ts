import { Entity } from '@backstage/catalog-model';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';

/** Where the Health tab of an entity is. */
export function useHealthHref(entity: Entity): string {
  const entityLink = useEntityRefLink();
  return `${entityLink(entity)}/health`;
}
