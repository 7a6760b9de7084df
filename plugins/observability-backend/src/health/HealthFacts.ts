import {
  Change,
  Reason,
  ReleasesData,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { fromJson, whereAnyOf } from '../database/database';
import { EntityHealthRow, EntityRow, TransitionRow } from '../database/tables';
import { readData } from './changeQueries';

/** What is known of an entity without asking whether anybody may see it. */
export interface ObservedEntity {
  entityRef: string;
  title: string;
  ownerRef?: string;
  /** `null`: nothing watches it. */
  status: Status | null;
  /** The worst ones. */
  reasons: Reason[];
}

/** A change of the status of an entity as a whole. */
export interface StatusChange {
  id: string;
  entityRef: string;
  at: string;
  from: Status | null;
  to: Status | null;
  message: string | null;
}

const MAXIMUM_CHANGES = 500;

/**
 * Tells the other domains what health knows of entities. It asks for no
 * permission: whoever answers a person with it leaves out what that person may
 * not read.
 */
export class HealthFacts {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Those of the entities that the index knows. */
  async describe(
    entityRefs: Iterable<string>,
  ): Promise<Map<string, ObservedEntity>> {
    const rows = await this.#knex<EntityRow>('entities')
      .leftJoin(
        'entity_health',
        'entity_health.entity_ref',
        'entities.entity_ref',
      )
      .where(query => whereAnyOf(query, 'entities.entity_ref', entityRefs))
      .select<
        (Pick<EntityRow, 'entity_ref' | 'title' | 'owner_ref'> &
          Partial<Pick<EntityHealthRow, 'status' | 'reasons'>>)[]
      >(
        'entities.entity_ref',
        'entities.title',
        'entities.owner_ref',
        'entity_health.status',
        'entity_health.reasons',
      );
    return new Map(
      rows.map(row => [
        row.entity_ref,
        {
          entityRef: row.entity_ref,
          title: row.title,
          ...(row.owner_ref === null ? {} : { ownerRef: row.owner_ref }),
          status: (row.status ?? null) as Status | null,
          reasons: fromJson<Reason[]>(row.reasons, []),
        },
      ]),
    );
  }

  /** Changes of whole entities in a time, both ends included, the first one first. */
  async statusChanges(
    entityRefs: Iterable<string>,
    from: string,
    to: string,
  ): Promise<StatusChange[]> {
    const rows = await this.#knex<TransitionRow>('transitions')
      .where(query => whereAnyOf(query, 'entity_ref', entityRefs))
      .whereNull('signal_id')
      .whereBetween('at', [from, to])
      .orderBy([{ column: 'at' }, { column: 'id' }])
      .limit(MAXIMUM_CHANGES);
    return rows.map(row => ({
      id: row.id,
      entityRef: row.entity_ref,
      at: row.at,
      from: row.from_status as Status | null,
      to: row.to_status as Status | null,
      message: row.message,
    }));
  }

  /** Releases of entities in a time, both ends included, the first one first. */
  async releases(
    entityRefs: readonly string[],
    from: string,
    to: string,
  ): Promise<Change[]> {
    const stored = await readData(this.#knex, [...entityRefs], 'releases');
    const changes: Change[] = [];
    for (const { entityRef, data } of stored) {
      for (const release of (JSON.parse(data) as ReleasesData).releases) {
        const at = new Date(release.createdAt).toISOString();
        if (at >= from && at <= to) {
          changes.push({
            at,
            kind: 'release',
            entityRef,
            title: release.version,
            author: release.author,
            url: release.url,
          });
        }
      }
    }
    return changes.sort((a, b) => a.at.localeCompare(b.at));
  }
}
