import { ResponseError } from '@backstage/errors';

/** The error that an answer of the back end with this status becomes. */
export function failure(status: number): Promise<ResponseError> {
  return ResponseError.fromResponse(new Response('{}', { status }));
}
