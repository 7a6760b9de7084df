import { DatabaseError } from 'pg';
import { ProblemCode } from '@watchkeeper/backstage-plugin-observability-common';
import { ProviderError } from '@watchkeeper/backstage-plugin-observability-node';

/** One statement that the server refused or gave up; the connection goes on. */
export class StatementError extends Error {
  readonly sqlState: string;

  constructor(sqlState: string) {
    super(`The server refused a statement (${sqlState})`);
    this.name = 'StatementError';
    this.sqlState = sqlState;
  }
}

/** The server takes no more connections, whoever asks. */
export class NoConnectionLeftError extends ProviderError {}

/** With these the connection itself is over. */
const ENDS_CONNECTION = /^(57P0|25P0[34]|53300)/;
/** Where a limit is that of one role or one database, not of the server. */
const OWN_LIMIT_ROUTINES = new Set([
  'InitializeSessionUserId',
  'CheckMyDatabase',
]);
const CERTIFICATE_CODE =
  /CERT|^UNABLE_TO_(GET|VERIFY)|SELF_SIGNED|^ERR_TLS_|^HOSTNAME_MISMATCH/;

/** What a failed statement means: its own failure, or the end of the connection. */
export function statementFailure(
  name: string,
  error: unknown,
): StatementError | ProviderError {
  return error instanceof DatabaseError &&
    error.code !== undefined &&
    !ENDS_CONNECTION.test(error.code)
    ? new StatementError(error.code)
    : connectionFailure(name, error, 'reading');
}

/**
 * What an error of the connection means to the people who look after the
 * portal. Neither the error's own text nor anything of the connection string is
 * told: only codes are.
 */
export function connectionFailure(
  name: string,
  error: unknown,
  phase: 'connecting' | 'reading',
): ProviderError {
  const code = codeOf(error);
  const described =
    error instanceof DatabaseError
      ? describeSqlState(code ?? '')
      : describeSystemError(error, code, phase);
  const options = {
    code: described.code,
    message: `PostgreSQL database "${name}" ${described.what}${
      code ? ` (${code})` : ''
    }.${described.hint ? ` ${described.hint}` : ''}`,
  };
  return isServerFull(error)
    ? new NoConnectionLeftError(options)
    : new ProviderError(options);
}

/** It gave no answer in time. */
export function timeoutFailure(
  name: string,
  phase: 'connecting' | 'reading',
): ProviderError {
  return new ProviderError({
    code: 'timeout',
    message:
      phase === 'connecting'
        ? `PostgreSQL database "${name}" did not let us in in time. Check the host and the port in its connection string, and what stands in between.`
        : `PostgreSQL database "${name}" did not answer everything in time. It is asked again with the next cycle.`,
  });
}

interface Described {
  code: ProblemCode;
  /** Goes on after the name of the database. */
  what: string;
  hint?: string;
}

const AGAIN = 'It is asked again with the next cycle.';

function describeSqlState(sqlState: string): Described {
  switch (sqlState) {
    case '28P01':
      return {
        code: 'unauthorized',
        what: 'refused the password',
        hint: 'Check user and password in its connection string.',
      };
    case '28000':
      return {
        code: 'unauthorized',
        what: 'does not let the user in',
        hint: 'Check the user in its connection string, that the role may log in, and that pg_hba.conf lets it in from here, encrypted or not.',
      };
    case '42501':
      return {
        code: 'forbidden',
        what: 'does not allow the user to connect',
        hint: 'Grant CONNECT on the database to the role.',
      };
    case '3D000':
      return {
        code: 'not-found',
        what: 'is not on that server',
        hint: 'Check the name of the database in its connection string.',
      };
    case '53300':
      return {
        code: 'unavailable',
        what: 'has no free connection left',
        hint: 'Something holds all that the server, the database or the role is allowed: look for leaks, or put a connection pooler in front.',
      };
    case '57P01':
    case '57P02':
      return {
        code: 'unavailable',
        what: 'ended our connection: it was shut down, or somebody ended it',
        hint: AGAIN,
      };
    case '57P03':
      return {
        code: 'unavailable',
        what: 'is starting, stopping or recovering, and takes no connections',
        hint: AGAIN,
      };
    default:
      return {
        code: 'unavailable',
        what: 'refused the connection',
        hint: 'The log of the server says why.',
      };
  }
}

function describeSystemError(
  error: unknown,
  code: string | undefined,
  phase: 'connecting' | 'reading',
): Described {
  const text = error instanceof Error ? error.message : '';
  // Errors of the driver have no codes.
  if (/SASL|password/i.test(text)) {
    return {
      code: 'unauthorized',
      what: 'and we could not agree on the password',
      hint: 'Check user and password in its connection string.',
    };
  }
  if (/does not support SSL/i.test(text)) {
    return {
      code: 'misconfigured',
      what: 'does not offer an encrypted connection',
      hint: "Set 'ssl: false' for it, or set up TLS on the server.",
    };
  }
  if (code && CERTIFICATE_CODE.test(code)) {
    return {
      code: 'unavailable',
      what: 'has a certificate that is not trusted',
      hint: "For a private authority set 'ssl.ca', or NODE_EXTRA_CA_CERTS.",
    };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') {
    return {
      code: 'unavailable',
      what: 'cannot be found: the name of its host cannot be resolved',
      hint: 'Check its connection string and DNS.',
    };
  }
  if (code === 'ETIMEDOUT') {
    return { code: 'timeout', what: 'did not answer in time', hint: AGAIN };
  }
  return phase === 'connecting'
    ? {
        code: 'unavailable',
        what: 'cannot be reached',
        hint: 'Check the host and the port in its connection string, and that the server runs.',
      }
    : { code: 'unavailable', what: 'cut the connection off', hint: AGAIN };
}

function isServerFull(error: unknown): boolean {
  return (
    error instanceof DatabaseError &&
    error.code === '53300' &&
    // Poolers in front have limits of their own, and name no routine.
    error.routine !== undefined &&
    !OWN_LIMIT_ROUTINES.has(error.routine)
  );
}

/** The first code in an error and in what it gathers (one for each address). */
function codeOf(error: unknown): string | undefined {
  // Not instanceof: errors of Node itself may be of another realm.
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') {
    return /^[A-Z0-9_]{1,40}$/.test(error.code) ? error.code : undefined;
  }
  return 'errors' in error && Array.isArray(error.errors)
    ? codeOf(error.errors[0])
    : undefined;
}
