import {
  EntityReport,
  Issue,
  Reason,
  Signal,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  Clock,
  createClock,
  issue,
  issues,
  eventTrend,
  responseTrend,
  sentrySignal,
  wellSignals,
} from './signals';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function createReport(
  now: number,
  values: Partial<EntityReport>,
): EntityReport {
  return {
    entityRef: 'component:default/visioncrm-api',
    generatedAt: new Date(now).toISOString(),
    status: 'ok',
    since: new Date(now - 12 * DAY).toISOString(),
    signals: [],
    misconfigurations: [],
    changes: [],
    onCall: [],
    runbooks: [],
    uncovered: [],
    incidents: [],
    postmortems: [],
    ...values,
  };
}

/** All is well. */
export function okReport(now: number): EntityReport {
  return createReport(now, { signals: wellSignals(createClock(now)) });
}

/** All is well, and not one error in a day. */
export function noErrorsReport(now: number): EntityReport {
  const [errors, ...others] = wellSignals(createClock(now));
  return createReport(now, {
    signals: [
      {
        ...errors,
        data: {
          window: '24h',
          events: 0,
          previousEvents: 12,
          users: 0,
          issues: [],
          trend: [],
        },
      },
      ...others,
    ],
  });
}

function slowReason(clock: Clock): Reason {
  return {
    metric: 'performance.p95Ms',
    value: 1420,
    unit: 'milliseconds',
    threshold: 1000,
    level: 'warning',
    message: 'Response time p95 is 1420 ms, above 1000 ms.',
    since: clock.ago(13 * MINUTE),
  };
}

function slowSignal(clock: Clock): Signal {
  const [, performance] = wellSignals(clock);
  const climb = Array.from({ length: 13 }, (_, minute) =>
    Math.min(1450, 820 + minute * 75 + (minute % 3) * 20),
  );
  return {
    ...performance,
    status: 'warning',
    since: clock.ago(13 * MINUTE),
    reasons: [slowReason(clock)],
    data: performance.data && {
      ...performance.data,
      p95Ms: 1420,
      failureRate: 0.0184,
      previousFailureRate: 0.0005,
      trend: responseTrend(clock, climb),
      transactions: [
        ['POST /api/quotes', 2860, 41, 0.112],
        ['GET /api/quotes', 1640, 96, 0.0042],
        ['GET /api/contacts', 1210, 128, 0.0008],
        ['POST /api/invoices', 930, 12, 0],
        ['POST /api/auth/session', 310, 65, 0.0002],
      ].map(([name, p95Ms, throughputPerMinute, failureRate]) => ({
        name: String(name),
        p95Ms: Number(p95Ms),
        throughputPerMinute: Number(throughputPerMinute),
        failureRate: Number(failureRate),
      })),
      slowQueries: issues(clock).filter(({ id }) => id === '3ZT'),
    },
  };
}

/** Slow, and nothing else. */
export function warningReport(now: number): EntityReport {
  const clock = createClock(now);
  const [errors, , releases] = wellSignals(clock);
  return createReport(now, {
    status: 'warning',
    since: clock.ago(13 * MINUTE),
    signals: [errors, slowSignal(clock), releases],
  });
}

/** A release broke it: errors, slowness, a verdict. What capabilities that come later add is left out. */
export function criticalReport(now: number): EntityReport {
  const clock = createClock(now);
  const [errors, , releases] = wellSignals(clock);
  return createReport(now, {
    status: 'critical',
    since: clock.ago(9 * MINUTE),
    changes: [
      {
        at: clock.ago(16 * MINUTE),
        kind: 'release',
        entityRef: 'component:default/visioncrm-api',
        title: 'Release 2026.11.22-2',
        author: 'engineer-c',
        url: 'https://sentry.example.com/releases/2026.11.22-2/',
      },
      {
        at: clock.ago(17 * MINUTE),
        kind: 'deployment',
        entityRef: 'resource:default/visioncrm-db',
        title: 'Migration 20261122_quote_totals',
      },
    ],
    signals: [
      {
        ...errors,
        status: 'critical',
        since: clock.ago(9 * MINUTE),
        reasons: [
          {
            metric: 'errors.rate',
            value: 0.0184,
            unit: 'fraction',
            threshold: 0.01,
            level: 'critical',
            message: 'Error rate is 1.84 %, above 1 %.',
            since: clock.ago(9 * MINUTE),
          },
        ],
        data: errors.data && {
          ...errors.data,
          events: 1236,
          previousEvents: 214,
          users: 187,
          previousUsers: 41,
          rate: 0.0184,
          unresolvedIssues: 23,
          issues: issues(clock),
          trend: eventTrend(clock, [3, 20, 1116]),
        },
      },
      slowSignal(clock),
      {
        ...releases,
        status: 'critical',
        since: clock.ago(8 * MINUTE),
        reasons: [
          {
            metric: 'releases.regression',
            subject: { id: '2026.11.22-2', name: '2026.11.22-2' },
            value: 2.12,
            unit: 'fraction',
            threshold: 0.5,
            level: 'critical',
            message: '2026.11.22-2 is 212 % worse than the release before.',
            since: clock.ago(8 * MINUTE),
          },
        ],
        data: {
          releases: [
            {
              version: '2026.11.22-2',
              createdAt: clock.ago(16 * MINUTE),
              author: 'engineer-c',
              url: 'https://sentry.example.com/releases/2026.11.22-2/',
              events: 1113,
              newIssues: 7,
              comparison: { metric: 'errorsPerSession', ratio: 2.12 },
              crashFreeSessions: 0.9721,
              adoption: 0.64,
              verdict: 'roll-back',
            },
            {
              version: '2026.11.22-1',
              createdAt: clock.ago(4.6 * HOUR),
              author: 'engineer-a',
              url: 'https://sentry.example.com/releases/2026.11.22-1/',
              events: 96,
              newIssues: 1,
              comparison: { metric: 'errorsPerSession', ratio: 0.04 },
              crashFreeSessions: 0.9991,
              adoption: 0.34,
              verdict: 'healthy',
            },
            ...(releases.data?.releases ?? []),
            {
              version: '2026.11.19-1',
              createdAt: clock.ago(4 * DAY),
              author: 'engineer-c',
              events: 342,
              newIssues: 4,
              crashFreeSessions: 0.9952,
              adoption: 0,
              verdict: 'degraded',
            },
            {
              version: '2026.11.18-2',
              createdAt: clock.ago(5 * DAY),
              events: 0,
              newIssues: 0,
              verdict: 'unknown',
            },
          ],
        },
      },
    ],
  });
}

