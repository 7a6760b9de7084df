import { AuthService } from '@backstage/backend-plugin-api';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isTimeZone,
  OnCallPerson,
} from '@watchkeeper/backstage-plugin-observability-common';
import { LRUCache } from 'lru-cache';
import { batches } from '../database/database';

/** On a user: the IANA name of the time zone that they live in. */
const TIME_ZONE_ANNOTATION = 'watchkeeper.io/time-zone';

const KEPT_MS = 60_000;
const MAXIMUM_ENTITIES = 20_000;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'relations',
  'spec.profile.displayName',
];

/** Reads people, groups and services of the catalog, many at once, and keeps them for a minute. */
export class CatalogDirectory {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #entities: LRUCache<string, { entity: Entity | undefined }>;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#entities = new LRUCache({ max: MAXIMUM_ENTITIES, ttl: KEPT_MS });
  }

  /** Those of the entities that the catalog knows. */
  async entities(entityRefs: Iterable<string>): Promise<Map<string, Entity>> {
    const found = new Map<string, Entity>();
    const open: string[] = [];
    for (const entityRef of new Set(entityRefs)) {
      const kept = this.#entities.get(entityRef);
      if (!kept) {
        open.push(entityRef);
      } else if (kept.entity) {
        found.set(entityRef, kept.entity);
      }
    }
    if (open.length === 0) {
      return found;
    }
    const credentials = await this.#auth.getOwnServiceCredentials();
    for (const batch of batches(open)) {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: batch, fields: FIELDS },
        { credentials },
      );
      for (const [index, entityRef] of batch.entries()) {
        const entity = items[index];
        this.#entities.set(entityRef, { entity });
        if (entity) {
          found.set(entityRef, entity);
        }
      }
    }
    return found;
  }

  /** People as pages show them, whether the catalog knows them or not. */
  async people(
    userRefs: Iterable<string>,
  ): Promise<{ people: Map<string, OnCallPerson>; known: Set<string> }> {
    const refs = [...new Set(userRefs)];
    const entities = await this.entities(refs);
    const people = new Map(
      refs.map(entityRef => [
        entityRef,
        toPerson(entityRef, entities.get(entityRef)),
      ]),
    );
    return { people, known: new Set(entities.keys()) };
  }
}

function toPerson(entityRef: string, entity: Entity | undefined): OnCallPerson {
  const profile = entity?.spec?.profile;
  const displayName =
    typeof profile === 'object' && profile && 'displayName' in profile
      ? profile.displayName
      : undefined;
  const timeZone = entity?.metadata.annotations?.[TIME_ZONE_ANNOTATION];
  return {
    entityRef,
    displayName:
      typeof displayName === 'string' && displayName
        ? displayName
        : entity?.metadata.title ?? parseEntityRef(entityRef).name,
    ...(timeZone && isTimeZone(timeZone) ? { timeZone } : {}),
  };
}
