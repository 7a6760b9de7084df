import {
  isProviderError,
  ProviderError,
  VendorClient,
  VendorRequest,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { SentrySettings } from '../config';
import { nextCursor } from './links';

/** Rows of a list, and whether they are all. */
export interface SentryList<T> {
  rows: T[];
  complete: boolean;
}

/** A question to the organisation. */
export interface SentryRequest<T> {
  operation: string;
  /** Below the organisation. */
  path: string;
  /** The scopes of the token, for the message of a refusal. */
  needs: string;
  query: NonNullable<VendorRequest<unknown>['query']>;
  schema: z.ZodType<T>;
}

/**
 * Asks one organisation of one Sentry: follows the pages, counts the requests,
 * and says in each refusal what to do about it.
 */
export class SentryConnection {
  readonly #client: VendorClient;
  readonly #organization: string;
  readonly #settings: SentrySettings;
  readonly #signal: AbortSignal;
  #requests = 0;

  constructor(options: {
    client: VendorClient;
    organization: string;
    /** What to change when it is refused, for messages. */
    settings: SentrySettings;
    signal: AbortSignal;
  }) {
    this.#client = options.client;
    this.#organization = options.organization;
    this.#settings = options.settings;
    this.#signal = options.signal;
  }

  /** How many requests were made so far. */
  get requests(): number {
    return this.#requests;
  }

  async get<T>(request: SentryRequest<T>) {
    this.#requests += 1;
    const organization = encodeURIComponent(this.#organization);
    try {
      return await this.#client.request({
        operation: request.operation,
        path: `/api/0/organizations/${organization}/${request.path}`,
        query: request.query,
        schema: request.schema,
        signal: this.#signal,
      });
    } catch (error) {
      throw isProviderError(error) ? this.#explain(error, request) : error;
    }
  }

  /** The rows of all pages, up to so many. A page may be short of rows and yet not the last. */
  async pages<TBody, TRow>(
    request: SentryRequest<TBody> & {
      rowsOf: (body: TBody) => TRow[];
      maxPages: number;
      /** Ends the list early, after the page that it is given. */
      until?: (page: TRow[]) => boolean;
    },
  ): Promise<SentryList<TRow>> {
    const rows: TRow[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < request.maxPages; page++) {
      const { body, headers } = await this.get({
        ...request,
        query: { ...request.query, cursor },
      });
      const found = request.rowsOf(body);
      rows.push(...found);
      const next = nextCursor(headers);
      if (next === undefined || next === cursor) {
        return { rows, complete: true };
      }
      if (request.until?.(found)) break;
      cursor = next;
    }
    return { rows, complete: false };
  }

  #explain(error: ProviderError, request: SentryRequest<unknown>) {
    const { statusCode } = error;
    const { token, organization } = this.#settings;
    let message: string | undefined;
    if (statusCode === 401) {
      message = `Sentry refused the token (401) to ${request.operation}: make a new one and set it as ${token}`;
    } else if (statusCode === 403) {
      message = `Sentry forbids the token (403) to ${request.operation}: give ${token} the scope ${request.needs} and access to the projects`;
    } else if (statusCode === 404) {
      const environments = request.query.environment;
      message = Array.isArray(environments)
        ? `Sentry's organisation "${
            this.#organization
          }" has no environment ${environments.join(
            ' or ',
          )} (404): check the annotation sentry.io/environment`
        : `Sentry has no organisation "${
            this.#organization
          }" that the token can see (404): check ${organization}`;
    }
    if (!message) return error;
    // Without the cause: its message would be added to what people read.
    return new ProviderError({
      code: error.code,
      message,
      retryAt: error.retryAt,
      statusCode,
    });
  }
}
