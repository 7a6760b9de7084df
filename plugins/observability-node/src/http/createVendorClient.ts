import type { LoggerService } from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { Dispatcher } from 'undici';
import { ProviderError } from '../ProviderError';
import { HttpAttempts } from './HttpAttempts';
import { RateLimiterPausedError, type RateLimiter } from './RateLimiter';
import type {
  VendorClient,
  VendorRequest,
  VendorResponse,
} from './VendorClient';
import { pausedFailure, type Failure } from './failures';
import type { RateLimitReader } from './rateLimits';
import { redact, secretsOfHeaders } from './redact';
import { sleep as defaultSleep, type Sleep } from './sleep';
import { parseBaseUrl } from './vendorUrl';

/** @public */
export interface VendorClientOptions {
  /** The vendor: `sentry`. */
  provider: string;
  /** The instance's name in configuration. */
  instance: string;
  /** Where the API is; a path in it is kept. Nothing else is ever asked. */
  baseUrl: string;
  /** What goes along with every request: authorization. */
  headers?: () => Record<string, string>;
  /** For one attempt as a whole, with its redirects and its body. Default: 15 s. */
  timeoutMs?: number;
  /** Default: 10 MB. */
  maximumResponseBytes?: number;
  /** How often a request is sent again after a failure that passes. Default: 2. */
  retries?: number;
  /** One a host and token: see `sharedLimiter`. */
  limiter: RateLimiter;
  /** The vendor's own way to tell its limits; `Retry-After` is always read. */
  rateLimit?: RateLimitReader;
  /**
   * Picks the sentence from an error's body that may be shown. Default:
   * {@link readErrorDetail}.
   */
  errorMessage?: (status: number, text: string) => string | undefined;
  logger: LoggerService;
  metrics?: MetricsService;
  /** Secrets that never occur in a message; those in `headers` are known. */
  redact?: string[];
  /** Default: the proxies of the environment. */
  dispatcher?: Dispatcher;
  now?: () => Date;
  sleep?: Sleep;
}

/** Nobody waits for a vendor for longer than this; `retryAt` tells when it is due. */
const LONGEST_WAIT_MS = 10_000;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 5_000;

class DefaultVendorClient implements VendorClient {
  readonly #options: VendorClientOptions;
  readonly #host: string;
  readonly #attempts: HttpAttempts;
  readonly #retries: number;
  readonly #now: () => Date;
  readonly #sleep: Sleep;

  constructor(options: VendorClientOptions) {
    const baseUrl = parseBaseUrl(options.baseUrl);
    this.#options = options;
    this.#host = baseUrl.host;
    this.#retries = options.retries ?? 2;
    this.#now = options.now ?? (() => new Date());
    this.#sleep = options.sleep ?? defaultSleep;
    this.#attempts = new HttpAttempts({ ...options, baseUrl, now: this.#now });
  }

  /**
   * No library does the retries: each that could be loaded here waits without
   * heeding the signal (cockatiel), resumes bodies by range (undici), or holds
   * the turn at the limiter while it waits.
   */
  async request<T>(request: VendorRequest<T>): Promise<VendorResponse<T>> {
    const { signal } = request;
    for (let attempt = 0; ; attempt += 1) {
      signal?.throwIfAborted();
      const outcome = await this.#attemptInTurn(request);
      signal?.throwIfAborted();
      if ('response' in outcome) return outcome.response;

      const { failure } = outcome;
      const delayMs =
        attempt < this.#retries && this.#mayRepeat(request, failure)
          ? this.#delayMs(attempt, failure)
          : undefined;
      if (delayMs === undefined) throw this.#toError(failure);
      await this.#sleep(delayMs, signal);
    }
  }

  async #attemptInTurn<T>(
    request: VendorRequest<T>,
  ): Promise<{ response: VendorResponse<T> } | { failure: Failure }> {
    const { signal, operation } = request;
    try {
      return await this.#options.limiter.run(
        () => this.#attempts.send(request),
        { signal, maximumWaitMs: LONGEST_WAIT_MS },
      );
    } catch (error) {
      if (error instanceof RateLimiterPausedError) {
        const asked = { host: this.#host, operation };
        return { failure: pausedFailure(asked, error.until) };
      }
      throw error;
    }
  }

  #mayRepeat(request: VendorRequest<unknown>, failure: Failure): boolean {
    if (failure.transient === 'any') return true;
    const idempotent =
      request.idempotent ?? (request.method ?? 'GET') === 'GET';
    return failure.transient === 'idempotent' && idempotent;
  }

  /** How long to wait before the next attempt; `undefined` when that is too long. */
  #delayMs(attempt: number, failure: Failure): number | undefined {
    const jitterMs =
      Math.random() *
      Math.min(FIRST_BACKOFF_MS * 2 ** attempt, LONGEST_BACKOFF_MS);
    const dueMs = failure.retryAt
      ? failure.retryAt.getTime() - this.#now().getTime()
      : 0;
    if (dueMs > LONGEST_WAIT_MS) return undefined;
    return Math.max(dueMs, 0) + jitterMs;
  }

  #toError(failure: Failure): ProviderError {
    const { code, message, retryAt, statusCode } = failure;
    return new ProviderError({
      code,
      message: redact(message, [
        ...(this.#options.redact ?? []),
        ...secretsOfHeaders(this.#options.headers?.() ?? {}),
      ]),
      retryAt,
      statusCode,
    });
  }
}

/**
 * The client of one instance of a vendor.
 *
 * @remarks
 *
 * A request waits for its turn at the limiter, is sent, and gives up after
 * `timeoutMs`. A failure that passes by itself (no connection, a cut-off answer,
 * 408, 5xx) is sent again where that changes nothing, 429 always, after an
 * exponential backoff with full jitter, and not before the vendor said. When
 * that is too far away the request fails at once with `retryAt`.
 *
 * Failures are `ProviderError`s. Their messages hold the host, the operation,
 * the status and at most one sentence of the vendor, never a secret or a body.
 * Only the caller's own signal ends a request with something else: its reason.
 *
 * @public
 */
export function createVendorClient(options: VendorClientOptions): VendorClient {
  return new DefaultVendorClient(options);
}
