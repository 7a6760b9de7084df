import { isProviderError } from '@watchkeeper/backstage-plugin-observability-node';

/** A part of Sentry's API that was replaced, while older installations still have only what it was before. */
export type ReplacedPart = 'errors' | 'spans' | 'series';

/** What this Sentry is known to answer to. */
export type Generations = Record<ReplacedPart, 'newer' | 'older'>;

/** What one asks when nothing is known. */
export const NEWEST: Generations = {
  errors: 'newer',
  spans: 'newer',
  series: 'newer',
};

/** How requests and errors are asked for as rows of a data set. */
export interface DataSet {
  dataset: string;
  /** The search that leaves nothing but those. */
  search: string;
}

/** Error events. */
export const ERROR_EVENTS: Record<'newer' | 'older', DataSet> = {
  newer: { dataset: 'errors', search: '' },
  older: { dataset: 'discover', search: '!event.type:transaction' },
};

/** Requests and jobs: the root spans of a service, transactions before there were spans. */
export const REQUESTS: Record<
  'newer' | 'older',
  DataSet & { p95: string; httpServer: string }
> = {
  newer: {
    dataset: 'spans',
    search: 'is_transaction:true',
    p95: 'p95(span.duration)',
    httpServer: 'span.op:http.server',
  },
  older: {
    dataset: 'discover',
    search: 'event.type:transaction',
    p95: 'p95(transaction.duration)',
    httpServer: 'transaction.op:http.server',
  },
};

/**
 * Asks in the way that worked last, and in the other where Sentry does not know
 * it: a path that is not there, or a data set that it refuses. Keeps in mind
 * what worked. When neither does, the first refusal is the one to tell.
 */
export async function askEither<T>(
  generations: Generations,
  part: ReplacedPart,
  ask: (generation: 'newer' | 'older') => Promise<T>,
): Promise<T> {
  const usual = generations[part];
  try {
    return await ask(usual);
  } catch (error) {
    if (!isUnknownToSentry(error)) throw error;
    const other = usual === 'newer' ? 'older' : 'newer';
    try {
      const answer = await ask(other);
      generations[part] = other;
      return answer;
    } catch (otherError) {
      throw isUnknownToSentry(otherError) ? error : otherError;
    }
  }
}

function isUnknownToSentry(error: unknown): boolean {
  return (
    isProviderError(error) &&
    (error.statusCode === 400 || error.statusCode === 404)
  );
}
