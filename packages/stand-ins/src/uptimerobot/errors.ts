import type { Response } from 'express';
import { UPTIMEROBOT_STAND_IN_KEYS } from './keys';

/** A failure of the newer generation. */
export class V3Error extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`${status}`);
    this.status = status;
    this.body = body;
  }

  static badRequest(...messages: string[]) {
    return new V3Error(400, {
      message: messages,
      error: 'Bad Request',
      statusCode: 400,
    });
  }

  static notFound(what: string) {
    return new V3Error(404, { message: `${what} not found`, code: '000-004' });
  }

  /** Plain text, unlike all the others. */
  static noToken() {
    return new V3Error(401, 'Token is required');
  }

  static wrongToken() {
    return new V3Error(401, {
      message: 'Invalid token.',
      code: 'INVALID_TOKEN',
    });
  }
}

/** A failure of the older generation, which comes with the status 200. */
export class V2Failure extends Error {
  readonly body: unknown;

  constructor(error: {
    type: string;
    parameter_name?: string;
    passed_value?: string;
    message?: string;
  }) {
    super(error.type);
    this.body = { stat: 'fail', error };
  }

  static missingKey() {
    return new V2Failure({
      type: 'missing_parameter',
      parameter_name: 'api_key',
      message: 'api_key parameter is missing.',
    });
  }

  /** It says the key again, as the vendor does. */
  static wrongKey(passed: string) {
    return V2Failure.invalid('api_key', passed, 'api_key not found.');
  }

  static invalid(name: string, passed: string, message: string) {
    return new V2Failure({
      type: 'invalid_parameter',
      parameter_name: name,
      passed_value: passed,
      message,
    });
  }

  static notAuthorized() {
    return new V2Failure({ type: 'not_authorized' });
  }
}

export function sendFailure(
  response: Response,
  status: number,
  body: unknown,
): void {
  if (typeof body === 'string') response.status(status).type('text').end(body);
  else response.status(status).json(body);
}

/** The vendor's answer to a failure, for faults of kind `status`. */
export function uptimeRobotFailure(
  status: number,
  response: Response,
): { body: unknown; contentType?: string } {
  if (status === 429) {
    const headers: Record<string, string> = {
      'Retry-After': '6',
      'X-RateLimit-Limit': '10',
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + 6),
    };
    for (const [name, value] of Object.entries(headers)) {
      if (!response.hasHeader(name)) response.setHeader(name, value);
    }
    return { body: { message: 'Too Many Requests' } };
  }
  const isOlder = response.req.originalUrl.startsWith('/v2/');
  if (isOlder && status === 401) {
    return {
      body: V2Failure.wrongKey(UPTIMEROBOT_STAND_IN_KEYS.readOnly).body,
    };
  }
  if (isOlder && status === 403) {
    return { body: V2Failure.notAuthorized().body };
  }
  if (isOlder) {
    const message = 'Internal server error.';
    return {
      body: { stat: 'fail', error: { type: 'internal_error', message } },
    };
  }
  switch (status) {
    case 401:
      return { body: V3Error.noToken().body, contentType: 'text/plain' };
    case 403:
      return { body: { message: 'Forbidden', statusCode: 403 } };
    case 404:
      return { body: V3Error.notFound('Monitor').body };
    default:
      return {
        body:
          status >= 500
            ? { statusCode: status }
            : { message: ['Invalid request'], statusCode: status },
      };
  }
}
