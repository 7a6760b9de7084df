import type { ProblemCode } from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';

/** What went wrong with one attempt, before it becomes a `ProviderError`. */
export interface Failure {
  code: ProblemCode;
  message: string;
  statusCode?: number;
  retryAt?: Date;
  /**
   * Whether the same request may succeed a moment later: `any` when the vendor
   * refused to look at it, so that even a change may be sent again.
   */
  transient: false | 'idempotent' | 'any';
}

/** Whom was asked for what: the beginning of every message. */
export interface Asked {
  /** The host of the base URL. */
  host: string;
  operation: string;
}

/**
 * What a status means to the people who look after the portal.
 *
 * - 401: the token. 402, 403 and 451: what the token or the plan allows. 404
 *   and 410: what the annotation or the configuration names.
 * - 408, 425, 429 and 5xx pass by themselves.
 * - Every other 4xx says that the vendor does not take the request as it is. The
 *   values in it come from annotations and configuration, and its form from
 *   the API that is expected at the base URL, so it is `misconfigured`: waiting
 *   does not help.
 * - What is left (an unexpected 1xx or 3xx) is `malformed`.
 */
export function statusFailure(
  asked: Asked,
  answer: { status: number; detail?: string; retryAt?: Date },
): Failure {
  const { status, detail, retryAt } = answer;
  const { code, hint, transient } = describeStatus(status, retryAt);
  const said = detail ? `: "${detail}".` : '.';
  return {
    code,
    message: `${asked.host} answered ${status} to "${asked.operation}"${said} ${hint}`,
    statusCode: status,
    retryAt,
    transient,
  };
}

function describeStatus(
  status: number,
  retryAt: Date | undefined,
): { code: ProblemCode; hint: string; transient: Failure['transient'] } {
  switch (status) {
    case 401:
      return {
        code: 'unauthorized',
        hint: 'Check the token: it may be wrong, expired or revoked.',
        transient: false,
      };
    case 402:
      return {
        code: 'forbidden',
        hint: "The account's plan does not include it.",
        transient: false,
      };
    case 403:
    case 451:
      return {
        code: 'forbidden',
        hint: 'Check what the token is allowed to read.',
        transient: false,
      };
    case 404:
    case 410:
      return {
        code: 'not-found',
        hint: 'It is not there, or the token may not see it. Check the names in the annotation and the configuration.',
        transient: false,
      };
    case 408:
      return {
        code: 'timeout',
        hint: 'It is asked again with the next cycle.',
        transient: 'idempotent',
      };
    case 425:
      return {
        code: 'unavailable',
        hint: 'It is asked again with the next cycle.',
        transient: 'idempotent',
      };
    case 429:
      return {
        code: 'rate-limited',
        hint: retryAt
          ? `It can be asked again at ${retryAt.toISOString()}.`
          : 'It is asked again with the next cycle.',
        transient: 'any',
      };
    default:
      if (status >= 500) {
        return {
          code: 'unavailable',
          hint: 'It has a problem of its own, and is asked again with the next cycle.',
          // "Not implemented" and "HTTP version not supported" do not pass.
          transient: status === 501 || status === 505 ? false : 'idempotent',
        };
      }
      if (status >= 400) {
        return {
          code: 'misconfigured',
          hint: 'Check the names in the annotation and the configuration, and that baseUrl is the address of its API.',
          transient: false,
        };
      }
      return {
        code: 'malformed',
        hint: 'That is not an answer of its API: check baseUrl.',
        transient: false,
      };
  }
}

/** Gave no whole answer in time. */
export function timeoutFailure(asked: Asked, millis: number): Failure {
  return {
    code: 'timeout',
    message: `${asked.host} gave no whole answer to "${
      asked.operation
    }" within ${millis / 1000} s.`,
    transient: 'idempotent',
  };
}

/** The vendor asked to wait, so it was not asked at all. */
export function pausedFailure(asked: Asked, until: Date): Failure {
  return {
    code: 'rate-limited',
    message: `${asked.host} was not asked for "${
      asked.operation
    }": it wants no requests before ${until.toISOString()}.`,
    retryAt: until,
    transient: false,
  };
}

