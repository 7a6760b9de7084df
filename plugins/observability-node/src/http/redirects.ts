import type { Asked, Failure } from './failures';

export const MAXIMUM_REDIRECTS = 3;

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);
const SIGN_IN =
  /(^|[/._-])(log-?in|sign-?in|sso|saml2?|oauth2?|authorize)([/._?-]|$)/i;

export function isRedirect(status: number): boolean {
  return REDIRECT_STATUSES.has(status);
}

/**
 * Where a redirect may lead: to the same origin, and only for a GET. The secret
 * goes along with every request, so another origin is not even asked; its name
 * in the message is what most often has to stand in `baseUrl`.
 */
export function judgeRedirect(options: {
  asked: Asked;
  status: number;
  method: string;
  /** The URL that was asked. */
  from: URL;
  baseUrl: URL;
  location: string | null;
  /** How many were followed already. */
  followed: number;
}): { follow: URL } | { failure: Failure } {
  const { asked, status, method, from, baseUrl, location, followed } = options;
  const refuse = (
    code: Failure['code'],
    what: string,
  ): { failure: Failure } => ({
    failure: {
      code,
      message: `${asked.host} answered "${asked.operation}" with a redirect ${what}`,
      statusCode: status,
      transient: false,
    },
  });

  if (!location || !URL.canParse(location, from)) {
    return refuse('malformed', 'that leads nowhere: check baseUrl.');
  }
  const target = new URL(location, from);
  if (SIGN_IN.test(target.pathname) && !SIGN_IN.test(from.pathname)) {
    return refuse(
      'unauthorized',
      `to the sign-in page of ${target.host}: check the token, and that baseUrl is the address of its API and not behind another sign-in.`,
    );
  }
  if (target.origin !== from.origin) {
    return refuse(
      'misconfigured',
      `to ${
        target.host
      }, which was not followed: set baseUrl to ${suggestBaseUrl(
        from,
        baseUrl,
        target,
      )} if that is right.`,
    );
  }
  if (method !== 'GET') {
    return refuse(
      'misconfigured',
      `to ${target.pathname}; a ${method} does not follow one: check baseUrl.`,
    );
  }
  if (followed >= MAXIMUM_REDIRECTS) {
    return refuse('misconfigured', `after ${followed} others: check baseUrl.`);
  }
  return { follow: target };
}

/** The same base URL at the other place, where the rest of the path is the same. */
function suggestBaseUrl(from: URL, baseUrl: URL, target: URL): string {
  const relative = from.pathname.slice(
    baseUrl.pathname.replace(/\/+$/, '').length,
  );
  const base = target.pathname.endsWith(relative)
    ? target.pathname.slice(0, target.pathname.length - relative.length)
    : '';
  return `${target.origin}${base}`;
}
