import {
  Reason,
  signalId,
  SignalKind,
  ThresholdOverrides,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  RELATION_CONSUMES_API,
  RELATION_DEPENDS_ON,
  RELATION_PROVIDES_API,
} from '@backstage/catalog-model';
import { Knex } from 'knex';
import { fromJson, whereAnyOf } from '../database/database';
import {
  EntityRelationRow,
  EntityRow,
  SignalStateRow,
  TargetRow,
} from '../database/tables';

/** What other domains ask of the index about an entity. */
export interface EntityFact {
  entityRef: string;
  kind: string;
  title: string;
  ownerRef?: string;
  systemRef?: string;
}

/** A service with what decides which thresholds are in force. */
export interface WatchedEntity extends EntityFact {
  thresholds: ThresholdOverrides;
  /** Of its signals. */
  kinds: SignalKind[];
}

/** What is around an entity. */
export interface EntitySurroundings {
  entityRef: string;
  /** Its system, and the other parts of that. */
  system: string[];
  dependencies: string[];
  owner?: string;
}

const FACTS: (keyof EntityRow)[] = [
  'entity_ref',
  'kind',
  'title',
  'owner_ref',
  'system_ref',
];

/** Answers from the index of the catalog. */
export class EntityFacts {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** All that are indexed, by reference. */
  async all(): Promise<Map<string, EntityFact>> {
    const rows = await this.#entities().select(...FACTS);
    return new Map(rows.map(row => [row.entity_ref, toFact(row)]));
  }

  /** Those that have signals. */
  async watched(): Promise<WatchedEntity[]> {
    const states: Pick<SignalStateRow, 'entity_ref' | 'kind'>[] =
      await this.#knex<SignalStateRow>('signal_states')
        .distinct('entity_ref', 'kind')
        .orderBy(['entity_ref', 'kind']);
    const kinds = new Map<string, SignalKind[]>();
    for (const { entity_ref, kind } of states) {
      const known = kinds.get(entity_ref) ?? [];
      known.push(kind as SignalKind);
      kinds.set(entity_ref, known);
    }
    const rows = await this.#entities()
      .where(query => whereAnyOf(query, 'entity_ref', kinds.keys()))
      .orderBy('entity_ref')
      .select(...FACTS, 'thresholds');
    return rows.map(row => ({
      ...toFact(row),
      thresholds: fromJson<ThresholdOverrides>(row.thresholds, {}),
      kinds: kinds.get(row.entity_ref) ?? [],
    }));
  }

  /** What is around one of them; itself alone, when it is not indexed (yet). */
  async surroundingsOf(entityRef: string): Promise<EntitySurroundings> {
    const entity = await this.#entities()
      .where({ entity_ref: entityRef })
      .first('owner_ref', 'system_ref');
    const [siblings, dependencies] = await Promise.all([
      entity?.system_ref
        ? this.#entities()
            .where({ system_ref: entity.system_ref })
            .whereNot({ entity_ref: entityRef })
            .orderBy('entity_ref')
            .pluck('entity_ref')
        : [],
      this.#knex<EntityRelationRow>('entity_relations')
        .where({ source_ref: entityRef, type: RELATION_DEPENDS_ON })
        .orderBy('target_ref')
        .pluck('target_ref'),
    ]);
    return {
      entityRef,
      system: entity?.system_ref ? [entity.system_ref, ...siblings] : [],
      dependencies,
      ...(entity?.owner_ref ? { owner: entity.owner_ref } : {}),
    };
  }

  /** What is wrong with an entity in one metric, as of the last evaluation. */
  async reasonOf(
    entityRef: string,
    wanted: { metric: string; signal?: string },
  ): Promise<Reason | undefined> {
    const rows: (Pick<SignalStateRow, 'kind' | 'reasons'> &
      Pick<TargetRow, 'provider' | 'instance' | 'target_key'>)[] =
      await this.#knex('signal_states')
        .join('targets', 'targets.id', 'signal_states.target_id')
        .where({ entity_ref: entityRef })
        .select('kind', 'reasons', 'provider', 'instance', 'target_key');
    return rows
      .filter(
        ({ kind, target_key: target, ...source }) =>
          wanted.signal === undefined ||
          wanted.signal ===
            signalId({ ...source, target, kind: kind as SignalKind }),
      )
      .flatMap(({ reasons }) => JSON.parse(reasons) as Reason[])
      .find(({ metric }) => metric === wanted.metric);
  }

  /** The entities that a group or a user owns. */
  async ownedBy(ownerRef: string): Promise<string[]> {
    return this.#entities()
      .where({ owner_ref: ownerRef })
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  /** What entities depend on, and what depends on them or uses their APIs, one step away. */
  async neighbours(
    entityRefs: readonly string[],
  ): Promise<{ dependsOn: string[]; usedBy: string[] }> {
    const types = [RELATION_DEPENDS_ON, RELATION_CONSUMES_API];
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
        .where('type', RELATION_PROVIDES_API)
        .pluck('target_ref'),
    ]);
    // Who consumes the API of a service uses the service.
    const consumers =
      providedApis.length > 0
        ? await this.#relations()
            .where(query => whereAnyOf(query, 'target_ref', providedApis))
            .where('type', RELATION_CONSUMES_API)
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
    const rows = await this.#relations()
      .where(query => whereAnyOf(query, 'source_ref', entityRefs))
      .where('type', RELATION_DEPENDS_ON)
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

  #relations() {
    return this.#knex<EntityRelationRow>('entity_relations').distinct();
  }

  #entities() {
    return this.#knex<EntityRow>('entities');
  }
}

function toFact(row: EntityRow): EntityFact {
  return {
    entityRef: row.entity_ref,
    kind: row.kind,
    title: row.title,
    ...(row.owner_ref === null ? {} : { ownerRef: row.owner_ref }),
    ...(row.system_ref === null ? {} : { systemRef: row.system_ref }),
  };
}
