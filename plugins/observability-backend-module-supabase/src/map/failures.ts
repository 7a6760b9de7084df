import { ProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { PartName, PARTS } from '../cycle/parts';
import { PartFailure } from '../cycle/state';

/** PostgreSQL's own code for an error, which the vendor hands on inside its sentence. */
const SQL_STATE = /ERROR:\s+([0-9A-Z]{5}):/;

/** What of PostgreSQL's errors can be told better than in its own words. */
const SQL_FAILURES: Record<string, PartFailure> = {
  // There is no such relation.
  '42P01': {
    limitation: 'not-enabled',
    message:
      'Slow queries are not known: the extension pg_stat_statements is not installed in the schema extensions; enable it in Supabase under Database, Extensions',
  },
  // It is installed, and the server has not loaded it.
  '55000': {
    limitation: 'not-enabled',
    message:
      'Slow queries are not known: the server has not loaded pg_stat_statements; restart the project in Supabase',
  },
  '42501': {
    limitation: 'not-permitted',
    problem: 'forbidden',
    message:
      "Slow queries are not known: Supabase's read-only role may not read extensions.pg_stat_statements",
  },
  '57014': {
    limitation: 'failed',
    problem: 'timeout',
    message:
      'Slow queries are not known: the database took too long to list them, and is asked again',
  },
};

/**
 * What it means that a part could not be read. What is off, or not in the plan,
 * is as it is, and nothing is held against it; anything else must not pass for
 * well where a threshold hangs on it.
 */
export function toFailure(part: PartName, error: ProviderError): PartFailure {
  const { statusCode, code, retryAt } = error;
  const [, sqlState] =
    part === 'slowQueries' ? SQL_STATE.exec(error.message) ?? [] : [];
  if (sqlState && SQL_FAILURES[sqlState]) return SQL_FAILURES[sqlState];

  const { subject, measured } = PARTS[part];
  const message = `${subject}: ${withoutStop(error.message)}`;
  if (statusCode === 402) return { limitation: 'plan', message };
  const isAdvice = part === 'performanceAdvice' || part === 'securityAdvice';
  // The advisors are an experiment of the vendor's that may end.
  if (isAdvice && code === 'not-found') {
    return { limitation: 'not-supported', message };
  }
  return {
    limitation: limitationOf(error),
    message,
    ...(measured ? { problem: problemOf(part, error) } : {}),
    ...(retryAt ? { retryAt: retryAt.toISOString() } : {}),
  };
}

/** The vendor answers 400 also where the database cannot be reached, which passes. */
function problemOf(part: PartName, error: ProviderError) {
  return part === 'slowQueries' && error.statusCode === 400
    ? 'unavailable'
    : error.code;
}

function limitationOf({ code }: ProviderError): PartFailure['limitation'] {
  switch (code) {
    case 'unauthorized':
    case 'forbidden':
      return 'not-permitted';
    case 'not-found':
      return 'not-supported';
    default:
      return 'failed';
  }
}

function withoutStop(text: string): string {
  return text.replace(/\.\s*$/, '');
}
