import {
  ErrorsData,
  Issue,
  PerformanceData,
  Signal,
  Threshold,
} from '@watchkeeper/backstage-plugin-observability-common';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Instants before a moment, so that fixtures are as old whenever they are drawn. */
export interface Clock {
  ago(milliseconds: number): string;
}

/** A clock for fixtures. */
export function createClock(now: number): Clock {
  return { ago: milliseconds => new Date(now - milliseconds).toISOString() };
}

export const ERROR_THRESHOLDS: Threshold[] = [
  {
    metric: 'errors.rate',
    unit: 'fraction',
    warning: 0.001,
    critical: 0.01,
  },
  { metric: 'errors.count', unit: 'count', warning: 10, critical: 50 },
];

export const PERFORMANCE_THRESHOLDS: Threshold[] = [
  {
    metric: 'performance.p95Ms',
    unit: 'milliseconds',
    warning: 1000,
    forSeconds: 600,
  },
];

export const RELEASE_THRESHOLDS: Threshold[] = [
  {
    metric: 'releases.regression',
    unit: 'fraction',
    warning: 0.2,
    critical: 0.5,
  },
  { metric: 'releases.newIssues', unit: 'count', warning: 5 },
];

/** What all signals of one Sentry project have in common. */
export function sentrySignal(
  kind: 'errors' | 'performance' | 'releases',
  observedAt: string | null,
  target = 'visioncrm/visioncrm-api',
) {
  return {
    id: `${kind}:sentry:default:${target}`,
    source: {
      provider: 'sentry',
      instance: 'default',
      target,
      url: `https://sentry.example.com/organizations/visioncrm/projects/${target}/`,
    },
    since: null,
    reasons: [],
    observedAt,
    stale: false,
  };
}

/** 24 hours in steps of 15 minutes; `tail` replaces the newest of them. */
export function eventTrend(
  clock: Clock,
  tail: readonly number[] = [],
): ErrorsData['trend'] {
  const buckets = 96;
  return Array.from({ length: buckets }, (_, index) => {
    const fromEnd = buckets - index;
    const usual = [0, 1, 2, 1, 3, 1, 0, 2][index % 8];
    return {
      at: clock.ago(fromEnd * 15 * MINUTE),
      count: tail[tail.length - fromEnd] ?? usual,
    };
  });
}

/** Two hours in steps of a minute; `tail` replaces the newest of them. */
export function responseTrend(
  clock: Clock,
  tail: readonly number[] = [],
): PerformanceData['trend'] {
  const points = 120;
  return Array.from({ length: points }, (_, index) => {
    const fromEnd = points - index;
    const usual = 440 + 28 * Math.sin(index / 3) + 16 * Math.sin(index / 1.3);
    return {
      at: clock.ago(fromEnd * MINUTE),
      p95Ms: Math.round(tail[tail.length - fromEnd] ?? usual),
    };
  });
}

/** An issue with what its row needs; the rest by default. */
export function issue(
  values: Partial<Issue> & Pick<Issue, 'id' | 'title' | 'events'>,
): Issue {
  return {
    shortId: `VCRM-API-${values.id}`,
    level: 'error',
    status: 'unresolved',
    users: Math.round(values.events / 6),
    url: `https://sentry.example.com/issues/${values.id}/`,
    trend: Array.from({ length: 24 }, (_, hour) =>
      hour === 23 ? values.events : 0,
    ),
    ...values,
  };
}

