import {
  Entity,
  getCompoundEntityRef,
  RELATION_CHILD_OF,
  RELATION_CONSUMES_API,
  RELATION_DEPENDS_ON,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  parseThresholdsAnnotation,
  THRESHOLDS_ANNOTATION,
  ThresholdOverrides,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  EntitySelection,
  Provider,
  TargetSelection,
} from '@watchkeeper/backstage-plugin-observability-node';
import { createHash } from 'node:crypto';
import { toStorable } from '../database/database';
import {
  RunbookLocation,
  runbookLocationsOf,
} from '../runbooks/sources/runbookLocations';

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
  runbookLocations: RunbookLocation[];
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
  'metadata.links',
  'spec.type',
  'relations',
];

/** As long as the columns are. A reference of an entity that exists is shorter. */
const LONGEST_REFERENCE = 512;
const LONGEST_TARGET_KEY = 512;

const KEPT_RELATIONS = new Set([
  RELATION_CONSUMES_API,
  RELATION_DEPENDS_ON,
  RELATION_PART_OF,
  RELATION_OWNED_BY,
  RELATION_CHILD_OF,
  RELATION_PROVIDES_API,
]);

/** A provider that could not say what an entity means to it: a fault of its module. */
export interface SelectFailure {
  provider: Provider;
  error: unknown;
}

/** Turns an entity of the catalog into what the plugin keeps of it. Pure. */
export function indexEntity(
  entity: Entity,
  providers: readonly Provider[],
): { indexed: IndexedEntity; failure?: SelectFailure } {
  const entityRef = stringifyEntityRef(entity);
  const relations = (entity.relations ?? [])
    .filter(
      relation =>
        KEPT_RELATIONS.has(relation.type) &&
        isStorable(relation.targetRef, LONGEST_REFERENCE),
    )
    .map(({ type, targetRef }) => ({ type, targetRef }));
  const title = toStorable(entity.metadata.title ?? entity.metadata.name);

  const thresholds = parseThresholdsAnnotation(
    entity.metadata.annotations?.[THRESHOLDS_ANNOTATION],
  );
  const misconfigurations: EntitySelection['misconfigurations'] =
    thresholds.problems.map(message => ({
      annotation: THRESHOLDS_ANNOTATION,
      message,
    }));

  const runbooks = runbookLocationsOf(entity);
  misconfigurations.push(...runbooks.misconfigurations);

  const targets: EntityTarget[] = [];
  let failure: SelectFailure | undefined;
  for (const provider of providers) {
    let selection: EntitySelection;
    try {
      selection = select(provider, entity);
    } catch (error) {
      failure = { provider, error };
      selection = {
        targets: [],
        misconfigurations: [failureOf(provider)],
      };
    }
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
    searchText: toStorable(
      [entityRef, title, ...(entity.metadata.tags ?? [])].join(' '),
    ).toLocaleLowerCase('en-US'),
    thresholds: thresholds.overrides,
    misconfigurations,
    relations,
    targets,
    runbookLocations: runbooks.locations,
  };
  return {
    indexed: {
      ...content,
      hash: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
    },
    failure,
  };
}

/** What the provider selects, without targets that cannot be kept. */
function select(provider: Provider, entity: Entity): EntitySelection {
  const { targets, misconfigurations } = provider.select(entity);
  const kept = targets.filter(({ key }) => isStorable(key, LONGEST_TARGET_KEY));
  if (kept.length === targets.length) {
    return { targets, misconfigurations };
  }
  return {
    targets: kept,
    misconfigurations: [
      ...misconfigurations,
      {
        annotation: annotationOf(provider),
        message: `What it names is longer than ${LONGEST_TARGET_KEY} characters, or has characters that cannot be kept; it is not read`,
      },
    ],
  };
}

function failureOf(provider: Provider) {
  return {
    annotation: annotationOf(provider),
    message: `The ${provider.title} module failed on it; the portal's log says why`,
  };
}

function annotationOf(provider: Provider): string {
  return provider.annotations[0] ?? provider.title;
}

function isStorable(text: string, longest: number): boolean {
  return text.length <= longest && toStorable(text) === text;
}

function firstTarget(
  relations: { type: string; targetRef: string }[],
  type: string,
): string | undefined {
  return relations.find(relation => relation.type === type)?.targetRef;
}
