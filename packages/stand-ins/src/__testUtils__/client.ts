import {
  createStandInClock,
  startSentryStandIn,
  STAND_IN_SENTRY_TOKEN,
  type SentryStandIn,
  type SentryStandInOptions,
} from '..';

export const START = new Date('2026-11-22T13:41:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A stand-in with a clock that stands still, and how to ask it. */
export async function startForTest(options: SentryStandInOptions = {}) {
  const standIn = await startSentryStandIn({
    clock: createStandInClock({ now: START }),
    rateLimits: false,
    ...options,
  });
  return { standIn, ...createClient(standIn, options.token) };
}

export function createClient(
  standIn: Pick<SentryStandIn, 'url'>,
  token = STAND_IN_SENTRY_TOKEN,
) {
  const fetchPath = (path: string, init?: RequestInit) =>
    fetch(`${standIn.url}${path}`, {
      redirect: 'manual',
      headers: { Authorization: `Bearer ${token}` },
      ...init,
    });
  /** The body of a 200 below the demo's organisation. */
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetchPath(`/api/0/organizations/visioncrm/${path}`);
    const text = await response.text();
    if (response.status !== 200) {
      throw new Error(`${path}: ${response.status} ${text}`);
    }
    return JSON.parse(text);
  };
  const control = (method: string, path: string, body?: unknown) =>
    fetch(`${new URL(standIn.url).origin}/__control/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : {
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          }),
    });
  return { fetchPath, get, control };
}

/** `field=a&field=b`, encoded. */
export function repeated(name: string, ...values: string[]): string {
  return values.map(value => `${name}=${encodeURIComponent(value)}`).join('&');
}

/** The cursors of a Link header, with what they promise. */
export function readLink(response: Response) {
  const header = response.headers.get('link') ?? '';
  return Object.fromEntries(
    header.split(', ').map(part => {
      const [, url, rel, results, cursor] =
        /^<(.*)>; rel="(.*)"; results="(.*)"; cursor="(.*)"$/.exec(part) ?? [];
      return [rel, { url, results: results === 'true', cursor }];
    }),
  );
}
