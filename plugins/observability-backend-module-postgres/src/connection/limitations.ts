import { DatabaseLimitation } from '@watchkeeper/backstage-plugin-observability-common';
import { ProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { StatementError } from './failures';

type Code = DatabaseLimitation['code'];

/** What the server's refusals mean, beside those that pass. */
const CODES: Record<string, { code: Code; why: string }> = {
  '42501': {
    code: 'not-permitted',
    why: 'the role may not read it: grant pg_monitor to it',
  },
  // A function, a relation, a column or a feature that is not there.
  '42883': { code: 'not-supported', why: 'this server does not offer it' },
  '42P01': { code: 'not-supported', why: 'this server does not offer it' },
  '42703': { code: 'not-supported', why: 'this server does not offer it' },
  '0A000': { code: 'not-supported', why: 'this server does not offer it' },
  '57014': {
    code: 'failed',
    why: 'the server took longer than statementTimeout, or somebody cancelled it',
  },
  '55P03': { code: 'failed', why: 'a lock was in the way' },
};

/**
 * What is missing because a part could not be read. Throws on what is no
 * failure of a part: then the connection is over.
 */
export function limitationOf(
  error: unknown,
  part: { area: DatabaseLimitation['area']; what: string },
): DatabaseLimitation {
  const { area, what } = part;
  if (error instanceof z.ZodError) {
    return {
      area,
      code: 'failed',
      message: `${what} could not be read: the server's answer has another shape than expected.`,
    };
  }
  if (!(error instanceof StatementError)) throw error;
  const known = CODES[error.sqlState] ?? {
    code: 'failed',
    why: 'the server refused it',
  };
  return {
    area,
    code: known.code,
    message: `${what} could not be read: ${known.why} (${error.sqlState}).`,
  };
}

/** The same for a part that a threshold is held against: the signal must not be `ok` without it. */
export function problemOf(
  name: string,
  limitation: DatabaseLimitation,
): ProviderError | undefined {
  const message = `PostgreSQL database "${name}": ${limitation.message}`;
  switch (limitation.code) {
    case 'not-permitted':
      return new ProviderError({ code: 'forbidden', message });
    case 'failed':
      return new ProviderError({ code: 'unavailable', message });
    default:
      return undefined;
  }
}
