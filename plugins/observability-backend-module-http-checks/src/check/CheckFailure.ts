import { formatSeconds } from './text';

/**
 * Why a check could not be answered well, in words for people. `refused`: it is
 * we who would not ask, so nobody can tell how the service is.
 */
export class CheckFailure extends Error {
  readonly verdict: 'failed' | 'refused';

  constructor(
    message: string,
    options: { verdict?: 'failed' | 'refused'; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'CheckFailure';
    this.verdict = options.verdict ?? 'failed';
  }
}

/** How a check's time is up. */
export function tooLate(timeoutSeconds: number): CheckFailure {
  return new CheckFailure(`no answer within ${formatSeconds(timeoutSeconds)}`);
}

const BY_CODE: Record<string, (host: string) => string> = {
  ENOTFOUND: host => `there is no host ${host}`,
  ENODATA: host => `there is no host ${host}`,
  EAI_AGAIN: host => `the name ${host} cannot be resolved at present`,
  ECONNREFUSED: host => `${host} refused the connection`,
  ECONNRESET: host => `${host} ended the connection without an answer`,
  EPIPE: host => `${host} ended the connection without an answer`,
  ETIMEDOUT: host => `${host} does not take connections`,
  EHOSTUNREACH: host => `${host} cannot be reached`,
  ENETUNREACH: host => `${host} cannot be reached`,
  HPE_HEADER_OVERFLOW: () => 'the headers of the answer are too large',
  EPROTO: host => `${host} and we cannot agree on a TLS connection`,
};

/** What went wrong on the way, without anything that was sent. */
export function toCheckFailure(error: unknown, host: string): CheckFailure {
  if (error instanceof CheckFailure) return error;
  const code = codeOf(error);
  let message = `the connection to ${host} failed${code ? ` (${code})` : ''}`;
  if (code in BY_CODE) {
    message = BY_CODE[code](host);
  } else if (code.startsWith('HPE_')) {
    message = 'the answer is not HTTP';
  } else if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    message = BY_CODE.EPROTO(host);
  } else if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI')) {
    message = 'the body cannot be decompressed';
  }
  return new CheckFailure(message, { cause: error });
}

/** What the system, or Node, calls an error; empty where it has no name. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : '';
}
