import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { LRUCache } from 'lru-cache';
import { INDEXED_KINDS } from '../catalog/IndexedEntity';
import { batches } from '../database/database';

/** How long a decision about a caller may be kept. */
const DECISION_MS = 30_000;
const MAXIMUM_CALLERS = 5000;
const MAXIMUM_DECISIONS = 50_000;
/** Each holds the reference of every entity that a caller may read. */
const MAXIMUM_SETS = 200;

const REFERENCE_FIELDS = ['kind', 'metadata.name', 'metadata.namespace'];

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
  /** What the permission policy says, by caller and permission. */
  readonly #policies: LRUCache<string, Promise<AuthorizeResult>>;
  /** Whether the catalog lets a caller read an entity, by caller and entity. */
  readonly #decisions: LRUCache<string, boolean>;
  readonly #sets: LRUCache<string, Promise<ReadonlySet<string>>>;

  constructor(options: {
    permissions: PermissionsService;
    catalog: CatalogService;
    now?: () => number;
  }) {
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    const { now } = options;
    const ttl = {
      ttl: DECISION_MS,
      // Asks the clock each time rather than once a tick.
      ttlResolution: 0,
      ...(now ? { perf: { now } } : {}),
    };
    this.#policies = new LRUCache({ max: MAXIMUM_CALLERS, ...ttl });
    this.#decisions = new LRUCache({ max: MAXIMUM_DECISIONS, ...ttl });
    this.#sets = new LRUCache({
      max: MAXIMUM_SETS,
      ttlAutopurge: true,
      ...ttl,
    });
  }

  /** Throws `NotAllowedError`, naming the permission, unless the caller holds it. */
  async assertPermission(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    if (!(await this.isAllowed(credentials, permission))) {
      throw new NotAllowedError(`This needs the permission ${permission.name}`);
    }
  }

  /** Whether the caller holds a permission. */
  async isAllowed(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const result = await keep(
      this.#policies,
      keyOf(credentials, permission.name),
      async () => {
        const [decision] = await this.#permissions.authorize([{ permission }], {
          credentials,
        });
        return decision.result;
      },
    );
    return result === AuthorizeResult.ALLOW;
  }

  /**
   * Throws `NotFoundError` unless there is such an entity and the caller may
   * read it: the two look alike.
   */
  async assertReadable(
    credentials: BackstageCredentials,
    entityRef: string,
    isIndexed: boolean,
  ): Promise<void> {
    const readable =
      isIndexed && (await this.#general(credentials)) === AuthorizeResult.ALLOW
        ? true
        : (await this.#ask(credentials, [entityRef])).has(entityRef);
    if (!readable) {
      throw new NotFoundError(
        `There is no entity ${entityRef} in the catalog that you may read`,
      );
    }
  }

  /** Of some entities that are indexed, those that the caller may read. */
  async readableOf(
    credentials: BackstageCredentials,
    entityRefs: string[],
  ): Promise<ReadonlySet<string>> {
    return (await this.#general(credentials)) === AuthorizeResult.ALLOW
      ? new Set(entityRefs)
      : this.#ask(credentials, entityRefs);
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
    return keep(this.#sets, keyOf(credentials), async () => {
      const refs = new Set<string>();
      const pages = this.#catalog.streamEntities(
        {
          filter: { kind: INDEXED_KINDS },
          fields: REFERENCE_FIELDS,
          pageSize: 1000,
        },
        { credentials },
      );
      for await (const page of pages) {
        for (const entity of page) {
          refs.add(stringifyEntityRef(entity));
        }
      }
      return refs;
    });
  }

  /** What the permission policy says about reading entities, whichever they are. */
  async #general(credentials: BackstageCredentials): Promise<AuthorizeResult> {
    const permission = catalogEntityReadPermission;
    return keep(
      this.#policies,
      keyOf(credentials, permission.name),
      async () => {
        const [decision] = await this.#permissions.authorizeConditional(
          [{ permission }],
          { credentials },
        );
        return decision.result;
      },
    );
  }

  /** Asks the catalog as the caller which of the entities there are. */
  async #ask(
    credentials: BackstageCredentials,
    entityRefs: string[],
  ): Promise<ReadonlySet<string>> {
    if ((await this.#general(credentials)) === AuthorizeResult.DENY) {
      return new Set();
    }
    const all = await this.#sets.get(keyOf(credentials));
    const readable = new Set<string>();
    const open: string[] = [];
    for (const entityRef of entityRefs) {
      const decision = this.#decisions.get(keyOf(credentials, entityRef));
      if (all?.has(entityRef) || decision) {
        readable.add(entityRef);
      } else if (decision === undefined) {
        open.push(entityRef);
      }
    }
    for (const batch of batches(open)) {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: batch, fields: REFERENCE_FIELDS },
        { credentials },
      );
      for (const [index, entityRef] of batch.entries()) {
        const isReadable = items[index] !== undefined;
        this.#decisions.set(keyOf(credentials, entityRef), isReadable);
        if (isReadable) {
          readable.add(entityRef);
        }
      }
    }
    return readable;
  }
}

/** What is kept under a key, or else what is found out now. What failed is not kept. */
async function keep<T>(
  cache: LRUCache<string, Promise<T>>,
  key: string,
  find: () => Promise<T>,
): Promise<T> {
  const known = cache.get(key);
  if (known) {
    return known;
  }
  const found = find();
  cache.set(key, found);
  found.catch(() => cache.delete(key));
  return found;
}

function keyOf(credentials: BackstageCredentials, question = ''): string {
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
    question,
  ]);
}