/** The same with all that later capabilities add: incident, people, runbooks, postmortems. */
export function fullReport(now: number): EntityReport {
  const clock = createClock(now);
  const person = (name: string) => ({
    entityRef: `user:default/${name}`,
    displayName: name,
  });
  return {
    ...criticalReport(now),
    incidents: [
      {
        id: '42',
        number: 42,
        title: 'Quotes cannot be created',
        severity: 'SEV-2',
        state: 'investigating',
        entityRefs: ['component:default/visioncrm-api'],
        commander: 'user:default/engineer-b',
        declaredAt: clock.ago(6 * MINUTE),
        nextUpdateDueAt: clock.ago(-9 * MINUTE),
        changedAt: clock.ago(2 * MINUTE),
        version: 4,
      },
    ],
    onCall: [
      {
        schedule: 'crm-primary',
        title: 'CRM',
        level: 'primary',
        people: [person('engineer-b')],
        since: clock.ago(6 * DAY),
        until: clock.ago(-18 * HOUR),
        next: { people: [person('engineer-c')], at: clock.ago(-18 * HOUR) },
        source: { provider: 'watchkeeper' },
      },
    ],
    runbooks: [
      {
        id: 'error-rate-spike',
        title: 'Error rate spike',
        url: 'https://git.example.com/crm/api/docs/runbooks/error-rate.md',
        entityRefs: ['component:default/visioncrm-api'],
        alerts: ['errors.rate'],
        lastTested: clock.ago(41 * DAY),
        freshness: 'ageing',
        stepCount: 8,
        problems: 0,
        match: {
          by: 'alert',
          score: 1,
          excerpt: 'errors.rate',
          why: [{ part: 'alert', term: 'errors.rate', found: 'errors.rate' }],
        },
      },
    ],
    uncovered: ['performance.p95Ms'],
    postmortems: [
      {
        id: '7',
        title: 'Quotes failed after a pool change',
        source: 'incident',
        status: 'published',
        severity: 'SEV-2',
        entityRefs: ['component:default/visioncrm-api'],
        publishedAt: clock.ago(50 * DAY),
        openActions: 2,
        overdueActions: 1,
      },
    ],
  };
}

/** Sentry refuses the token: the last good data stays. Errors and releases of it cannot be judged. */
export function failingReport(now: number): EntityReport {
  const clock = createClock(now);
  const [errors, performance, releases] = wellSignals(clock);
  return createReport(now, {
    status: 'unknown',
    since: clock.ago(28 * MINUTE),
    signals: [
      {
        ...errors,
        status: 'unknown',
        since: clock.ago(28 * MINUTE),
        observedAt: clock.ago(29 * MINUTE),
        problem: {
          code: 'unauthorized',
          message: 'sentry.example.com answered 401 to the token of "default".',
          since: clock.ago(28 * MINUTE),
          retryAt: clock.ago(-4 * MINUTE),
        },
      },
      performance,
      releases,
    ],
  });
}

/** Not read for a while, and nobody said why. */
export function staleReport(now: number): EntityReport {
  const clock = createClock(now);
  return createReport(now, {
    status: 'unknown',
    since: clock.ago(26 * MINUTE),
    signals: wellSignals(clock).map(signal => ({
      ...signal,
      status: 'unknown',
      since: clock.ago(26 * MINUTE),
      observedAt: clock.ago(29 * MINUTE),
      stale: true,
    })),
  });
}

