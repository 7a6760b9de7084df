import { Entity } from '@backstage/catalog-model';
import {
  parseAnnotationList,
  SignalKind,
  SUPABASE_PROJECT_REF_ANNOTATION,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  EntitySelection,
  plainText,
  targetKey,
} from '@watchkeeper/backstage-plugin-observability-node';

/** What every target of Supabase gives. */
export const SUPABASE_KINDS: SignalKind[] = ['database'];

/** The annotations that name targets. */
export const SUPABASE_ANNOTATIONS = [SUPABASE_PROJECT_REF_ANNOTATION];

const REFERENCE = /^[a-z]{20}$/;

/** Whether a text can be the reference of a project. */
export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

/** What the annotation of an entity names in one instance, of so many. */
export function selectTargets(
  entity: Entity,
  options: { instances: number },
): EntitySelection {
  const value: unknown =
    entity.metadata.annotations?.[SUPABASE_PROJECT_REF_ANNOTATION];
  const selection: EntitySelection = { targets: [], misconfigurations: [] };
  if (value === undefined || value === null) return selection;

  const misconfigured = (message: string) => {
    selection.misconfigurations.push({
      annotation: SUPABASE_PROJECT_REF_ANNOTATION,
      message,
    });
  };
  const entries = typeof value === 'string' ? parseAnnotationList(value) : [];
  if (entries.length === 0) {
    misconfigured(
      'It names no project: expected the reference of a Supabase project, or several separated by commas',
    );
  }
  const references = new Set<string>();
  for (const entry of entries) {
    const reference = entry.toLocaleLowerCase('en');
    if (isReference(reference)) {
      references.add(reference);
    } else {
      misconfigured(
        `"${plainText(
          entry,
          100,
        )}" cannot be read: expected the reference of a Supabase project, the twenty letters in its address`,
      );
    }
  }
  for (const reference of references) {
    selection.targets.push({
      key: targetKey(reference),
      kinds: SUPABASE_KINDS,
      candidate: options.instances > 1,
    });
  }
  return selection;
}
