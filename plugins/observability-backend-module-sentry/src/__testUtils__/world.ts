import type {
  SentryProjectDefinition,
  SentryWorld,
} from '@watchkeeper/stand-ins';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * An organisation `acme`: a `shop` that serves requests and has releases and
 * sessions, `jobs` that serve none, and `silent`, which never sent anything.
 * Of many issues of the shop, each is more frequent than the jobs' only one,
 * and the third is being deleted. Others are listed before them, and as silent.
 */
export function acmeWorld(
  options: { without?: string[]; issues?: number; others?: number } = {},
): SentryWorld {
  const { without = [], issues = 2, others = 0 } = options;
  const projects = [
    ...Array.from({ length: others }, (_, index) => ({
      ...silent(),
      id: String(600 + index),
      slug: `other-${index}`,
    })),
    shop(issues),
    jobs(),
    silent(),
  ];
  return worldOf(projects.filter(({ slug }) => !without.includes(slug)));
}

/** An organisation `acme` of so many projects with traffic and without errors. */
export function wideWorld(options: { projects: number }): SentryWorld {
  return worldOf(
    Array.from({ length: options.projects }, (_, index) => ({
      ...silent(),
      id: String(7_000_000 + index),
      slug: slugOf(index),
      state: 'quiet',
      releases: [{ version: `${slugOf(index)}@1`, createdAt: -20 * DAY }],
      issues: [
        {
          id: String(8_000_000 + index),
          shortId: `WIDE-${index}`,
          title: `Error: number ${index}`,
          culprit: null,
          level: 'error',
          since: -5 * DAY,
          perHour: 1,
          users: 5,
        },
      ],
      transactions: [
        {
          name: 'GET /',
          operation: 'http.server',
          perMinute: 40,
          failing: 0,
          p50Ms: 50,
          p95Ms: 200,
        },
      ],
    })),
  );
}

/** The slug of one of the many. */
export function slugOf(index: number): string {
  return `service-${String(index).padStart(4, '0')}`;
}

function worldOf(projects: SentryProjectDefinition[]): SentryWorld {
  return {
    describe: () => [
      {
        id: '44',
        slug: 'acme',
        name: 'Acme',
        createdAt: -900 * DAY,
        teams: [{ id: '1', slug: 'all', name: 'all' }],
        projects,
      },
    ],
  };
}

function shop(issues: number): SentryProjectDefinition {
  return {
    ...silent(),
    id: '501',
    slug: 'shop',
    environments: { production: 0.9, staging: 0.1 },
    releases: [
      { version: 'shop@1.0.0', createdAt: -9 * DAY, author: 'Ada' },
      { version: 'shop@1.1.0', createdAt: -4 * HOUR, author: 'Grace' },
    ],
    issues: Array.from({ length: issues }, (_, index) => ({
      id: String(9000 + index),
      shortId: `SHOP-${index + 1}`,
      title:
        index === 1
          ? 'Slow query: Order.findMany'
          : `TypeError: basket ${index} is undefined`,
      culprit: 'POST /orders',
      level: index === 1 ? ('warning' as const) : ('error' as const),
      substatus: 'ongoing' as const,
      status: index === 2 ? ('pending_deletion' as const) : undefined,
      // The first came with the newest release.
      since: index === 0 ? -3.5 * HOUR : -DAY,
      perHour: index < 2 ? 40 : 3,
      users: 20,
    })),
    transactions: [
      {
        name: 'POST /orders',
        operation: 'http.server',
        perMinute: 30,
        failing: 0.02,
        p50Ms: 300,
        p95Ms: 900,
      },
      {
        name: 'GET /orders',
        operation: 'http.server',
        perMinute: 200,
        failing: 0,
        p50Ms: 60,
        p95Ms: 180,
      },
    ],
    sessions: {
      perMinute: 20,
      errored: 0.01,
      crashed: 0.004,
      abnormal: 0,
      users: 300,
    },
    sampleRate: 0.2,
  };
}

function jobs(): SentryProjectDefinition {
  return {
    ...silent(),
    id: '502',
    slug: 'jobs',
    releases: [
      { version: 'jobs@7', createdAt: -6 * DAY },
      { version: 'jobs@8', createdAt: -2 * DAY },
    ],
    issues: [
      {
        id: '9500',
        shortId: 'JOBS-1',
        title: 'JobStalledError: no worker',
        culprit: null,
        level: 'error',
        since: -30 * DAY,
        perHour: 2,
        users: 1,
      },
    ],
    transactions: [
      {
        name: 'sendReminders',
        operation: 'queue.process',
        perMinute: 12,
        failing: 0,
        p50Ms: 100,
        p95Ms: 400,
      },
    ],
  };
}

function silent(): SentryProjectDefinition {
  return {
    id: '503',
    slug: 'silent',
    name: 'silent',
    platform: 'node',
    createdAt: -100 * DAY,
    teams: ['all'],
    environments: { production: 1 },
    pattern: 'steady',
    releases: [],
    issues: [],
    transactions: [],
  };
}