/** Just configured: nothing has been read. */
export function pendingReport(now: number): EntityReport {
  return createReport(now, {
    status: 'unknown',
    since: new Date(now - 20_000).toISOString(),
    signals: (['errors', 'performance', 'releases'] as const).map(kind => ({
      ...sentrySignal(kind, null),
      kind,
      status: 'unknown' as const,
      thresholds: [],
    })),
  });
}

/** Nothing is configured. */
export function notConfiguredReport(now: number): EntityReport {
  return createReport(now, { status: null, since: null });
}

/** An annotation that nobody can read, beside one that is fine. */
export function misconfiguredReport(now: number): EntityReport {
  return {
    ...okReport(now),
    misconfigurations: [
      {
        annotation: 'watchkeeper.io/thresholds',
        message: 'Not a JSON object: unexpected end of input at character 14.',
      },
    ],
  };
}

/** Two projects, one of which Sentry does not know; and no request counts. */
export function severalSourcesReport(now: number): EntityReport {
  const clock = createClock(now);
  const [errors] = wellSignals(clock);
  const [otherErrors] = wellSignals(clock, 'visioncrm/visioncrm-jobs');
  return createReport(now, {
    status: 'unknown',
    since: clock.ago(2 * HOUR),
    signals: [
      {
        ...errors,
        data: errors.data && { ...errors.data, rate: undefined },
      },
      {
        ...otherErrors,
        status: 'unknown',
        data: undefined,
        observedAt: null,
        problem: {
          code: 'not-found',
          message: 'Sentry has no project visioncrm/visioncrm-jobs.',
          since: clock.ago(2 * HOUR),
        },
      },
    ],
  });
}

/** A system: what it is made of. */
export function systemReport(now: number): EntityReport {
  const clock = createClock(now);
  return createReport(now, {
    entityRef: 'system:default/visioncrm',
    status: 'critical',
    since: clock.ago(9 * MINUTE),
    members: [
      {
        entityRef: 'component:default/visioncrm-api',
        title: 'visioncrm-api',
        status: 'critical',
        since: clock.ago(9 * MINUTE),
        reasons: criticalReport(now)
          .signals.flatMap(signal => signal.reasons)
          .slice(0, 2),
        reasonCount: 3,
      },
      {
        entityRef: 'component:default/visioncrm-web',
        title: 'VisionCRM in the browser',
        status: 'ok',
        since: clock.ago(3 * DAY),
        reasons: [],
        reasonCount: 0,
      },
      {
        entityRef: 'resource:default/visioncrm-db',
        title: 'visioncrm-db',
        status: null,
        since: null,
        reasons: [],
        reasonCount: 0,
      },
    ],
  });
}

/** Text from outside that would like to be more than text. */
export function hostileReport(now: number): EntityReport {
  const clock = createClock(now);
  const [errors, performance, releases] = wellSignals(clock);
  const markup = '<img src=x onerror="window.hacked = true"><b>bold</b>';
  const script = ['java', 'script:window.hacked=true'].join('');
  const hostile: Issue[] = [
    issue({
      id: 'h1',
      title: markup,
      culprit: '{{t}} $t(health.title) \u202egnirts desrever',
      level: 'constructor',
      substatus: 'toString',
      events: 5,
      url: script,
      lastSeen: 'not a date',
      assignee: { type: 'user', name: markup },
    }),
    issue({
      id: 'h2',
      title: 'long'.repeat(400),
      events: 4,
      url: 'data:text/html,<script>window.hacked=true</script>',
      lastSeen: clock.ago(MINUTE),
    }),
  ];
  return createReport(now, {
    status: 'critical',
    since: clock.ago(MINUTE),
    misconfigurations: [{ annotation: markup, message: markup }],
    changes: [
      {
        at: clock.ago(MINUTE),
        kind: 'release',
        entityRef: 'component:default/visioncrm-api',
        title: markup,
        author: markup,
        url: script,
      },
    ],
    signals: [
      {
        ...errors,
        status: 'critical',
        source: { ...errors.source, url: script, target: markup },
        reasons: [
          {
            metric: markup,
            subject: { id: 'x', name: markup },
            value: markup,
            unit: markup,
            threshold: markup,
            level: 'critical',
            message: markup,
            since: clock.ago(MINUTE),
          },
        ],
        problem: {
          code: 'malformed',
          message: markup,
          since: clock.ago(MINUTE),
        },
        data: errors.data && { ...errors.data, issues: hostile },
      },
      {
        ...performance,
        data: performance.data && {
          ...performance.data,
          transactions: [
            { name: markup, p95Ms: 1, throughputPerMinute: 1 },
            { name: 'x'.repeat(2000), p95Ms: 1, throughputPerMinute: 1 },
          ],
        },
      },
      {
        ...releases,
        data: {
          releases: [
            {
              version: markup,
              createdAt: 'yesterday',
              author: markup,
              url: script,
              events: 1,
              newIssues: 1,
              comparison: { metric: markup, ratio: 0.7 },
              verdict: 'roll-back',
            },
          ],
        },
      },
    ],
  });
}
