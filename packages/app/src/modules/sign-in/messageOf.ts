import { ResponseError } from '@backstage/errors';

/** What the back end says, rather than that a request failed. */
export function messageOf(error: unknown): string {
  if (error instanceof ResponseError) {
    return error.body.error.message;
  }
  return error instanceof Error ? error.message : String(error);
}
