import { HttpCheck } from '../config/HttpCheck';
import { CheckFailure, toCheckFailure, tooLate } from './CheckFailure';
import { findFault, isExpectedStatus, needsBody } from './judge';
import { ConnectionOptions, hostOf, openConnection } from './openConnection';
import { HttpAnswer, sendRequest } from './sendRequest';
import { excerpt, secretsOf } from './text';

const MAXIMUM_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** For these a redirect asks anew, with GET. */
const BECOMES_GET = new Set([301, 302, 303]);

/** How one check ended. */
export interface CheckAnswer {
  /**
   * `slow`: as expected, but for the time it took. `refused`: it was not asked,
   * because it is where no check may go.
   */
  verdict: 'good' | 'slow' | 'failed' | 'refused';
  /** In words, unless it is good. */
  reason?: string;
  /** Until the headers of the answer were there, redirects included. */
  responseMs?: number;
  /** The certificate that ends first of those that were met. */
  certificateExpiresAt?: Date;
}

/** @internal */
export interface PerformOptions
  extends Pick<
    ConnectionOptions,
    'resolve' | 'certificateAuthorities' | 'classify'
  > {
  /** Aborted when the process stops. */
  signal: AbortSignal;
  /** In milliseconds, from any moment on. */
  clock?: () => number;
}

/**
 * Asks once, follows redirects, and holds the answer against what is expected.
 * Fails only when it is stopped: whatever goes wrong is an answer.
 */
export async function performCheck(
  check: HttpCheck,
  options: PerformOptions,
): Promise<CheckAnswer> {
  const clock = options.clock ?? (() => performance.now());
  const startedAt = clock();
  // By hand: what `AbortSignal.any` keeps of a signal that lives on adds up.
  const ending = new AbortController();
  const { signal } = ending;
  const stop = () => ending.abort(options.signal.reason);
  options.signal.throwIfAborted();
  options.signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(
    () => ending.abort(tooLate(check.timeoutSeconds)),
    check.timeoutSeconds * 1000,
  );
  const seen: { responseMs?: number; certificateExpiresAt?: Date } = {};
  try {
    const answer = await follow(check, {
      ...options,
      signal,
      onHeaders: () => {
        seen.responseMs = Math.round(clock() - startedAt);
      },
      onCertificate: expiresAt => {
        const known = seen.certificateExpiresAt;
        if (!known || expiresAt < known) seen.certificateExpiresAt = expiresAt;
      },
    });
    const fault = findFault(answer, check.expect, secretsOf(check));
    if (fault) return { verdict: 'failed', reason: fault, ...seen };
    const { responseMs: limitMs } = check.expect;
    if (limitMs !== undefined && (seen.responseMs ?? 0) > limitMs) {
      return {
        verdict: 'slow',
        reason: `answered in ${seen.responseMs} ms; expects at most ${limitMs} ms`,
        ...seen,
      };
    }
    return { verdict: 'good', ...seen };
  } catch (error) {
    options.signal.throwIfAborted();
    const { verdict, message } = toCheckFailure(
      error,
      hostOf(new URL(check.url)),
    );
    return {
      verdict,
      reason: message,
      certificateExpiresAt: seen.certificateExpiresAt,
    };
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', stop);
  }
}

interface Hop {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body?: string;
}

/** The last answer, after as many redirects as are followed. */
async function follow(
  check: HttpCheck,
  options: PerformOptions & {
    onHeaders: () => void;
    onCertificate: (expiresAt: Date) => void;
  },
): Promise<HttpAnswer> {
  const { allowPrivateNetworks, expect, followRedirects } = check;
  let hop: Hop = {
    url: new URL(check.url),
    method: check.method,
    headers: check.headers,
    body: check.body,
  };
  for (let redirects = 0; ; redirects++) {
    const answer = await ask(hop, {
      ...options,
      allowPrivateNetworks,
      isRedirected: redirects > 0,
      readsBody: status =>
        needsBody(expect) && isExpectedStatus(status, expect.status),
    });
    const location = answer.headers.location;
    if (
      !followRedirects ||
      !REDIRECTS.has(answer.status) ||
      location === undefined
    ) {
      return answer;
    }
    if (redirects === MAXIMUM_REDIRECTS) {
      throw new CheckFailure(`more than ${MAXIMUM_REDIRECTS} redirects`);
    }
    hop = redirect(hop, answer.status, location);
  }
}

async function ask(
  hop: Hop,
  options: ConnectionOptions &
    Pick<Parameters<typeof sendRequest>[1], 'readsBody' | 'onHeaders'> & {
      isRedirected: boolean;
    },
): Promise<HttpAnswer> {
  try {
    const socket = await openConnection(hop.url, options);
    return await sendRequest(socket, { ...options, ...hop });
  } catch (error) {
    const failure = toCheckFailure(error, hostOf(hop.url));
    // Where the service sends people is the service's doing, not the check's.
    throw failure.verdict === 'refused' && options.isRedirected
      ? new CheckFailure(`redirects to where ${failure.message}`)
      : failure;
  }
}

/**
 * To another origin goes neither a header nor a body of the check: each may hold
 * a secret that is meant for the first.
 */
function redirect(hop: Hop, status: number, location: string): Hop {
  const url = URL.canParse(location, hop.url)
    ? new URL(location, hop.url)
    : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new CheckFailure('redirects to what is no web address');
  }
  url.username = '';
  url.password = '';
  const isSameOrigin = url.origin === hop.url.origin;
  const keepsMethod =
    hop.method === 'GET' || hop.method === 'HEAD' || !BECOMES_GET.has(status);
  if (keepsMethod && hop.body !== undefined && !isSameOrigin) {
    throw new CheckFailure(
      `redirects to ${excerpt(
        url.host,
      )}, where the body of the request is not sent`,
    );
  }
  return {
    url,
    method: keepsMethod ? hop.method : 'GET',
    headers: isSameOrigin ? hop.headers : {},
    body: keepsMethod ? hop.body : undefined,
  };
}
