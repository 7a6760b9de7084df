import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { LRUCache } from 'lru-cache';
import { INDEXED_KINDS } from '../catalog/IndexedEntity';

/** How long a decision about a caller may be kept. */
const DECISION_MS = 30_000;
const MAXIMUM_DECISIONS = 50_000;

/**
 * What a caller may see.
 *
 * The catalog decides who may read an entity. Where its answer does not depend
 * on the entity, one question answers for all; where it does, the catalog is
 * asked as the caller. Decisions are kept for 30 s per caller, so that two
 * hundred people who watch an incident do not ask for each refresh.
 */
export class EntityAccess {
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #decisions: LRUCache<string, Promise<unknown>>;

  constructor(options: {
    permissions: PermissionsService;
    catalog: CatalogService;
    now?: () => number;
  }) {
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    const { now } = options;
    this.#decisions = new LRUCache({
      max: MAXIMUM_DECISIONS,
      ttl: DECISION_MS,
      // Asks the clock each time rather than once a tick.
      ttlResolution: 0,
      ...(now ? { perf: { now } } : {}),
    });
  }

  /** Throws `NotAllowedError`, naming the permission, unless the caller holds it. */
  async assertPermission(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    const allowed = await this.#decide(
      credentials,
      permission.name,
      async () => {
        const [decision] = await this.#permissions.authorize([{ permission }], {
          credentials,
        });
        return decision.result === AuthorizeResult.ALLOW;
      },
    );
    if (!allowed) {
      throw new NotAllowedError(`This needs the permission ${permission.name}`);
    }
  }

  /** Throws `NotFoundError` unless there is such an entity and the caller may read it: the two look alike. */
  async assertReadable(
    credentials: BackstageCredentials,
    entityRef: string,
    isIndexed: boolean,
  ): Promise<void> {
    const general = await this.#general(credentials);
    if (general === AuthorizeResult.ALLOW && isIndexed) {
      return;
    }
    const readable =
      general !== AuthorizeResult.DENY &&
      (await this.#decide(credentials, entityRef, async () => {
        const entity = await this.#catalog.getEntityByRef(entityRef, {
          credentials,
        });
        return entity !== undefined;
      }));
    if (!readable) {
      throw new NotFoundError(
        `There is no entity ${entityRef} in the catalog that you may read`,
      );
    }
  }

  /** The entities that the caller may read: all, or those of a set. */
  async readable(
    credentials: BackstageCredentials,
  ): Promise<'all' | ReadonlySet<string>> {
    const general = await this.#general(credentials);
    if (general === AuthorizeResult.ALLOW) {
      return 'all';
    }
    if (general === AuthorizeResult.DENY) {
      return new Set();
    }
    return this.#decide(credentials, 'readable', async () => {
      const refs = new Set<string>();
      const pages = this.#catalog.streamEntities(
        {
          filter: { kind: INDEXED_KINDS },
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
          pageSize: 1000,
        },
        { credentials },
      );
      for await (const page of pages) {
        for (const entity of page) {
          refs.add(refOf(entity));
        }
      }
      return refs;
    });
  }

  /** What the permission policy says about reading entities, whichever they are. */
  async #general(credentials: BackstageCredentials) {
    return this.#decide(credentials, 'general', async () => {
      const [decision] = await this.#permissions.authorizeConditional(
        [{ permission: catalogEntityReadPermission }],
        { credentials },
      );
      return decision.result;
    });
  }

  /** A decision that failed is not kept. */
  async #decide<T>(
    credentials: BackstageCredentials,
    question: string,
    decide: () => Promise<T>,
  ): Promise<T> {
    const key = `${callerOf(credentials)}\n${question}`;
    const known = this.#decisions.get(key);
    if (known) {
      return known as Promise<T>;
    }
    const decision = decide();
    this.#decisions.set(key, decision);
    decision.catch(() => this.#decisions.delete(key));
    return decision;
  }
}

function callerOf(credentials: BackstageCredentials): string {
  const principal = credentials.principal as {
    type?: string;
    userEntityRef?: string;
    subject?: string;
    accessRestrictions?: unknown;
  };
  return JSON.stringify([
    principal.type,
    principal.userEntityRef ?? principal.subject,
    principal.accessRestrictions,
  ]);
}

function refOf(entity: Entity): string {
  return stringifyEntityRef({
    kind: entity.kind,
    namespace: entity.metadata.namespace ?? DEFAULT_NAMESPACE,
    name: entity.metadata.name,
  });
}