/** An answer that is not what the API is known to give. */
export function malformedFailure(
  asked: Asked,
  answer: { status: number; what: string },
): Failure {
  return {
    code: 'malformed',
    message: `${asked.host} answered "${asked.operation}" with ${answer.what}.`,
    statusCode: answer.status,
    transient: false,
  };
}

/**
 * Where an answer differs from its schema, without what stands there: the first
 * place and what was expected.
 */
export function describeMismatch(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'something else than expected';
  const place = issue.path.map(String).join('.').slice(0, 80);
  const more =
    error.issues.length > 1 ? `, and ${error.issues.length - 1} more` : '';
  const expected = issue.message.slice(0, 120);
  return place
    ? `something else than expected at ${place} (${expected}${more})`
    : `something else than expected (${expected}${more})`;
}

const TIMEOUT_CODES = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const NAME_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL']);
const CERTIFICATE_CODE =
  /CERT|^UNABLE_TO_(GET|VERIFY)|SELF_SIGNED|^ERR_TLS_|^HOSTNAME_MISMATCH/;

/**
 * What an error of the connection means. The error's own text is not told: it
 * may quote what was sent.
 */
export function connectionFailure(
  asked: Asked,
  error: unknown,
  phase: 'connecting' | 'reading',
): Failure {
  const { host, operation } = asked;
  const code = findErrorCode(error);
  const suffix = code ? ` (${code})` : '';
  if (code && TIMEOUT_CODES.has(code)) {
    return {
      code: 'timeout',
      message: `${host} did not answer "${operation}" in time${suffix}.`,
      transient: 'idempotent',
    };
  }
  if (phase === 'reading') {
    return {
      code: 'unavailable',
      message: `The answer of ${host} to "${operation}" was cut off${suffix}.`,
      transient: 'idempotent',
    };
  }
  if (code && NAME_CODES.has(code)) {
    return {
      code: 'unavailable',
      message: `The name of ${host} cannot be resolved${suffix}: check baseUrl and DNS.`,
      transient: code === 'EAI_AGAIN' ? 'idempotent' : false,
    };
  }
  if (code && CERTIFICATE_CODE.test(code)) {
    return {
      code: 'unavailable',
      message: `The certificate of ${host} is not trusted${suffix}: for a private authority set NODE_EXTRA_CA_CERTS.`,
      transient: false,
    };
  }
  const proxyStatus = findProxyStatus(error);
  if (proxyStatus) {
    return {
      code: 'unavailable',
      message: `The proxy answered ${proxyStatus} instead of a connection to ${host}: check HTTP_PROXY, HTTPS_PROXY and NO_PROXY.`,
      transient: proxyStatus.startsWith('5') ? 'idempotent' : false,
    };
  }
  return {
    code: 'unavailable',
    message: `${host} cannot be reached for "${operation}"${suffix}.`,
    transient: 'idempotent',
  };
}

/** The first error code in an error, its causes and what it gathers. */
function findErrorCode(error: unknown): string | undefined {
  for (const inner of flattenError(error)) {
    if ('code' in inner && typeof inner.code === 'string') return inner.code;
  }
  return undefined;
}

/** undici has no code for it. */
function findProxyStatus(error: unknown): string | undefined {
  for (const inner of flattenError(error)) {
    const message = 'message' in inner ? String(inner.message) : '';
    const match = /^Proxy response \((\d{3})\)/.exec(message);
    if (match) return match[1];
  }
  return undefined;
}

function* flattenError(error: unknown, depth = 0): Generator<object> {
  // Not instanceof: errors of Node itself may be of another realm.
  if (typeof error !== 'object' || error === null || depth > 5) return;
  yield error;
  if ('cause' in error) yield* flattenError(error.cause, depth + 1);
  if ('errors' in error && Array.isArray(error.errors)) {
    for (const inner of error.errors) yield* flattenError(inner, depth + 1);
  }
}
