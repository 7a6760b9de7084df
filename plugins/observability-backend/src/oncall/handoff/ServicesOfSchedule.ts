import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ON_CALL_ANNOTATION,
  parseAnnotationList,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityAccess } from '../../access/EntityAccess';
import { HealthReadStore } from '../../health/HealthReadStore';

/** Finds the services that a schedule answers for, as far as a caller may read them. */
export class ServicesOfSchedule {
  readonly #health: Pick<HealthReadStore, 'membersOf'>;
  readonly #catalog: CatalogService;
  readonly #access: EntityAccess;

  constructor(options: {
    health: Pick<HealthReadStore, 'membersOf'>;
    catalog: CatalogService;
    access: EntityAccess;
  }) {
    this.#health = options.health;
    this.#catalog = options.catalog;
    this.#access = options.access;
  }

  /** Those of its owner group and of the groups below it, and those that name it. */
  async find(
    { schedule, owner }: { schedule: string; owner?: string },
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const found = new Set<string>();
    const members =
      owner === undefined ? [] : await this.#health.membersOf(owner);
    const owned = members.map(({ entityRef }) => entityRef);
    for (const ref of await this.#access.readableOf(credentials, owned)) {
      found.add(ref);
    }
    const pages = this.#catalog.streamEntities(
      {
        filter: {
          [`metadata.annotations.${ON_CALL_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
        },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
      },
      { credentials },
    );
    for await (const page of pages) {
      for (const entity of page) {
        const named = parseAnnotationList(
          entity.metadata.annotations?.[ON_CALL_ANNOTATION],
        );
        if (named.includes(schedule)) {
          found.add(stringifyEntityRef(entity));
        }
      }
    }
    return found;
  }
}
