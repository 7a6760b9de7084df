import type { ErrorRequestHandler, Request, Response, Router } from 'express';
import { FixedWindowLimiter } from '../shared/rateLimiter';
import { SentryHttpError, sentryFailure } from './errors';
import type { SentryModel } from './model/SentryModel';

/**
 * How the stand-in behaves: as the vendor's own service, as a current
 * installation of one's own, or as an old one.
 *
 * @public
 */
export type SentryMode = 'saas' | 'self-hosted' | 'self-hosted-old';

/** @public */
export interface SentryRateLimits {
  /** Requests a window, by caller and endpoint. */
  requests?: number;
  windowSeconds?: number;
  concurrent?: number;
  /** Epoch milliseconds; the machine's time by default. */
  now?: () => number;
}

/**
 * A token besides the main one, with less reach.
 *
 * @public
 */
export interface SentryToken {
  token: string;
  /** Such as `org:read`; all by default. */
  scopes?: string[];
  /** Slugs of the organisations that it sees; all by default. */
  organizations?: string[];
}

/** What an endpoint needs to answer. */
export interface EndpointContext {
  request: Request;
  response: Response;
  model: SentryModel;
  mode: SentryMode;
  /** Where the stand-in is found, without a slash at the end. */
  baseUrl: string;
  query: URLSearchParams;
  now: number;
  token: SentryToken;
}

export type EndpointHandler = (context: EndpointContext) => void;

/** Registers endpoints, each behind its limit, the token and its scopes. */
export class EndpointRegistry {
  readonly #router: Router;
  readonly #tokens: SentryToken[];
  readonly #model: SentryModel;
  readonly #mode: SentryMode;
  readonly #now: () => number;
  readonly #limiter: FixedWindowLimiter | undefined;
  readonly #limit: {
    requests: number;
    windowSeconds: number;
    concurrent: number;
  };

  constructor(options: {
    router: Router;
    tokens: SentryToken[];
    model: SentryModel;
    mode: SentryMode;
    now: () => number;
    rateLimits?: SentryRateLimits | false;
  }) {
    const { rateLimits = {} } = options;
    this.#router = options.router;
    this.#tokens = options.tokens;
    this.#model = options.model;
    this.#mode = options.mode;
    this.#now = options.now;
    // An installation of one's own has no limits and sends no such headers.
    if (rateLimits && options.mode === 'saas') {
      this.#limiter = new FixedWindowLimiter({ now: rateLimits.now });
    }
    this.#limit = {
      requests: 40,
      windowSeconds: 1,
      concurrent: 25,
      ...(rateLimits || {}),
    };
  }

  get(path: string, scopes: string[], handler: EndpointHandler): void {
    this.#router.get(`/api/0${path}`, (request, response, next) => {
      try {
        if (!this.#admit(`GET ${path}`, request, response)) return;
        const token = this.#authenticate(request);
        if (
          scopes.length > 0 &&
          token.scopes &&
          !token.scopes.some(scope => scopes.includes(scope))
        ) {
          throw SentryHttpError.forbidden();
        }
        const origin = `${request.protocol}://${request.get('host')}`;
        handler({
          request,
          response,
          model: this.#model,
          mode: this.#mode,
          baseUrl: `${origin}${request.baseUrl}`,
          query: new URL(request.originalUrl, origin).searchParams,
          now: this.#now(),
          token,
        });
      } catch (error) {
        if (error instanceof SentryHttpError) {
          response.status(error.status).json(error.body);
        } else next(error);
      }
    });
  }

  /** What is no endpoint, and what went wrong in one. */
  finish(): void {
    this.#router.use((request, response) => {
      if (request.path.startsWith('/api/0') && !request.path.endsWith('/')) {
        const suggestion = `try: ${request.path}/`;
        response
          .status(404)
          .type('text')
          .end(
            `Route not found, did you forget a trailing slash?\n\n${suggestion}\n`,
          );
        return;
      }
      response
        .status(404)
        .json({ detail: 'The requested resource does not exist' });
    });
    const answerError: ErrorRequestHandler = (
      error,
      _request,
      response,
      next,
    ) => {
      // A mistake of the stand-in's own, not one that was asked for.
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      if (response.headersSent) next(error);
      else response.status(500).json(sentryFailure(500, response).body);
    };
    this.#router.use(answerError);
  }

  #admit(endpoint: string, request: Request, response: Response): boolean {
    if (!this.#limiter) return true;
    const key = `${request.get('authorization') ?? request.ip} ${endpoint}`;
    const { requests, windowSeconds, concurrent } = this.#limit;
    const taken = this.#limiter.take(key, this.#limit);
    response.set({
      'X-Sentry-Rate-Limit-Limit': String(requests),
      'X-Sentry-Rate-Limit-Remaining': String(taken.remaining),
      'X-Sentry-Rate-Limit-Reset': String(taken.resetAtSeconds),
      'X-Sentry-Rate-Limit-ConcurrentLimit': String(concurrent),
      'X-Sentry-Rate-Limit-ConcurrentRemaining': String(
        taken.concurrentRemaining,
      ),
    });
    if (!taken.refused) {
      response.on('close', () => this.#limiter?.release(key));
      return true;
    }
    // The vendor's middleware answers JSON as text/html, without Retry-After.
    response
      .status(429)
      .type('text/html; charset=utf-8')
      .end(
        JSON.stringify({
          detail:
            taken.refused === 'rate'
              ? `You are attempting to use this endpoint too frequently. Limit is ${requests} requests in ${windowSeconds} seconds`
              : `You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is ${concurrent}`,
        }),
      );
    return false;
  }

  #authenticate(request: Request): SentryToken {
    const [scheme, ...rest] = (request.get('authorization') ?? '')
      .trim()
      .split(/\s+/);
    if (scheme.toLowerCase() !== 'bearer') {
      throw new SentryHttpError(
        401,
        'Authentication credentials were not provided.',
      );
    }
    if (rest.length === 0) {
      throw new SentryHttpError(
        401,
        'Invalid token header. No credentials provided.',
      );
    }
    if (rest.length > 1) {
      throw new SentryHttpError(
        401,
        'Invalid token header. Token string should not contain spaces.',
      );
    }
    const token = this.#tokens.find(other => other.token === rest[0]);
    if (!token) throw new SentryHttpError(401, 'Invalid token');
    return token;
  }
}
