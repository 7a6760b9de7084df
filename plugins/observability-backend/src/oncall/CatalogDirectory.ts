import { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isTimeZone,
  OnCallPerson,
} from '@watchkeeper/backstage-plugin-observability-common';
import { LRUCache } from 'lru-cache';
import { batches } from '../database/database';
import { isExternalPersonRef } from './external/externalNames';

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
  'spec.profile.email',
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

  /**
   * People as pages show them, whether the catalog knows them or not. Whom only
   * another master knows is called as that one does, and counts as known.
   */
  async people(
    userRefs: Iterable<string>,
    externalNames: ReadonlyMap<string, string> = new Map(),
  ): Promise<{ people: Map<string, OnCallPerson>; known: Set<string> }> {
    const refs = [...new Set(userRefs)];
    const entities = await this.entities(
      refs.filter(ref => !isExternalPersonRef(ref)),
    );
    const people = new Map<string, OnCallPerson>(
      refs.map(ref => [
        ref,
        isExternalPersonRef(ref)
          ? {
              entityRef: ref,
              displayName: externalNames.get(ref) ?? '?',
              external: true,
            }
          : toPerson(ref, entities.get(ref)),
      ]),
    );
    const known = refs.filter(
      ref => entities.has(ref) || isExternalPersonRef(ref),
    );
    return { people, known: new Set(known) };
  }

  /**
   * The users who have these e-mail addresses, by address in lower case. An
   * address that several users have names none of them.
   */
  async usersByEmail(emails: Iterable<string>): Promise<Map<string, string>> {
    const asked = [
      ...new Set([...emails].map(email => email.toLocaleLowerCase('en-US'))),
    ];
    const found = new Map<string, string>();
    const ambiguous = new Set<string>();
    const credentials = await this.#auth.getOwnServiceCredentials();
    for (const batch of batches(asked)) {
      const pages = this.#catalog.streamEntities(
        {
          // The catalog compares values in lower case.
          filter: { kind: 'User', 'spec.profile.email': batch },
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'spec.profile.email',
          ],
        },
        { credentials },
      );
      for await (const page of pages) {
        for (const entity of page) {
          const email = emailOf(entity)?.toLocaleLowerCase('en-US') ?? '';
          if (found.has(email)) {
            ambiguous.add(email);
          }
          found.set(email, stringifyEntityRef(entity));
        }
      }
    }
    ambiguous.forEach(email => found.delete(email));
    return found;
  }

  /** The e-mail addresses of those users who have one. */
  async emailsOf(userRefs: readonly string[]): Promise<Map<string, string>> {
    const entities = await this.entities(userRefs);
    return new Map(
      [...entities].flatMap(([ref, entity]) => {
        const email = emailOf(entity);
        return email ? [[ref, email]] : [];
      }),
    );
  }

  /** The entities that have one of some annotations. */
  async annotated(annotations: readonly string[]): Promise<Entity[]> {
    if (annotations.length === 0) {
      return [];
    }
    const credentials = await this.#auth.getOwnServiceCredentials();
    const pages = this.#catalog.streamEntities(
      {
        filter: annotations.map(annotation => ({
          [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
        })),
        fields: FIELDS,
      },
      { credentials },
    );
    const found: Entity[] = [];
    for await (const page of pages) {
      found.push(...page);
    }
    return found;
  }
}

function emailOf(entity: Entity): string | undefined {
  const profile = entity.spec?.profile;
  const email =
    typeof profile === 'object' && profile && 'email' in profile
      ? profile.email
      : undefined;
  return typeof email === 'string' && email ? email : undefined;
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
