import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import {
  POSTGRES_ANNOTATION,
  SENTRY_PROJECT_SLUG_ANNOTATION,
  SUPABASE_PROJECT_REF_ANNOTATION,
} from '@watchkeeper/backstage-plugin-observability-common';
import { UPTIME_ANNOTATIONS } from '../healthKinds';
import { Translate } from '../shared';

const KINDS = {
  component: 'health.entityKind.component',
  api: 'health.entityKind.api',
  resource: 'health.entityKind.resource',
  system: 'health.entityKind.system',
  domain: 'health.entityKind.domain',
  group: 'health.entityKind.group',
} as const;

const SOURCE_ANNOTATIONS = [
  SENTRY_PROJECT_SLUG_ANNOTATION,
  ...UPTIME_ANNOTATIONS,
  SUPABASE_PROJECT_REF_ANNOTATION,
  POSTGRES_ANNOTATION,
];

function isKnownKind(kind: string): kind is keyof typeof KINDS {
  return kind in KINDS;
}

/** The word for the kind of an entity, within a sentence. */
export function kindWord(entity: Entity, t: Translate): string {
  const kind = entity.kind.toLocaleLowerCase('en');
  return t(isKnownKind(kind) ? KINDS[kind] : 'health.entityKind.other');
}

/** Who owns an entity, as a reference. */
export function ownerOf(entity: Entity): string | undefined {
  return entity.relations?.find(relation => relation.type === RELATION_OWNED_BY)
    ?.targetRef;
}

/** Where the entity's file can be edited. */
export function editUrlOf(entity: Entity): string | undefined {
  return entity.metadata.annotations?.['backstage.io/edit-url'];
}

/** The name of the file that describes an entity. */
export function fileNameOf(entity: Entity): string {
  const location =
    entity.metadata.annotations?.['backstage.io/managed-by-location'] ?? '';
  return (
    /([^/:?#]+\.ya?ml)(?:[?#]|$)/.exec(location)?.[1] ?? 'catalog-info.yaml'
  );
}

/** Whether an entity says where its health is to be read. */
export function namesSource(entity: Entity): boolean {
  return SOURCE_ANNOTATIONS.some(annotation =>
    entity.metadata.annotations?.[annotation]?.trim(),
  );
}
