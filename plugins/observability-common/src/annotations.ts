/** Sentry projects: `slug` or `org/slug`, comma list.
 * @public */
export const SENTRY_PROJECT_SLUG_ANNOTATION = 'sentry.io/project-slug';
/** Limits the issues of the entity's Sentry projects: environment names, comma list.
 * @public */
export const SENTRY_ENVIRONMENT_ANNOTATION = 'sentry.io/environment';
/** This entity's own thresholds: a JSON object from metric to `{ warning, critical, for }`.
 * @public */
export const THRESHOLDS_ANNOTATION = 'watchkeeper.io/thresholds';
/** UptimeRobot monitors: ids, or `apiKey=<instance>,monitors=<id>+<id>;…`.
 * @public */
export const UPTIMEROBOT_MONITORS_ANNOTATION = 'uptimerobot.com/monitors';
/** UptimeRobot monitors as the community plugin names them: `true`, a name, or `false`.
 * @public */
export const UPTIMEROBOT_NAME_ANNOTATION = 'backstage.io/uptimerobot';
/** UptimeRobot monitors as the community plugin names them: the URL that is checked.
 * @public */
export const UPTIMEROBOT_URL_ANNOTATION =
  'backstage.io/uptimerobot-monitor-url';
/** Supabase projects: references, comma list.
 * @public */
export const SUPABASE_PROJECT_REF_ANNOTATION = 'supabase.com/project-ref';
/** PostgreSQL databases that are read directly: their names in configuration, comma list.
 * @public */
export const POSTGRES_ANNOTATION = 'watchkeeper.io/postgres';
/** Built-in HTTP checks: their names in configuration, comma list.
 * @public */
export const HTTP_CHECKS_ANNOTATION = 'watchkeeper.io/http-checks';
/** PagerDuty services that answer for it: ids, comma list.
 * @public */
export const PAGERDUTY_SERVICE_ID_ANNOTATION = 'pagerduty.com/service-id';
/** PagerDuty services that answer for it: integration keys, comma list.
 * @public */
export const PAGERDUTY_INTEGRATION_KEY_ANNOTATION =
  'pagerduty.com/integration-key';
/** The PagerDuty account of those services, by its name in configuration.
 * @public */
export const PAGERDUTY_ACCOUNT_ANNOTATION = 'pagerduty.com/account';
/** On-call schedules: their names, comma list.
 * @public */
export const ON_CALL_ANNOTATION = 'watchkeeper.io/on-call';
/** Runbooks: `dir:./docs/runbooks`, URL or URL glob, comma list.
 * @public */
export const RUNBOOKS_ANNOTATION = 'watchkeeper.io/runbooks';
/** Postmortems that are kept as files: `dir:./docs/postmortems`, URL or URL glob, comma list.
 * @public */
export const POSTMORTEMS_ANNOTATION = 'watchkeeper.io/postmortems';

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
