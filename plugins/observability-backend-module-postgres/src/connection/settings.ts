import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { parse, toClientConfig } from 'pg-connection-string';
import { ConnectionOptions } from 'node:tls';

/** How a database is reached. Nothing is taken from the environment of the portal. */
export interface ConnectionSettings {
  host: string;
  port: number;
  user: string;
  database: string;
  password?: string;
  ssl: boolean | ConnectionOptions;
  statementTimeoutMs: number;
}

const DEFAULT_STATEMENT_TIMEOUT_MS = 5_000;
const DEFAULT_PORT = 5432;
const UNVERIFIED = { rejectUnauthorized: false };
const EXPECTED =
  'expected one such as postgresql://user:password@host:5432/database';

/**
 * Reads how a database is reached. What it throws names the key and what is
 * expected, and nothing of the connection string.
 */
export function readConnection(
  config: Config,
  key: string,
): ConnectionSettings {
  const refuse = (name: string, what: string) =>
    new InputError(`'${key}.${name}' in the configuration ${what}`);
  const connectionString = config.getString('connectionString').trim();
  if (!/^postgres(ql)?:\/\//i.test(connectionString)) {
    throw refuse('connectionString', `is not a connection string; ${EXPECTED}`);
  }
  let parsed: ReturnType<typeof toClientConfig>;
  let sslText: unknown;
  try {
    const parts = parse(connectionString);
    sslText = parts.ssl;
    parsed = toClientConfig(parts);
  } catch {
    // The error may quote what could not be read.
    throw refuse(
      'connectionString',
      `cannot be read; ${EXPECTED}, with special characters percent-encoded and files of certificates that are there`,
    );
  }
  const { host, user, database, password, port = DEFAULT_PORT } = parsed;
  if (!host || !user || !database) {
    const parts = { host, user, database };
    const missing = Object.entries(parts).find(([, value]) => !value);
    throw refuse('connectionString', `lacks the ${missing?.[0]}; ${EXPECTED}`);
  }
  if (typeof sslText === 'string' && sslText !== 'no-verify') {
    // Without it the connection would not be encrypted, silently.
    throw refuse(
      'connectionString',
      "has an unknown value of 'ssl'; expected ssl=true, or sslmode=verify-full",
    );
  }
  return {
    host,
    port,
    user,
    database,
    password: typeof password === 'string' ? password : undefined,
    ssl: readSsl(config, sslText === 'no-verify' ? UNVERIFIED : parsed.ssl),
    statementTimeoutMs: readStatementTimeout(config, key),
  };
}

function readStatementTimeout(config: Config, key: string): number {
  if (!config.has('statementTimeout')) return DEFAULT_STATEMENT_TIMEOUT_MS;
  let millis: number;
  try {
    millis = durationToMilliseconds(
      readDurationFromConfig(config, { key: 'statementTimeout' }),
    );
  } catch {
    millis = NaN;
  }
  // It is the unit of PostgreSQL, where 0 would mean no limit at all.
  if (!(millis >= 1 && millis <= 60_000)) {
    throw new InputError(
      `'${key}.statementTimeout' in the configuration is not a duration of at most a minute; expected one such as { seconds: 5 }`,
    );
  }
  return Math.round(millis);
}

function readSsl(
  config: Config,
  ofConnectionString: unknown,
): ConnectionSettings['ssl'] {
  const value = config.getOptional('ssl');
  if (typeof value === 'boolean') return value;
  if (value === undefined) {
    return typeof ofConnectionString === 'object' && ofConnectionString !== null
      ? { ...ofConnectionString }
      : ofConnectionString === true;
  }
  const ssl = config.getConfig('ssl');
  return {
    ca: ssl.getOptionalString('ca'),
    rejectUnauthorized: ssl.getOptionalBoolean('rejectUnauthorized') ?? true,
  };
}
