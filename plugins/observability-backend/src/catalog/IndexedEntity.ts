import {
  Entity,
  getCompoundEntityRef,
  RELATION_CHILD_OF,
  RELATION_DEPENDS_ON,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  parseThresholdsAnnotation,
  THRESHOLDS_ANNOTATION,
  ThresholdOverrides,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  Provider,
  TargetSelection,
} from '@watchkeeper/backstage-plugin-observability-node';
import { createHash } from 'node:crypto';

/** A target that an entity's annotations name, with where to read it. */
export interface EntityTarget extends TargetSelection {
  provider: string;
  instance: string;
}

/** What the plugin keeps of an entity. */
export interface IndexedEntity {
  entityRef: string;
  kind: string;
  title: string;
  ownerRef?: string;
  systemRef?: string;
  searchText: string;
  thresholds: ThresholdOverrides;
  misconfigurations: { annotation: string; message: string }[];
  relations: { type: string; targetRef: string }[];
  targets: EntityTarget[];
  /** Of all of the above. */
  hash: string;
}

/** The kinds that can have a health, of their own or rolled up. */
export const INDEXED_KINDS = [
  'Component',
  'API',
  'Resource',
  'System',
  'Domain',
  'Group',
];

/** All that the index reads of an entity; nothing else is asked of the catalog. */
export const INDEXED_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.tags',
  'metadata.annotations',
  'spec.type',
  'relations',
];

const KEPT_RELATIONS = new Set([
  RELATION_DEPENDS_ON,
  RELATION_PART_OF,
  RELATION_OWNED_BY,
  RELATION_CHILD_OF,
]);

/** Turns an entity of the catalog into what the plugin keeps of it. */
export function indexEntity(
  entity: Entity,
  providers: readonly Provider[],
): IndexedEntity {
  const entityRef = stringifyEntityRef(entity);
  const relations = (entity.relations ?? [])
    .filter(relation => KEPT_RELATIONS.has(relation.type))
    .map(({ type, targetRef }) => ({ type, targetRef }));
  const title = entity.metadata.title ?? entity.metadata.name;

  const thresholds = parseThresholdsAnnotation(
    entity.metadata.annotations?.[THRESHOLDS_ANNOTATION],
  );
  const misconfigurations = thresholds.problems.map(message => ({
    annotation: THRESHOLDS_ANNOTATION,
    message,
  }));

  const targets: EntityTarget[] = [];
  for (const provider of providers) {
    const selection = provider.select(entity);
    for (const target of selection.targets) {
      targets.push({
        ...target,
        provider: provider.provider,
        instance: provider.instance,
      });
    }
    for (const found of selection.misconfigurations) {
      // Each instance of a vendor reads the same annotation and finds the same fault.
      if (
        !misconfigurations.some(
          known =>
            known.annotation === found.annotation &&
            known.message === found.message,
        )
      ) {
        misconfigurations.push(found);
      }
    }
  }

  const { kind } = getCompoundEntityRef(entity);
  const content = {
    entityRef,
    kind: kind.toLocaleLowerCase('en-US'),
    title,
    ownerRef: firstTarget(relations, RELATION_OWNED_BY),
    systemRef: relations.find(
      ({ type, targetRef }) =>
        type === RELATION_PART_OF && targetRef.startsWith('system:'),
    )?.targetRef,
    searchText: [entityRef, title, ...(entity.metadata.tags ?? [])]
      .join(' ')
      .toLocaleLowerCase('en-US'),
    thresholds: thresholds.overrides,
    misconfigurations,
    relations,
    targets,
  };
  return {
    ...content,
    hash: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
  };
}

function firstTarget(
  relations: { type: string; targetRef: string }[],
  type: string,
): string | undefined {
  return relations.find(relation => relation.type === type)?.targetRef;
}
