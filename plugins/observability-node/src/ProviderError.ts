import { CustomErrorBase } from '@backstage/errors';
import { ProblemCode } from '@watchkeeper/backstage-plugin-observability-common';

/**
 * Why a vendor could not be read, as a code that a person can act on.
 *
 * The message names what was asked and what to do; it never holds a secret or
 * the vendor's raw body.
 *
 * @public
 */
export class ProviderError extends CustomErrorBase {
  readonly code: ProblemCode;
  /** When the vendor said that asking again makes sense. */
  readonly retryAt?: Date;
  /** The status that the vendor answered with, where it answered. */
  readonly statusCode?: number;

  constructor(options: {
    code: ProblemCode;
    message: string;
    retryAt?: Date;
    statusCode?: number;
    cause?: unknown;
  }) {
    super(options.message, options.cause);
    this.name = 'ProviderError';
    this.code = options.code;
    this.retryAt = options.retryAt;
    this.statusCode = options.statusCode;
  }
}

/** Whether an error is a {@link ProviderError}, also from another copy of this package.
 * @public */
export function isProviderError(error: unknown): error is ProviderError {
  return (
    error instanceof Error && error.name === 'ProviderError' && 'code' in error
  );
}
