import { Entity } from '@backstage/catalog-model';
import {
  parseAnnotationList,
  SENTRY_ENVIRONMENT_ANNOTATION,
  SENTRY_PROJECT_SLUG_ANNOTATION,
  SignalKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  EntitySelection,
  plainText,
  targetKey,
  TargetSelection,
} from '@watchkeeper/backstage-plugin-observability-node';

/** What every target of Sentry gives. */
export const SENTRY_KINDS: SignalKind[] = ['errors', 'performance', 'releases'];

/** The annotations that name targets. */
export const SENTRY_ANNOTATIONS = [
  SENTRY_PROJECT_SLUG_ANNOTATION,
  SENTRY_ENVIRONMENT_ANNOTATION,
];

/** What Sentry allows in the slug of an organisation or a project; ids are digits. */
const SLUG = /^[a-z0-9_-]{1,100}$/i;
// An environment of Sentry has no slash and no line break.
const ENVIRONMENT = /^[^/\p{Cc}\p{Cs}]{1,64}$/u;

/** What an instance has to know of itself and of its siblings to select. */
export interface SelectOptions {
  organization: string;
  /**
   * The organisations of all configured instances, this one's included, once
   * an instance.
   */
  organizations: readonly string[];
}

/** What the annotations of an entity name in one instance. */
export function selectTargets(
  entity: Entity,
  options: SelectOptions,
): EntitySelection {
  const annotations = entity.metadata.annotations ?? {};
  const projects: unknown = annotations[SENTRY_PROJECT_SLUG_ANNOTATION];
  const selection: EntitySelection = { targets: [], misconfigurations: [] };
  if (projects === undefined || projects === null) return selection;

  const misconfigured = (annotation: string, message: string) => {
    selection.misconfigurations.push({ annotation, message });
  };
  const entries =
    typeof projects === 'string' ? parseAnnotationList(projects) : [];
  if (entries.length === 0) {
    misconfigured(
      SENTRY_PROJECT_SLUG_ANNOTATION,
      'It names no project: expected a project slug, or organization/project, or several separated by commas',
    );
    return selection;
  }
  const environments = readEnvironments(
    annotations[SENTRY_ENVIRONMENT_ANNOTATION],
  );
  if (!environments) {
    misconfigured(
      SENTRY_ENVIRONMENT_ANNOTATION,
      'It cannot be read: expected the name of an environment in Sentry, or several separated by commas',
    );
    return selection;
  }

  const targets = new Map<string, TargetSelection>();
  for (const entry of entries) {
    const found = selectProject(entry, options);
    if ('message' in found) {
      misconfigured(SENTRY_PROJECT_SLUG_ANNOTATION, found.message);
    } else if (found.slug !== undefined) {
      const key = targetKey(
        `${normalize(options.organization)}/${found.slug}`,
        environments,
      );
      const candidate =
        found.candidate && targets.get(key)?.candidate !== false;
      targets.set(key, { key, kinds: SENTRY_KINDS, candidate });
    }
  }
  selection.targets.push(...targets.values());
  return selection;
}

/** Whether a text can be the slug of an organisation or a project. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}

/** The parts of a target's key. */
export function parseTargetKey(key: string): {
  slug: string;
  environments: string[];
} {
  const at = key.indexOf('@');
  const id = at < 0 ? key : key.slice(0, at);
  return {
    slug: id.slice(id.indexOf('/') + 1),
    environments: at < 0 ? [] : key.slice(at + 1).split(','),
  };
}

function selectProject(
  entry: string,
  options: SelectOptions,
): { slug?: string; candidate: boolean } | { message: string } {
  const parts = entry.split('/').map(part => part.trim());
  const slug = normalize(parts[parts.length - 1]);
  if (parts.length > 2 || !parts.every(isSlug)) {
    return {
      message: `"${plainText(
        entry,
        100,
      )}" cannot be read: expected a project slug such as web-app, or organization/project`,
    };
  }
  if (parts.length === 1) {
    return { slug, candidate: options.organizations.length > 1 };
  }
  const organization = normalize(parts[0]);
  const serving = options.organizations.filter(
    other => normalize(other) === organization,
  );
  if (serving.length === 0) {
    const known = [...new Set(options.organizations)].slice(0, 10).join(', ');
    return {
      message: `No Sentry instance is configured for the organisation "${parts[0]}": the configured ones are ${known}`,
    };
  }
  return normalize(options.organization) === organization
    ? { slug, candidate: serving.length > 1 }
    : { candidate: false };
}

/** The environments that are named, none for all; nothing when they cannot be read. */
function readEnvironments(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string') return undefined;
  const environments = parseAnnotationList(value);
  return environments.length > 0 &&
    environments.every(environment => ENVIRONMENT.test(environment))
    ? environments
    : undefined;
}

/** Slugs are lower case in Sentry, whatever people write. */
function normalize(slug: string): string {
  return slug.toLocaleLowerCase('en');
}
