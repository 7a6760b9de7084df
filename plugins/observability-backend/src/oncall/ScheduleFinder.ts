import {
  Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ON_CALL_ANNOTATION,
  parseAnnotationList,
} from '@watchkeeper/backstage-plugin-observability-common';
import { CatalogDirectory } from './CatalogDirectory';
import { ExternalFinder } from './external/ExternalFinder';
import { ScheduleReader } from './OnCallStore';

/** Groups above groups are followed this far. */
const MAXIMUM_PARENTS = 10;

/** The schedules that answer for an entity. */
export interface EntitySchedules {
  names: string[];
  /** Names in its annotation that no schedule has. */
  unknown: string[];
  /** Annotations that name another master in vain. */
  misconfigurations: { annotation: string; message: string }[];
}

/**
 * Finds the schedules of entities: those that `watchkeeper.io/on-call` and the
 * annotations of other masters name, else those of the group that owns the
 * entity, or of the nearest group above it that has some. The entities of a page
 * are looked for together.
 */
export class ScheduleFinder {
  readonly #store: Pick<ScheduleReader, 'namesOf' | 'namesByOwner'>;
  readonly #directory: CatalogDirectory;
  readonly #external: ExternalFinder;

  constructor(options: {
    store: Pick<ScheduleReader, 'namesOf' | 'namesByOwner'>;
    directory: CatalogDirectory;
    external: ExternalFinder;
  }) {
    this.#store = options.store;
    this.#directory = options.directory;
    this.#external = options.external;
  }

  async find(
    entityRefs: readonly string[],
  ): Promise<Map<string, EntitySchedules>> {
    const found = new Map<string, EntitySchedules>();
    const entities = await this.#directory.entities(entityRefs);
    const external = await this.#external.find(entities);
    const named = new Map<string, string[]>();
    /** The groups whose schedules would answer, still to be looked at. */
    let open = new Map<string, string[]>();
    for (const [entityRef, entity] of entities) {
      const names = parseAnnotationList(
        entity.metadata.annotations?.[ON_CALL_ANNOTATION],
      );
      if (names.length > 0 || external.has(entityRef)) {
        named.set(entityRef, names);
      } else {
        open.set(entityRef, groupsOf(entityRef, entity));
      }
    }

    const known = await this.#store.namesOf([...named.values()].flat());
    for (const [entityRef, names] of named) {
      const elsewhere = external.get(entityRef);
      const own = names.filter(name => known.has(name));
      found.set(entityRef, {
        names: [...new Set([...own, ...(elsewhere?.names ?? [])])],
        unknown: names.filter(name => !known.has(name)),
        misconfigurations: elsewhere?.misconfigurations ?? [],
      });
    }

    for (let steps = 0; open.size > 0 && steps < MAXIMUM_PARENTS; steps++) {
      const groups = [...new Set([...open.values()].flat())];
      const byOwner = await this.#store.namesByOwner(groups);
      const parents = await this.#parentsOf(groups);
      const next = new Map<string, string[]>();
      for (const [entityRef, owners] of open) {
        const names = owners.flatMap(owner => byOwner.get(owner) ?? []);
        const above = owners.flatMap(owner => parents.get(owner) ?? []);
        if (names.length > 0) {
          found.set(entityRef, {
            names: [...new Set(names)],
            unknown: [],
            misconfigurations: [],
          });
        } else if (above.length > 0) {
          next.set(entityRef, [...new Set(above)]);
        }
      }
      open = next;
    }
    return found;
  }

  async #parentsOf(groups: string[]): Promise<Map<string, string[]>> {
    const entities = await this.#directory.entities(groups);
    return new Map(
      [...entities].map(([group, entity]) => [
        group,
        relatedGroups(entity, RELATION_CHILD_OF),
      ]),
    );
  }
}

function groupsOf(entityRef: string, entity: Entity): string[] {
  return parseEntityRef(entityRef).kind.toLocaleLowerCase('en-US') === 'group'
    ? [entityRef]
    : relatedGroups(entity, RELATION_OWNED_BY);
}

function relatedGroups(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => parseEntityRef(targetRef))
    .filter(({ kind }) => kind.toLocaleLowerCase('en-US') === 'group')
    .map(group => stringifyEntityRef(group));
}
