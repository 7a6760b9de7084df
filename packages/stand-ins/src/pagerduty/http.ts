import express, {
  type ErrorRequestHandler,
  type Request,
  type Response,
  type Router,
} from 'express';
import { FixedWindowLimiter } from '../shared/rateLimiter';

const PER_MINUTE = 960;
const DEFAULT_LIMIT = 25;
const MAXIMUM_LIMIT = 100;
const LAST_ROW = 10_000;

/** What PagerDuty answers when it refuses. */
export class PagerDutyError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly errors: string[] = [],
  ) {
    super(message);
  }

  get body() {
    const { message, code, errors } = this;
    return {
      error: { message, code, ...(errors.length > 0 ? { errors } : {}) },
    };
  }
}

const FAILURES: Record<number, [code: number, message: string]> = {
  401: [2006, 'The account could not be authenticated'],
  402: [2014, 'The account is missing an ability that this needs'],
  403: [2010, 'Access denied'],
  404: [2100, 'Not Found'],
  429: [2020, 'Rate Limit Exceeded'],
};

/** The usual body of a status. */
export function pagerDutyFailure(status: number): { body: unknown } {
  const [code, message] = FAILURES[status] ?? [2000, 'Internal Error'];
  return { body: new PagerDutyError(status, code, message).body };
}

export interface PagerDutyContext {
  request: Request<Record<string, string>>;
  response: Response;
  query: URLSearchParams;
  /** Whether the token may change anything. */
  mayWrite: boolean;
  nowMs: number;
}

/** Registers endpoints, each behind the limit and the token. */
export class EndpointRegistry {
  readonly #router: Router;
  readonly #options: {
    token: string;
    readOnlyToken: string;
    bearerToken: string;
    now: () => number;
    rateLimits: boolean;
  };
  readonly #limiter = new FixedWindowLimiter();

  constructor(options: {
    router: Router;
    token: string;
    readOnlyToken: string;
    bearerToken: string;
    now: () => number;
    rateLimits: boolean;
  }) {
    this.#router = options.router;
    this.#options = options;
    this.#router.use(express.json(), express.urlencoded({ extended: false }));
  }

  add(
    method: 'get' | 'post' | 'delete',
    path: string,
    handler: (context: PagerDutyContext) => void,
  ): void {
    this.#router[method](
      path,
      (request: Request<Record<string, string>>, response, next) => {
        try {
          const mayWrite = this.#authenticate(request, response);
          const url = new URL(request.originalUrl, 'http://127.0.0.1');
          handler({
            request,
            response,
            query: url.searchParams,
            mayWrite,
            nowMs: this.#options.now(),
          });
        } catch (error) {
          if (error instanceof PagerDutyError) {
            response.status(error.status).json(error.body);
          } else next(error);
        }
      },
    );
  }

  finish(): void {
    this.#router.use((_request, response) => {
      response.status(404).json(pagerDutyFailure(404).body);
    });
    const answerError: ErrorRequestHandler = (
      error,
      _request,
      response,
      next,
    ) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      if (response.headersSent) next(error);
      else response.status(500).json(pagerDutyFailure(500).body);
    };
    this.#router.use(answerError);
  }

  #authenticate(request: Request, response: Response): boolean {
    const { token, readOnlyToken, bearerToken, rateLimits } = this.#options;
    const header = request.get('authorization') ?? '';
    const [, key] = /^Token token=(\S+)$/.exec(header) ?? [];
    const [, bearer] = /^Bearer (\S+)$/.exec(header) ?? [];
    const isKnown =
      key === token || key === readOnlyToken || bearer === bearerToken;
    if (!isKnown) {
      throw new PagerDutyError(401, ...FAILURES[401]);
    }
    if (rateLimits) {
      const taken = this.#limiter.take(header, {
        requests: PER_MINUTE,
        windowSeconds: 60,
        concurrent: Number.POSITIVE_INFINITY,
      });
      response.set({
        'ratelimit-limit': String(PER_MINUTE),
        'ratelimit-remaining': String(taken.remaining),
        'ratelimit-reset': String(
          Math.max(1, Math.ceil(taken.resetAtSeconds - Date.now() / 1000)),
        ),
      });
      if (taken.refused) {
        throw new PagerDutyError(429, 2020, 'Rate Limit Exceeded');
      }
    }
    return key !== readOnlyToken;
  }
}

/** A page of a list, with what the classic pagination says of it. */
export function pageOf<T>(
  query: URLSearchParams,
  items: readonly T[],
): {
  page: T[];
  pagination: {
    limit: number;
    offset: number;
    more: boolean;
    total: number | null;
  };
} {
  const limit = Math.min(
    Number(query.get('limit') ?? DEFAULT_LIMIT) || DEFAULT_LIMIT,
    MAXIMUM_LIMIT,
  );
  const offset = Number(query.get('offset') ?? 0) || 0;
  if (offset + limit > LAST_ROW) {
    throw new PagerDutyError(400, 2002, 'Arguments Caused Error', [
      'Offset plus limit must not be beyond 10000',
    ]);
  }
  return {
    page: items.slice(offset, offset + limit),
    pagination: {
      limit,
      offset,
      more: offset + limit < items.length,
      total: query.get('total') === 'true' ? items.length : null,
    },
  };
}
