import type { Response } from 'express';

/** An answer other than a success, in the vendor's form. */
export class SupabaseHttpError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, message: string) {
    super(`${status}`);
    this.status = status;
    this.body = { message };
  }

  /** What PostgreSQL says, as the vendor wraps it. */
  static sql(state: string, text: string) {
    return new SupabaseHttpError(
      400,
      `Failed to run sql query: ERROR:  ${state}: ${text}\nLINE 1: ...\n        ^\n`,
    );
  }
}

/** The vendor's answer to a failure, for faults of kind `status`. */
export function supabaseFailure(
  status: number,
  response: Response,
): { body: unknown } {
  if (status === 429) {
    const headers: Record<string, string> = {
      'x-ratelimit-limit': '120',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1',
    };
    for (const [name, value] of Object.entries(headers)) {
      if (!response.hasHeader(name)) response.setHeader(name, value);
    }
  }
  const messages: Record<number, string> = {
    401: 'Unauthorized',
    402: 'This feature is not available on the plan of the organization.',
    403: 'Forbidden resource',
    404: 'Not found',
    429: 'ThrottlerException: Too Many Requests',
  };
  const usual =
    status >= 500 ? 'Failed to answer the request' : 'Invalid request';
  return { body: { message: messages[status] ?? usual } };
}
