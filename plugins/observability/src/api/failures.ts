import { ResponseError } from '@backstage/errors';
import { healthReadPermission } from '@watchkeeper/backstage-plugin-observability-common';

/** The reader lacks a permission. */
export function isForbidden(error: Error): boolean {
  return error instanceof ResponseError && error.statusCode === 403;
}

/** What was asked for is not there, or the reader may not know that it is. */
export function isNotFound(error: Error): boolean {
  return error instanceof ResponseError && error.statusCode === 404;
}

/** The failure says nothing against what was read before. */
export function isPassing(error: Error): boolean {
  return !isForbidden(error) && !isNotFound(error);
}

/** The permission whose lack forbids reading health. */
export const READ_PERMISSION = healthReadPermission.name;
