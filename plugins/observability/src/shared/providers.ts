const NAMES: Record<string, string> = {
  sentry: 'Sentry',
  uptimerobot: 'UptimeRobot',
  supabase: 'Supabase',
  pagerduty: 'PagerDuty',
  postgres: 'PostgreSQL',
  'http-checks': 'HTTP checks',
};

/** The name under which people know a source; names are the same in all languages. */
export function providerName(provider: string): string {
  return NAMES[provider] ?? provider;
}
