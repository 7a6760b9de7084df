import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  ProviderSchedule,
  readInstances,
  readSchedule,
} from '@watchkeeper/backstage-plugin-observability-node';
import { METHODS, validateHeaderName, validateHeaderValue } from 'node:http';
import { isIP } from 'node:net';
import { z } from 'zod/v4';
import { classifyAddress } from '../check/addresses';
import { HttpCheck } from './HttpCheck';
import { expectationsSchema, readExpectations } from './readExpectations';

const KEY = 'observability.httpChecks';
const CHECKS_KEY = `${KEY}.checks`;
const DAY_SECONDS = 24 * 3600;
const SHORTEST_INTERVAL_SECONDS = 30;
const DEFAULT_MAX_CONCURRENT = 250;

/** The connection is ours; what these say of it would not be true. */
const OWN_HEADERS = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The configuration of the checks. */
export interface HttpChecksConfig {
  checks: HttpCheck[];
  /** By name, what is wrong with those that cannot be used. */
  broken: Map<string, string>;
  /** What is wrong with settings that all share; the defaults then hold. */
  problems: string[];
  maxConcurrent: number;
  schedule?: ProviderSchedule;
}

const checkSchema = z.strictObject({
  name: z.string(),
  url: z.string(),
  method: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  interval: z.unknown().optional(),
  timeout: z.unknown().optional(),
  downAfter: z.unknown().optional(),
  expect: expectationsSchema.optional(),
  followRedirects: z.boolean().optional(),
  allowPrivateNetworks: z.boolean().optional(),
});

/** Reads `observability.httpChecks`. A check that cannot be used takes no other with it. */
export function readChecks(config: Config): HttpChecksConfig {
  const problems: string[] = [];
  const orDefault = <T>(key: string, fallback: T, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      const { message } = error as Error;
      problems.push(message.includes(key) ? message : `'${key}': ${message}`);
      return fallback;
    }
  };

  const maxConcurrent = orDefault(
    `${KEY}.maxConcurrent`,
    DEFAULT_MAX_CONCURRENT,
    () => readMaxConcurrent(config),
  );
  const allowPrivateNetworks = orDefault(
    `${KEY}.allowPrivateNetworks`,
    false,
    () => config.getOptionalBoolean(`${KEY}.allowPrivateNetworks`) ?? false,
  );
  const schedule = orDefault(`${KEY}.schedule`, undefined, () =>
    config.has(`${KEY}.schedule`)
      ? readSchedule(config.getConfig(KEY))
      : undefined,
  );

  const { instances: checks, misconfigured } = readInstances({
    config,
    key: CHECKS_KEY,
    provider: 'http-checks',
    title: 'HTTP checks',
    read: ({ config: check, key }) =>
      readCheck(check, key, { allowPrivateNetworks }),
  });
  return {
    checks,
    broken: new Map(
      misconfigured.map(({ instance, message }) => [instance, message]),
    ),
    problems,
    maxConcurrent,
    schedule,
  };
}

function readCheck(
  config: Config,
  key: string,
  defaults: { allowPrivateNetworks: boolean },
): HttpCheck {
  const parsed = checkSchema.safeParse(config.get());
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(
      `'${[key, ...path].join('.')}' in the configuration: ${message}`,
    );
  }
  const written = parsed.data;
  const check: HttpCheck = {
    name: written.name,
    url: readUrl(written.url, `${key}.url`),
    method: readMethod(written.method, `${key}.method`),
    headers: readHeaders(written.headers, `${key}.headers`),
    body: written.body,
    intervalSeconds: readSeconds(config, key, 'interval', 5 * 60),
    timeoutSeconds: readSeconds(config, key, 'timeout', 10),
    downAfterSeconds: readSeconds(config, key, 'downAfter', 60),
    expect: readExpectations(written.expect, key),
    followRedirects: written.followRedirects ?? true,
    allowPrivateNetworks:
      written.allowPrivateNetworks ?? defaults.allowPrivateNetworks,
  };
  if (check.intervalSeconds < SHORTEST_INTERVAL_SECONDS) {
    throw new InputError(
      `'${key}.interval' in the configuration is ${check.intervalSeconds} s; expected at least ${SHORTEST_INTERVAL_SECONDS} s`,
    );
  }
  if (
    check.timeoutSeconds <= 0 ||
    check.timeoutSeconds >= check.intervalSeconds
  ) {
    throw new InputError(
      `'${key}.timeout' in the configuration is ${check.timeoutSeconds} s; expected more than 0 and less than the interval of ${check.intervalSeconds} s`,
    );
  }
  refuseAddress(check, `${key}.url`);
  return check;
}

function readUrl(written: string, key: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new InputError(
      `'${key}' in the configuration is not an address; expected one that begins with https:// or http://`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `'${key}' in the configuration holds a user name or password; expected them in 'headers' as Authorization`,
    );
  }
  url.hash = '';
  return url.href;
}

/** An address that is written out needs no resolution to be told from a public one. */
function refuseAddress(check: HttpCheck, key: string): void {
  const host = new URL(check.url).hostname.replace(/^\[|\]$/g, '');
  if (!isIP(host)) return;
  const reach = classifyAddress(host);
  if (reach === 'never') {
    throw new InputError(
      `'${key}' in the configuration is an address that no check may reach; expected that of a service`,
    );
  }
  if (reach === 'private' && !check.allowPrivateNetworks) {
    throw new InputError(
      `'${key}' in the configuration is a private address; expected a public one, or allowPrivateNetworks: true`,
    );
  }
}

function readMethod(written: string = 'GET', key: string): string {
  const method = written.trim().toUpperCase();
  // Those are for proxies.
  if (!METHODS.includes(method) || method === 'CONNECT' || method === 'TRACE') {
    throw new InputError(
      `'${key}' in the configuration is not a method; expected GET, HEAD, POST or the like`,
    );
  }
  return method;
}

function readHeaders(
  written: Record<string, string> = {},
  key: string,
): Record<string, string> {
  for (const [name, value] of Object.entries(written)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      // Node's own message may quote the value.
      throw new InputError(
        `'${key}.${name}' in the configuration cannot be sent as a header; expected a name and a value without control characters`,
      );
    }
    if (OWN_HEADERS.has(name.toLowerCase())) {
      throw new InputError(
        `'${key}.${name}' in the configuration is a header of the connection; expected none of those`,
      );
    }
  }
  return written;
}

function readSeconds(
  config: Config,
  key: string,
  name: string,
  fallback: number,
): number {
  if (!config.has(name)) return fallback;
  let seconds: number;
  try {
    seconds =
      durationToMilliseconds(readDurationFromConfig(config, { key: name })) /
      1000;
  } catch {
    throw new InputError(
      `'${key}.${name}' in the configuration is not a duration; expected one such as { minutes: 1 } or '1 minute'`,
    );
  }
  if (!(seconds >= 0 && seconds <= DAY_SECONDS)) {
    throw new InputError(
      `'${key}.${name}' in the configuration is ${seconds} s; expected at most a day`,
    );
  }
  return seconds;
}

function readMaxConcurrent(config: Config): number {
  const key = `${KEY}.maxConcurrent`;
  const value = config.getOptionalNumber(key) ?? DEFAULT_MAX_CONCURRENT;
  if (!Number.isInteger(value) || value < 1 || value > 5000) {
    throw new InputError(
      `'${key}' in the configuration is ${value}; expected a whole number from 1 to 5000`,
    );
  }
  return value;
}
