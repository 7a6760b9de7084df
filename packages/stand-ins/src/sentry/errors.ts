import type { Response } from 'express';
import { hexadecimal } from '../shared/random';

/** An answer other than 200, in the vendor's form. */
export class SentryHttpError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, detail: unknown) {
    super(`${status}`);
    this.status = status;
    this.body = { detail };
  }

  static badRequest(detail: string) {
    return new SentryHttpError(400, detail);
  }

  static notFound() {
    return new SentryHttpError(404, 'The requested resource does not exist');
  }

  static forbidden() {
    return new SentryHttpError(
      403,
      'You do not have permission to perform this action.',
    );
  }
}

/** The vendor's answer to a failure, for faults of kind `status`. */
export function sentryFailure(
  status: number,
  response: Response,
): { body: unknown; contentType?: string } {
  const details: Record<number, unknown> = {
    401: 'Invalid token',
    403: 'You do not have permission to perform this action.',
    404: 'The requested resource does not exist',
  };
  if (status === 429) {
    const resetAt = Math.ceil(Date.now() / 1000) + 1;
    const headers: Record<string, string> = {
      'X-Sentry-Rate-Limit-Limit': '40',
      'X-Sentry-Rate-Limit-Remaining': '0',
      'X-Sentry-Rate-Limit-Reset': String(resetAt),
      'X-Sentry-Rate-Limit-ConcurrentLimit': '25',
      'X-Sentry-Rate-Limit-ConcurrentRemaining': '24',
    };
    for (const [name, value] of Object.entries(headers)) {
      if (!response.hasHeader(name)) response.setHeader(name, value);
    }
    return {
      body: JSON.stringify({
        detail:
          'You are attempting to use this endpoint too frequently. Limit is 40 requests in 1 seconds',
      }),
      contentType: 'text/html; charset=utf-8',
    };
  }
  if (status >= 500) {
    return {
      body: { detail: 'Internal Error', errorId: hexadecimal(status, 0, 32) },
    };
  }
  return { body: { detail: details[status] ?? 'Invalid request' } };
}
