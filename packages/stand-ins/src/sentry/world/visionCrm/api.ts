import type { SentryProjectDefinition } from '../types';
import { lastingIssues, newIssues } from './apiIssues';
import { DAY, dayVersions, HOUR, LAST_WEEK, MINUTE, NOW } from './common';

const DEGRADED = { from: -(3 * DAY + 3 * HOUR), to: -(2 * DAY + 2 * HOUR) };
const GOOD_RELEASE = -(4 * HOUR + 39 * MINUTE);

/**
 * The service in trouble. A release sixteen minutes ago opens a transaction
 * for every line of a quote: first everything gets slow, then the connection
 * pool is empty and quotes cannot be created. The deployment is held at 64 %.
 */
export function visionCrmApi(startedAt: Date): SentryProjectDefinition {
  const offsets = [
    -96 * DAY,
    -(12 * DAY + 2 * HOUR),
    LAST_WEEK.release,
    LAST_WEEK.fix,
    DEGRADED.from,
    DEGRADED.to,
    GOOD_RELEASE,
    NOW.release,
  ];
  const versions = dayVersions(startedAt, offsets);
  const [first, old, incident, fix, degraded, better, good, bad] = versions;
  const fast = [
    { after: 0, share: 0.5 },
    { after: 4 * MINUTE, share: 1 },
  ];
  const release = (version: string, index: number, author: string) => ({
    version,
    createdAt: offsets[index],
    author,
    commits: 3 + ((index * 5) % 7),
  });

  return {
    id: '4507100000000002',
    slug: 'visioncrm-api',
    name: 'visioncrm-api',
    platform: 'node',
    createdAt: -410 * DAY,
    teams: ['crm'],
    environments: { production: 0.97, staging: 0.03 },
    state: 'spike',
    episodes: [
      { id: 'slow', from: NOW.slow },
      { id: 'errors', from: NOW.errors, release: bad },
      {
        id: 'last-week',
        from: LAST_WEEK.from,
        to: LAST_WEEK.to,
        release: incident,
      },
      { id: 'degraded', from: DEGRADED.from, to: DEGRADED.to },
    ],
    releases: [
      release(first, 0, 'engineer-c'),
      release(old, 1, 'engineer-a'),
      { ...release(incident, 2, 'engineer-b'), rollout: fast },
      { ...release(fix, 3, 'engineer-b'), rollout: fast },
      release(degraded, 4, 'engineer-c'),
      release(better, 5, 'engineer-b'),
      release(good, 6, 'engineer-a'),
      {
        ...release(bad, 7, 'engineer-c'),
        commits: 9,
        rollout: [
          { after: 0, share: 0.15 },
          { after: 3 * MINUTE, share: 0.4 },
          { after: 6 * MINUTE, share: 0.64 },
        ],
      },
    ],
    issues: [...newIssues(bad), ...lastingIssues],
    sampleRate: 0.1,
    rateLimitedPerHour: { 'last-week': 900 },
    sessions: {
      perMinute: 60,
      errored: 0.004,
      crashed: 0.0012,
      abnormal: 0.0003,
      during: {
        errors: { errored: 0.05, crashed: 0.0279 },
        'last-week': { errored: 0.09, crashed: 0.06 },
        degraded: { errored: 0.0054, crashed: 0.00162 },
      },
      users: 420,
    },
    transactions: [
      route('POST /api/quotes', 38, [170, 500], {
        slow: [820, 2860],
        failing: 0.235,
      }),
      route('GET /api/quotes', 88, [85, 300], {
        slow: [320, 1480],
        failing: 0.0062,
        query: 'SELECT "Quote".* FROM "Quote" LEFT JOIN "Contact"',
      }),
      route('GET /api/contacts', 112, [95, 390], {
        slow: [270, 1070],
        failing: 0.001,
        query: 'SELECT "Contact".* FROM "Contact" WHERE email = $1',
      }),
      route('POST /api/invoices', 12, [130, 430], { slow: [240, 930] }),
      route('POST /api/auth/session', 56, [55, 170], { slow: [90, 310] }),
      route('GET /api/dashboard', 18, [140, 470], { slow: [310, 1180] }),
      route('GET /api/contacts/:id', 5, [40, 130], { slow: [90, 360] }),
      route('GET /api/invoices/:id/pdf', 6, [240, 640], { slow: [330, 880] }),
      route('POST /api/quotes/:id/send', 5, [210, 610], { slow: [390, 1290] }),
      route('POST /api/contacts/import', 1.5, [480, 930], {
        slow: [700, 1740],
      }),
      route('DELETE /api/contacts/:id', 0.5, [60, 190], { slow: [120, 410] }),
    ],
  };
}

function route(
  name: string,
  perMinute: number,
  [p50Ms, p95Ms]: [number, number],
  trouble: { slow: [number, number]; failing?: number; query?: string },
) {
  const [slowP50Ms, slowP95Ms] = trouble.slow;
  const slow = { p50Ms: slowP50Ms, p95Ms: slowP95Ms };
  return {
    name,
    operation: 'http.server',
    perMinute,
    p50Ms,
    p95Ms,
    failing: 0.0002,
    during: {
      ...(trouble.failing
        ? { errors: { ...slow, failing: trouble.failing } }
        : {}),
      slow,
      'last-week': { ...slow, failing: 0.035 },
    },
    spans: [
      {
        operation: 'db',
        description:
          trouble.query ?? 'SELECT "User".* FROM "User" WHERE id = $1',
        perRequest: 3,
        p50Ms: p50Ms / 6,
        p95Ms: p95Ms / 4,
      },
    ],
  };
}
