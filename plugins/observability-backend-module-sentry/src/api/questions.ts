import { SentryRequest } from './SentryConnection';

/** What a question is limited to. */
export interface SentryScope {
  /** `all`: every project that the token can read. */
  projectIds: readonly string[] | 'all';
  /** None: all of them. */
  environments: readonly string[];
}

/** A span of time: so much until now, or between two instants. */
export type SentryWindow = { statsPeriod: string } | { start: Date; end: Date };

type Query = SentryRequest<unknown>['query'];

export function scopeQuery({ projectIds, environments }: SentryScope): Query {
  return {
    project: projectIds === 'all' ? ['-1'] : [...projectIds],
    environment: environments.length > 0 ? [...environments] : undefined,
  };
}

export function windowQuery(window: SentryWindow): Query {
  if ('statsPeriod' in window) return { statsPeriod: window.statsPeriod };
  return { start: toQueryTime(window.start), end: toQueryTime(window.end) };
}

/** Without an offset Sentry takes an instant as UTC. */
export function toQueryTime(instant: Date): string {
  return instant.toISOString().replace('Z', '');
}
