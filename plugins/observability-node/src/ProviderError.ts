import { ProblemCode } from '@watchkeeper/backstage-plugin-observability-common';

/**
 * Why a vendor could not be read, as a code that a person can act on.
 *
 * The message names what was asked and what to do; it never holds a secret or
 * the vendor's raw body. Nothing is added to it from the cause, since people
 * read it.
 *
 * @public
 */
export class ProviderError extends Error {
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
    super(options.message, { cause: options.cause });
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
