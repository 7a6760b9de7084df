import express, {
  type ErrorRequestHandler,
  type Request,
  type Response,
  type Router,
} from 'express';
import { FixedWindowLimiter } from '../shared/rateLimiter';
import { SupabaseHttpError, supabaseFailure } from './errors';
import type { ProjectModel } from './model/ProjectModel';

/** @public */
export interface SupabaseRateLimits {
  /** Requests a minute, by token. */
  requests?: number;
  /** Epoch milliseconds; the machine's time by default. */
  now?: () => number;
}

/** What an endpoint needs to answer. */
export interface EndpointContext {
  request: Request;
  response: Response;
  projects: readonly ProjectModel[];
  query: URLSearchParams;
  nowMs: number;
}

/** The same, of an endpoint below one project. */
export interface ProjectContext extends EndpointContext {
  project: ProjectModel;
}

const WINDOW_SECONDS = 60;

/** Registers the endpoints of the Management API, each behind the limit and the token. */
export class EndpointRegistry {
  readonly #router: Router;
  readonly #token: string;
  readonly #projects: () => readonly ProjectModel[];
  readonly #now: () => number;
  readonly #limiter?: FixedWindowLimiter;
  readonly #requests: number;
  readonly #limitNow: () => number;

  constructor(options: {
    router: Router;
    token: string;
    projects: () => readonly ProjectModel[];
    now: () => number;
    rateLimits?: SupabaseRateLimits | false;
  }) {
    const { rateLimits = {} } = options;
    this.#router = options.router;
    this.#token = options.token;
    this.#projects = options.projects;
    this.#now = options.now;
    this.#requests = (rateLimits || {}).requests ?? 120;
    this.#limitNow = (rateLimits || {}).now ?? Date.now;
    if (rateLimits) {
      this.#limiter = new FixedWindowLimiter({ now: this.#limitNow });
    }
    this.#router.use(express.json());
  }

  get(path: string, handler: (context: EndpointContext) => void): void {
    this.#router.get(path, this.#guard(handler));
  }

  /** Below `/v1/projects/:ref`. */
  project(
    method: 'get' | 'post',
    path: string,
    handler: (context: ProjectContext) => void,
  ): void {
    const guarded = this.#guard(context => {
      const { ref } = context.request.params;
      if (!/^[a-z]{20}$/.test(ref)) {
        throw new SupabaseHttpError(
          400,
          'ref must be longer than or equal to 20 characters',
        );
      }
      const project = context.projects.find(other => other.ref === ref);
      if (!project) throw new SupabaseHttpError(403, 'Forbidden resource');
      if (project.state.notInPlan.some(end => path.endsWith(end))) {
        throw new SupabaseHttpError(
          402,
          'This feature is not available on the plan of the organization.',
        );
      }
      handler({ ...context, project });
    });
    this.#router[method](`/v1/projects/:ref${path}`, guarded);
  }

  /** What is no endpoint, and what went wrong in one. */
  finish(): void {
    this.#router.use((request, response) => {
      response
        .status(404)
        .json({ message: `Cannot ${request.method} ${request.path}` });
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
      else response.status(500).json(supabaseFailure(500, response).body);
    };
    this.#router.use(answerError);
  }

  #guard(handler: (context: EndpointContext) => void) {
    return (
      request: Request<Record<string, string>>,
      response: Response,
    ): void => {
      try {
        this.#admit(request, response);
        const [, token] = /^Bearer (\S+)$/i.exec(
          request.get('authorization') ?? '',
        ) ?? [undefined, undefined];
        if (token !== this.#token) {
          throw new SupabaseHttpError(401, 'Unauthorized');
        }
        handler({
          request,
          response,
          projects: this.#projects(),
          query: new URL(request.originalUrl, 'http://stand-in').searchParams,
          nowMs: this.#now(),
        });
      } catch (error) {
        if (!(error instanceof SupabaseHttpError)) throw error;
        response.status(error.status).json(error.body);
      }
    };
  }

  #admit(request: Request, response: Response): void {
    if (!this.#limiter) return;
    const key = request.get('authorization') ?? '';
    const taken = this.#limiter.take(key, {
      requests: this.#requests,
      windowSeconds: WINDOW_SECONDS,
      concurrent: Number.POSITIVE_INFINITY,
    });
    response.set({
      'x-ratelimit-limit': String(this.#requests),
      'x-ratelimit-remaining': String(taken.remaining),
      // Seconds that are left, not an instant.
      'x-ratelimit-reset': String(
        Math.max(1, taken.resetAtSeconds - Math.floor(this.#limitNow() / 1000)),
      ),
    });
    if (taken.refused) {
      throw new SupabaseHttpError(429, 'ThrottlerException: Too Many Requests');
    }
    response.on('close', () => this.#limiter?.release(key));
  }
}
