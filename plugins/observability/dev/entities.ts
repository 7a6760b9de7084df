import type { Entity } from '@backstage/catalog-model';
import { apiEntity, systemEntity } from '../src/__fixtures__/entities';
import { createFleet } from '../src/__fixtures__/fleet';
import { REPORT_NAMES } from './reports';

/** One entity for each state of the pages of an entity. */
export const stateEntities: Entity[] = REPORT_NAMES.map(name =>
  name === systemEntity.metadata.name ? systemEntity : named(apiEntity, name),
);

/** Those, and the services of the list. */
export const entities: Entity[] = [
  ...stateEntities,
  ...createFleet(Date.now())
    .filter(({ title }) => !REPORT_NAMES.includes(title))
    .map(({ entityRef, title }) => ({
      ...named(apiEntity, title),
      kind: entityRef.split(':')[0],
    })),
];

function named(entity: Entity, name: string): Entity {
  const annotations = {
    ...entity.metadata.annotations,
    // So that the card with the public status is asked for.
    'watchkeeper.io/http-checks': name,
  };
  return { ...entity, metadata: { ...entity.metadata, annotations, name } };
}