/** The issues of a bad morning. */
export function issues(clock: Clock): Issue[] {
  return [
    issue({
      id: '4KQ',
      title: 'P2024: Timed out fetching a connection from the pool',
      culprit: 'POST /api/quotes',
      substatus: 'new',
      unhandled: true,
      events: 812,
      users: 121,
      lastSeen: clock.ago(12_000),
    }),
    issue({
      id: '4KR',
      title: "TypeError: reading 'totalTTC' of undefined",
      culprit: 'QuoteService.computeTotals',
      substatus: 'new',
      unhandled: true,
      events: 301,
      users: 64,
      lastSeen: clock.ago(40_000),
      assignee: { type: 'user', name: 'engineer-b' },
    }),
    issue({
      id: '3ZT',
      title: 'Slow query: Contact.findMany 2 340 ms',
      culprit: 'GET /api/contacts',
      level: 'warning',
      substatus: 'escalating',
      events: 74,
      users: 38,
      lastSeen: clock.ago(MINUTE),
      assignee: { type: 'user', name: 'engineer-c' },
      trend: [
        1, 2, 1, 2, 1, 2, 1, 2, 1, 1, 2, 1, 2, 1, 1, 2, 1, 2, 2, 3, 4, 9, 18,
        22,
      ],
    }),
    issue({
      id: '2BD',
      title: 'SMTPError: 421 Service not available',
      culprit: 'POST /api/quotes/:id/send',
      substatus: 'ongoing',
      events: 31,
      users: 9,
      lastSeen: clock.ago(26 * MINUTE),
      assignee: { type: 'user', name: 'engineer-a' },
      trend: [
        1, 2, 1, 2, 0, 2, 3, 1, 0, 2, 1, 1, 3, 2, 1, 0, 2, 1, 2, 1, 1, 2, 0, 1,
      ],
    }),
    issue({
      id: '1AF',
      title: 'ZodError: vatNumber has an unknown country',
      culprit: 'POST /api/contacts/import',
      level: 'info',
      substatus: 'ongoing',
      events: 18,
      users: 4,
      lastSeen: clock.ago(3 * HOUR),
      assignee: { type: 'team', name: 'crm' },
      trend: [
        0, 0, 1, 0, 2, 1, 5, 0, 3, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1, 0,
      ],
    }),
  ];
}

/** The signals of a service that is well. */
export function wellSignals(
  clock: Clock,
  target?: string,
): [
  Extract<Signal, { kind: 'errors' }>,
  Extract<Signal, { kind: 'performance' }>,
  Extract<Signal, { kind: 'releases' }>,
] {
  const readAt = clock.ago(40_000);
  return [
    {
      ...sentrySignal('errors', readAt, target),
      kind: 'errors',
      status: 'ok',
      since: clock.ago(12 * 24 * HOUR),
      thresholds: ERROR_THRESHOLDS,
      data: {
        window: '24h',
        events: 31,
        previousEvents: 34,
        users: 12,
        previousUsers: 11,
        rate: 0.0004,
        unresolvedIssues: 2,
        issues: issues(clock).slice(3),
        trend: eventTrend(clock),
      },
    },
    {
      ...sentrySignal('performance', readAt, target),
      kind: 'performance',
      status: 'ok',
      since: clock.ago(12 * 24 * HOUR),
      thresholds: PERFORMANCE_THRESHOLDS,
      data: {
        window: '10m',
        p95Ms: 438,
        throughputPerMinute: 342,
        previousThroughputPerMinute: 355,
        failureRate: 0.0005,
        previousFailureRate: 0.0004,
        trend: responseTrend(clock),
        transactions: [
          {
            name: 'POST /api/invoices',
            p95Ms: 930,
            throughputPerMinute: 12,
            failureRate: 0,
          },
          {
            name: 'POST /api/auth/session',
            p95Ms: 310,
            throughputPerMinute: 65,
            failureRate: 0.0002,
          },
        ],
        transactionScope: 'http.server',
        slowQueries: [],
      },
    },
    {
      ...sentrySignal('releases', readAt, target),
      kind: 'releases',
      status: 'ok',
      since: clock.ago(12 * 24 * HOUR),
      thresholds: RELEASE_THRESHOLDS,
      data: {
        releases: [
          {
            version: '2026.11.20-3',
            createdAt: clock.ago(69 * HOUR),
            author: 'engineer-b',
            url: 'https://sentry.example.com/releases/2026.11.20-3/',
            events: 188,
            newIssues: 2,
            crashFreeSessions: 0.9988,
            adoption: 0.98,
            verdict: 'healthy',
          },
        ],
      },
    },
  ];
}
