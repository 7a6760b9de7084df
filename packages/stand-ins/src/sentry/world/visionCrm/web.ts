import type { SentryProjectDefinition } from '../types';
import { DAY, exception, HOUR, LAST_WEEK, NOW, people } from './common';

/** The front end: a little over the warning, because the API answers it badly. */
export function visionCrmWeb(): SentryProjectDefinition {
  return {
    id: '4507100000000001',
    slug: 'visioncrm-web',
    name: 'visioncrm-web',
    platform: 'javascript-nextjs',
    createdAt: -410 * DAY,
    teams: ['crm'],
    environments: { production: 0.98, staging: 0.02 },
    state: 'spike',
    episodes: [
      { id: 'errors', from: NOW.webErrors },
      { id: 'last-week', from: LAST_WEEK.from, to: LAST_WEEK.to },
    ],
    releases: [
      release('5.11.0', -97 * DAY, 'engineer-b'),
      release('5.12.4', -31 * DAY, 'engineer-a'),
      release('5.13.0', -22 * DAY, 'engineer-c'),
      release('5.13.1', -(16 * DAY + 6 * HOUR), 'engineer-b'),
      release('5.14.0', -(9 * DAY + 3 * HOUR), 'engineer-a'),
    ],
    issues: [
      exception({
        id: '5621100701',
        shortId: 'VISIONCRM-WEB-9D2',
        type: 'QuoteSaveError',
        value: 'The quote could not be saved (500)',
        in: 'useSaveQuote',
        file: 'app/quotes/useSaveQuote.ts',
        culprit: '/quotes/new',
        transaction: '/quotes/new',
        substatus: 'escalating',
        priority: 'high',
        since: -6 * DAY - 5 * HOUR,
        perHour: 0.4,
        during: { errors: 58, 'last-week': 120 },
        users: 110,
      }),
      exception({
        id: '5617702217',
        shortId: 'VISIONCRM-WEB-8R1',
        type: 'ChunkLoadError',
        value: 'Loading chunk 4127 failed.',
        culprit: '/contacts',
        transaction: '/contacts',
        substatus: 'ongoing',
        priority: 'medium',
        unhandled: true,
        assignedTo: people.a,
        since: -44 * DAY,
        perHour: 4,
        users: 45,
      }),
      exception({
        id: '5590045566',
        shortId: 'VISIONCRM-WEB-6QJ',
        type: 'Error',
        value:
          'Hydration failed because the server rendered HTML did not match the client.',
        culprit: '/dashboard',
        transaction: '/dashboard',
        substatus: 'ongoing',
        priority: 'low',
        assignedTo: people.team,
        since: -50 * DAY,
        perHour: 6,
        users: 70,
      }),
      exception({
        id: '5590045801',
        shortId: 'VISIONCRM-WEB-6QX',
        type: 'ResizeObserverError',
        value: 'ResizeObserver loop completed with undelivered notifications.',
        level: 'info',
        culprit: null,
        status: 'ignored',
        substatus: 'archived_forever',
        priority: 'low',
        since: -80 * DAY,
        perHour: 5,
        users: 200,
      }),
    ],
    sampleRate: 1,
    sessions: {
      perMinute: 48,
      errored: 0.006,
      crashed: 0.0021,
      abnormal: 0,
      during: {
        errors: { errored: 0.013, crashed: 0.0024 },
        'last-week': { errored: 0.04, crashed: 0.004 },
      },
      users: 420,
    },
    transactions: [
      page('/dashboard', 'pageload', 120, [880, 2100]),
      page('/quotes', 'pageload', 110, [760, 1900]),
      page('/quotes/new', 'pageload', 60, [820, 2050], 0.012),
      page('/contacts', 'pageload', 130, [700, 1750]),
      page('/invoices', 'navigation', 90, [340, 900]),
      page('GET /quotes', 'http.server', 60, [120, 390]),
      page('GET /dashboard', 'http.server', 50, [150, 440]),
    ],
  };
}

function release(number: string, createdAt: number, author: string) {
  return { version: `visioncrm-web@${number}`, createdAt, author, commits: 6 };
}

function page(
  name: string,
  operation: string,
  perMinute: number,
  [p50Ms, p95Ms]: [number, number],
  failing?: number,
) {
  const isRendered = operation === 'pageload';
  return {
    name,
    operation,
    perMinute,
    p50Ms,
    p95Ms,
    failing: 0.0004,
    during: {
      ...(failing ? { errors: { failing } } : {}),
      'last-week': { failing: 0.006 },
    },
    ...(isRendered
      ? {
          vitals: {
            lcp: { p50: 1650, p75: 2280 },
            fcp: { p50: 980, p75: 1420 },
            cls: { p50: 0.03, p75: 0.07 },
            ttfb: { p50: 310, p75: 520 },
            inp: { p50: 96, p75: 168 },
          },
        }
      : {}),
  };
}
