import express, {
  type ErrorRequestHandler,
  type Request,
  type Response,
  type Router,
} from 'express';
import { sendFailure, uptimeRobotFailure, V2Failure, V3Error } from './errors';
import { findKey, type Key } from './keys';
import type { AccountModel } from './model/AccountModel';
import { RollingLimiter } from './RollingLimiter';

/** What an endpoint of the newer generation needs to answer. */
export interface V3Context {
  request: Request<Record<string, string>>;
  response: Response;
  account: AccountModel;
  query: URLSearchParams;
  /** The address that was asked, for links. */
  url: URL;
  nowMs: number;
}

/** What a method of the older generation needs to answer. */
export interface V2Context {
  response: Response;
  account: AccountModel;
  parameters: Record<string, unknown>;
  key: Key;
  nowMs: number;
}

/**
 * Which keys a generation of the API takes.
 *
 * @public
 */
export type AcceptedKeys = 'all' | 'none';

/** Registers endpoints of both generations, each behind the limit and the key. */
export class EndpointRegistry {
  readonly #router: Router;
  readonly #account: AccountModel;
  readonly #now: () => number;
  readonly #v3Keys: AcceptedKeys;
  readonly #v2Keys: AcceptedKeys;
  readonly #limit: number;
  readonly #limiter?: RollingLimiter;

  constructor(options: {
    router: Router;
    account: AccountModel;
    now: () => number;
    v3Keys: AcceptedKeys;
    v2Keys: AcceptedKeys;
    rateLimit: number | false;
    rateLimitNow?: () => number;
  }) {
    this.#router = options.router;
    this.#account = options.account;
    this.#now = options.now;
    this.#v3Keys = options.v3Keys;
    this.#v2Keys = options.v2Keys;
    this.#limit = options.rateLimit || 0;
    if (options.rateLimit !== false) {
      this.#limiter = new RollingLimiter({
        limit: options.rateLimit,
        now: options.rateLimitNow,
      });
    }
    this.#router.use(express.urlencoded({ extended: false }), express.json());
  }

  /** Below `/v3`. */
  v3(path: string, handler: (context: V3Context) => void): void {
    this.#router.get(
      `/v3${path}`,
      (request: Request<Record<string, string>>, response, next) => {
        try {
          const [, token] =
            /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
          if (!this.#admit(token ?? `${request.ip}`, response)) return;
          if (!token) throw V3Error.noToken();
          const key = findKey(token, this.#account);
          if (!key || key.kind === 'monitor' || this.#v3Keys === 'none') {
            throw V3Error.wrongToken();
          }
          const url = new URL(
            request.originalUrl,
            `${request.protocol}://${request.get('host')}`,
          );
          handler({
            request,
            response,
            account: this.#account,
            query: url.searchParams,
            url,
            nowMs: this.#now(),
          });
        } catch (error) {
          if (error instanceof V3Error) {
            sendFailure(response, error.status, error.body);
          } else next(error);
        }
      },
    );
  }

  /** A method of the older generation, such as `getMonitors`. */
  v2(name: string, handler: (context: V2Context) => void): void {
    this.#router.post(`/v2/${name}`, (request, response, next) => {
      try {
        const parameters: Record<string, unknown> = Object(request.body);
        const passed = String(parameters.api_key ?? '');
        if (!this.#admit(passed || `${request.ip}`, response)) return;
        if (parameters.format !== 'json') {
          // The vendor's default, which nobody here reads.
          response
            .type('text/xml')
            .end('<?xml version="1.0" encoding="utf-8"?><response/>\n');
          return;
        }
        if (!passed) throw V2Failure.missingKey();
        const key = findKey(passed, this.#account);
        if (!key || this.#v2Keys === 'none') throw V2Failure.wrongKey(passed);
        handler({
          response,
          account: this.#account,
          parameters,
          key,
          nowMs: this.#now(),
        });
      } catch (error) {
        if (error instanceof V2Failure) response.json(error.body);
        else next(error);
      }
    });
  }

  /** What is no endpoint, and what went wrong in one. */
  finish(): void {
    this.#router.use((request, response) => {
      response.status(404).json({
        message: `Cannot ${request.method} ${request.path}`,
        error: 'Not Found',
        statusCode: 404,
      });
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
      else response.status(500).json(uptimeRobotFailure(500, response).body);
    };
    this.#router.use(answerError);
  }

  #admit(key: string, response: Response): boolean {
    if (!this.#limiter) return true;
    const taken = this.#limiter.take(key);
    response.set({
      'X-RateLimit-Limit': String(this.#limit),
      'X-RateLimit-Remaining': String(taken.remaining),
      'X-RateLimit-Reset': String(taken.resetAtSeconds),
    });
    if (!taken.isRefused) return true;
    response
      .status(429)
      .set('Retry-After', String(taken.retryAfterSeconds))
      .json({ message: 'Too Many Requests' });
    return false;
  }
}
