import type { RequestHandler, Response } from 'express';

const FAULT_KINDS = [
  'status',
  'delay',
  'hang',
  'cut-off',
  'html',
  'malformed',
  'reset',
  'redirect',
] as const;

/** @public */
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * What goes wrong.
 *
 * - `status`: an answer with that status; the body is the vendor's usual one.
 * - `delay`: the true answer, later.
 * - `hang`: no answer at all.
 * - `cut-off`: the connection ends in the middle of the true answer.
 * - `html`: a page instead of data, as from a proxy or a sign-in screen.
 * - `malformed`: the true answer, broken so that it is not JSON.
 * - `reset`: the connection is reset before anything is sent.
 * - `redirect`: to `location`.
 *
 * @public
 */
export interface Fault {
  kind: FaultKind;
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
  location?: string;
}

/** @public */
export interface FaultRule {
  match?: {
    method?: string;
    /** Part of the path with its query, or a pattern; as text `/…/` is a pattern. */
    path?: string | RegExp;
    /** After so many matches the rule is used up. */
    times?: number;
  };
  fault: Fault;
}

/** What a vendor says when it fails with a status. */
export type VendorFailure = (
  status: number,
  response: Response,
) => { body: unknown; contentType?: string };

const HTML_PAGE = `<!DOCTYPE html>
<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>
`;

/** The faults in force. The newest rule that matches a request wins. */
export class FaultInjector {
  readonly #vendorFailure: VendorFailure;
  #rules: { rule: FaultRule; pattern?: RegExp; left: number }[] = [];

  constructor(vendorFailure: VendorFailure) {
    this.#vendorFailure = vendorFailure;
  }

  /** Newest first; a pattern is shown as text, as JSON has none. */
  get rules(): FaultRule[] {
    return this.#rules.map(({ rule: { match, fault } }) => ({
      ...(match
        ? {
            match: {
              ...match,
              ...(match.path ? { path: `${match.path}` } : {}),
            },
          }
        : {}),
      fault,
    }));
  }

  add(rule: FaultRule): void {
    if (!FAULT_KINDS.includes(rule.fault?.kind)) {
      throw new Error(`A fault's kind is one of ${FAULT_KINDS.join(', ')}`);
    }
    const path = rule.match?.path;
    this.#rules.unshift({
      rule,
      pattern: toPattern(path),
      left: rule.match?.times ?? Number.POSITIVE_INFINITY,
    });
  }

  clear(): void {
    this.#rules = [];
  }

  middleware(): RequestHandler {
    return (request, response, next) => {
      const entry = this.#rules.find(({ rule, pattern }) => {
        const { method, path } = rule.match ?? {};
        if (method && method.toUpperCase() !== request.method) return false;
        if (pattern) return pattern.test(request.originalUrl);
        return typeof path !== 'string' || request.originalUrl.includes(path);
      });
      if (!entry) {
        next();
        return;
      }
      entry.left -= 1;
      if (entry.left <= 0) {
        this.#rules = this.#rules.filter(other => other !== entry);
      }
      this.#apply(entry.rule.fault, response, next);
    };
  }

  #apply(fault: Fault, response: Response, next: () => void): void {
    for (const [name, value] of Object.entries(fault.headers ?? {})) {
      response.setHeader(name, value);
    }
    switch (fault.kind) {
      case 'hang':
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'delay': {
        delayEnd(response, fault.delayMs ?? 1000);
        next();
        return;
      }
      case 'redirect':
        response
          .status(fault.status ?? 302)
          .setHeader('Location', fault.location ?? '/auth/login/')
          .end();
        return;
      case 'html':
        response
          .status(fault.status ?? 200)
          .type('html')
          .send(typeof fault.body === 'string' ? fault.body : HTML_PAGE);
        return;
      case 'status': {
        const status = fault.status ?? 500;
        const failure = this.#vendorFailure(status, response);
        const body = fault.body === undefined ? failure.body : fault.body;
        if (failure.contentType) response.type(failure.contentType);
        else if (typeof body !== 'string') response.type('json');
        response
          .status(status)
          .end(typeof body === 'string' ? body : JSON.stringify(body));
        return;
      }
      case 'cut-off':
      case 'malformed':
        response.json = body => breakBody(fault, response, body);
        next();
        return;
      default:
        throw new Error(`Unknown kind of fault '${String(fault.kind)}'`);
    }
  }
}

/** The answer is ready at once and held back, so that it counts as running. */
function delayEnd(response: Response, delayMs: number): void {
  const end = response.end.bind(response) as (...given: unknown[]) => Response;
  response.end = (...given: unknown[]) => {
    const timer = setTimeout(() => end(...given), delayMs);
    response.on('close', () => clearTimeout(timer));
    return response;
  };
}

function breakBody(fault: Fault, response: Response, body: unknown): Response {
  const text =
    typeof fault.body === 'string' ? fault.body : JSON.stringify(body);
  const half = text.slice(0, Math.ceil(text.length / 2));
  response.type('json');
  if (fault.kind === 'malformed') {
    return response.end(typeof fault.body === 'string' ? text : half);
  }
  response.setHeader('Content-Length', Buffer.byteLength(text) + 1);
  response.write(half, () => response.socket?.destroy());
  return response;
}

function toPattern(path: string | RegExp | undefined): RegExp | undefined {
  if (path instanceof RegExp) return new RegExp(path.source, path.flags);
  const quoted = /^\/(.+)\/([a-z]*)$/.exec(path ?? '');
  // A path such as /api/0/ looks like a pattern too, and means itself.
  if (!quoted || /^[\w/{}-]*$/.test(quoted[1])) return undefined;
  return new RegExp(quoted[1], quoted[2].replace('g', ''));
}
