import {
  Change,
  Reason,
  ReleasesData,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { fromJson, whereAnyOf } from '../database/database';
import {
  EntityHealthRow,
  EntityRelationRow,
  EntityRow,
  TransitionRow,
} from '../database/tables';
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

  /** The entities that a group or a user owns. */
  async ownedBy(ownerRef: string): Promise<string[]> {
    return this.#knex<EntityRow>('entities')
      .where({ owner_ref: ownerRef })
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  /** What entities depend on, and what depends on them or uses their APIs, one step away. */
  async neighbours(
    entityRefs: readonly string[],
  ): Promise<{ dependsOn: string[]; usedBy: string[] }> {
    const types = ['dependsOn', 'consumesApi'];
    const [dependsOn, usedBy, providedApis] = await Promise.all([
      this.#relations()
        .where(query => whereAnyOf(query, 'source_ref', entityRefs))
        .whereIn('type', types)
        .pluck('target_ref'),
      this.#relations()
        .where(query => whereAnyOf(query, 'target_ref', entityRefs))
        .whereIn('type', types)
        .pluck('source_ref'),
      this.#relations()
        .where(query => whereAnyOf(query, 'source_ref', entityRefs))
        .where('type', 'providesApi')
        .pluck('target_ref'),
    ]);
    // Who consumes the API of a service uses the service.
    const consumers =
      providedApis.length > 0
        ? await this.#relations()
            .where(query => whereAnyOf(query, 'target_ref', providedApis))
            .where('type', 'consumesApi')
            .pluck('source_ref')
        : [];
    const own = new Set(entityRefs);
    const others = (refs: string[]) =>
      [...new Set(refs)].filter(ref => !own.has(ref)).sort();
    return {
      dependsOn: others(dependsOn),
      usedBy: others([...usedBy, ...consumers]),
    };
  }

  /** What each of some entities depends on. */
  async dependencies(
    entityRefs: Iterable<string>,
  ): Promise<Map<string, string[]>> {
    const rows = await this.#knex<EntityRelationRow>('entity_relations')
      .where(query => whereAnyOf(query, 'source_ref', entityRefs))
      .where('type', 'dependsOn')
      .orderBy(['source_ref', 'target_ref'])
      .select('source_ref', 'target_ref');
    const found = new Map<string, string[]>();
    for (const row of rows) {
      found.set(row.source_ref, [
        ...(found.get(row.source_ref) ?? []),
        row.target_ref,
      ]);
    }
    return found;
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

  #relations() {
    return this.#knex<EntityRelationRow>('entity_relations').distinct();
  }
}
