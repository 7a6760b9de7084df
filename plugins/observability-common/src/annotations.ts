/** Sentry projects: `slug` or `org/slug`, comma list.
 * @public */
export const SENTRY_PROJECT_SLUG_ANNOTATION = 'sentry.io/project-slug';
/** Limits the issues of the entity's Sentry projects: environment names, comma list.
 * @public */
export const SENTRY_ENVIRONMENT_ANNOTATION = 'sentry.io/environment';
/** This entity's own thresholds: a JSON object from metric to `{ warning, critical, for }`.
 * @public */
export const THRESHOLDS_ANNOTATION = 'watchkeeper.io/thresholds';

/**
 * The entries of a comma list, without the white space around them, without
 * empty ones, each once.
 *
 * @public
 */
export function parseAnnotationList(value: string | undefined): string[] {
  const entries = (value ?? '')
    .split(',')
    .map(entry => entry.trim())
    .filter(Boolean);
  return [...new Set(entries)];
}
