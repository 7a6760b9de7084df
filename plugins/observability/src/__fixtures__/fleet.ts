import type {
  EntityHealth,
  EntityHealthList,
  OnCallNow,
  Reason,
  SourceHealth,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type ReasonParts = Pick<Reason, 'metric' | 'value' | 'unit' | 'threshold'> &
  Partial<Reason>;

/** A service in few words: what is left out is as on a quiet day. */
interface ServiceParts {
  name: string;
  kind?: string;
  owner?: string;
  system?: string;
  status: Status | null;
  forMinutes?: number;
  reasons?: ReasonParts[];
  moreReasons?: number;
  uptime?: number;
  database?: EntityHealth['database'];
  /** Events in the last hours, the last one now. */
  errors?: number[];
  onCall?: string | null;
  incidents?: number;
}

const SOURCE_REFUSED: ReasonParts = {
  metric: 'source',
  value: 'unauthorized',
  unit: 'state',
  threshold: null,
  level: 'unknown',
  message:
    'UptimeRobot (default) refused the credentials: api_key not found. Last read 2026-11-22 13:12 UTC.',
};

const NOTABLE: ServiceParts[] = [
  {
    name: 'visioncrm-api',
    owner: 'crm',
    system: 'visioncrm',
    status: 'critical',
    forMinutes: 9,
    reasons: [
      {
        metric: 'errors.rate',
        value: 0.0184,
        unit: 'fraction',
        threshold: 0.01,
        message: 'Error rate 1.84 %, limit 1 %',
      },
      {
        metric: 'releases.regression',
        subject: { id: '2026.11.22-2', name: '2026.11.22-2' },
        value: 2.1,
        unit: 'fraction',
        threshold: 0.5,
        message:
          'Release 2026.11.22-2: +210 % errors against the release before, limit +50 %',
      },
    ],
    moreReasons: 5,
    uptime: 0.9992,
    errors: [
      4, 3, 5, 2, 4, 6, 5, 4, 3, 4, 5, 7, 6, 4, 5, 3, 4, 6, 5, 4, 6, 9, 310,
      826,
    ],
    onCall: 'engineer-b',
    incidents: 1,
  },
  {
    name: 'billing-webhooks',
    owner: 'billing',
    system: 'billing',
    status: 'critical',
    forMinutes: 34,
    reasons: [
      {
        metric: 'uptime.state',
        subject: { id: '7', name: '/hooks/stripe' },
        value: 'down',
        unit: 'state',
        threshold: 'down',
        message: '/hooks/stripe: down; down is critical',
      },
    ],
    uptime: 0.9961,
    errors: [
      0, 1, 0, 2, 1, 0, 0, 3, 1, 2, 1, 0, 1, 2, 0, 1, 3, 2, 1, 4, 9, 88, 160,
      205,
    ],
    onCall: 'engineer-d',
    incidents: 1,
  },
  {
    name: 'visioncrm-web',
    owner: 'crm',
    system: 'visioncrm',
    status: 'warning',
    forMinutes: 8,
    reasons: [
      {
        metric: 'errors.rate',
        value: 0.0031,
        unit: 'fraction',
        threshold: 0.001,
        level: 'warning',
        message: 'Error rate 0.31 %, limit 0.1 %',
      },
    ],
    moreReasons: 1,
    uptime: 1,
    errors: [
      2, 1, 3, 2, 2, 1, 4, 2, 3, 2, 1, 2, 3, 2, 2, 4, 2, 1, 3, 2, 2, 3, 41, 54,
    ],
    onCall: 'engineer-b',
    incidents: 1,
  },
  {
    name: 'visioncrm-db',
    kind: 'resource',
    owner: 'crm',
    system: 'visioncrm',
    status: 'warning',
    forMinutes: 11,
    reasons: [
      {
        metric: 'database.cpu',
        value: 0.74,
        unit: 'fraction',
        threshold: 0.7,
        level: 'warning',
        message: 'CPU 74 % for 11 min, limit 70 % for 10 min',
      },
    ],
    database: { metric: 'database.cpu', value: 0.74, status: 'warning' },
    moreReasons: 1,
    uptime: 0.9998,
    onCall: 'engineer-b',
    incidents: 1,
  },
  {
    name: 'quote-pdf-renderer',
    owner: 'crm',
    system: 'visioncrm',
    status: 'warning',
    forMinutes: 130,
    reasons: [
      {
        metric: 'performance.p95Ms',
        value: 1180,
        unit: 'milliseconds',
        threshold: 1000,
        level: 'warning',
        message: 'p95 1 180 ms for 2 h, limit 1 000 ms for 10 min',
      },
    ],
    uptime: 0.9995,
    errors: [
      1, 2, 3, 1, 2, 1, 0, 2, 3, 2, 1, 2, 3, 1, 1, 2, 1, 0, 2, 2, 3, 1, 1, 1,
    ],
    onCall: 'engineer-b',
  },
  {
    name: 'identity-sessions',
    owner: 'platform',
    system: 'identity',
    status: 'warning',
    forMinutes: 312,
    reasons: [
      {
        metric: 'database.connections',
        value: 0.84,
        unit: 'fraction',
        threshold: 0.8,
        level: 'warning',
        message: '84 % of all connections in use, limit 80 %',
      },
    ],
    database: {
      metric: 'database.connections',
      value: 0.84,
      status: 'warning',
    },
    uptime: 1,
    errors: [
      2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 4, 2, 3, 2, 3, 2, 3, 2, 2, 3, 2, 3, 2, 3,
    ],
    onCall: 'engineer-e',
  },
  {
    name: 'data-export',
    owner: 'data',
    system: 'data-platform',
    status: 'warning',
    forMinutes: 30 * 60,
    reasons: [
      {
        metric: 'database.disk',
        value: 0.83,
        unit: 'fraction',
        threshold: 0.8,
        level: 'warning',
        message: 'disk 83 % full, limit 80 %',
      },
    ],
    database: { metric: 'database.disk', value: 0.83, status: 'warning' },
    uptime: 0.999,
    errors: [
      1, 0, 0, 2, 1, 0, 0, 1, 0, 0, 1, 2, 0, 0, 1, 0, 2, 1, 0, 1, 0, 2, 1, 1,
    ],
    onCall: null,
  },
  {
    name: 'mail-relay',
    kind: 'api',
    owner: 'platform',
    system: 'messaging',
    status: 'warning',
    forMinutes: 2 * 24 * 60 + 5,
    reasons: [
      {
        metric: 'uptime.certificateDays',
        subject: { id: '9', name: 'smtp.example.org' },
        value: 12.4,
        unit: 'days',
        threshold: 14,
        level: 'warning',
        message:
          'smtp.example.org: certificate expires in 12 days, limit 14 days',
      },
    ],
    uptime: 0.9971,
    errors: [
      6, 5, 4, 6, 3, 5, 6, 7, 5, 4, 6, 5, 7, 8, 5, 6, 4, 5, 6, 7, 5, 6, 5, 5,
    ],
    onCall: 'engineer-e',
  },
  ...['visioncrm-mobile-gateway', 'contacts-import', 'status-page'].map(
    (name): ServiceParts => ({
      name,
      owner: name === 'status-page' ? 'growth' : 'crm',
      system: name === 'status-page' ? 'web' : 'visioncrm',
      status: 'unknown',
      forMinutes: 28,
      reasons: [SOURCE_REFUSED],
      uptime: 0.9996,
      errors: [
        1, 2, 0, 1, 1, 0, 2, 1, 0, 1, 1, 2, 1, 0, 1, 2, 1, 0, 1, 1, 1, 0, 1, 1,
      ],
      onCall: 'engineer-f',
    }),
  ),
  {
    name: 'reporting-cubes',
    owner: 'data',
    system: 'data-platform',
    status: 'unknown',
    forMinutes: 190,
    reasons: [
      {
        metric: 'source',
        value: 'rate-limited',
        unit: 'state',
        threshold: null,
        level: 'unknown',
        message:
          'Sentry (default) asks for fewer requests: too many requests. Last read 2026-11-22 10:41 UTC.',
      },
    ],
    uptime: 0.999,
    errors: [
      2, 1, 2, 3, 2, 1, 2, 2, 1, 2, 3, 2, 1, 2, 2, 3, 2, 1, 2, 2, 1, 2, 1, 2,
    ],
    onCall: null,
  },
];

const QUIET = [
  ['billing-api', 'billing', 'billing'],
  ['billing-invoices', 'billing', 'billing'],
  ['billing-ledger', 'billing', 'billing'],
  ['identity-api', 'platform', 'identity'],
  ['identity-sso', 'platform', 'identity'],
  ['mail-templates', 'platform', 'messaging'],
  ['sms-gateway', 'platform', 'messaging'],
  ['marketing-site', 'growth', 'web'],
  ['signup-funnel', 'growth', 'web'],
  ['search-indexer', 'data', 'data-platform'],
  ['events-collector', 'data', 'data-platform'],
  ['feature-flags', 'platform', 'web'],
];

/** A company's services at one moment: some need attention, most do not. */
export function createFleet(
  now: number,
  options: { size?: number; unconfigured?: number } = {},
): EntityHealth[] {
  const { size = 203, unconfigured = 7 } = options;
  const quietCount = size - NOTABLE.length - unconfigured;
  const quiet = Array.from({ length: quietCount }, (_, index): ServiceParts => {
    const [name, owner, system] = QUIET[index % QUIET.length];
    const generation = Math.floor(index / QUIET.length);
    return {
      name: generation ? `${name}-${generation + 1}` : name,
      owner,
      system,
      status: 'ok',
      forMinutes: (90 - (index % 87)) * 24 * 60,
      uptime: index % 5 === 2 ? 1 : 0.9999 - (index % 7) * 0.0002,
      errors: Array.from(
        { length: 24 },
        (__, hour) => ((index + 3) * (hour + 5)) % ((index % 6) + 1),
      ),
      database:
        index % 4 === 0
          ? {
              metric: 'database.disk',
              value: 0.3 + (index % 5) / 10,
              status: 'ok',
            }
          : undefined,
      onCall: owner === 'data' ? null : `engineer-${'def'[index % 3]}`,
    };
  });
  const untold = Array.from(
    { length: unconfigured },
    (_, index): ServiceParts => ({
      name: `legacy-fax-bridge-${index + 1}`,
      owner: 'platform',
      status: null,
    }),
  );
  return [...NOTABLE, ...quiet, ...untold].map(parts => service(parts, now));
}

/** Two sources, of which one refuses its key. */
export function createSources(now: number): SourceHealth[] {
  const ago = (milliseconds: number) =>
    new Date(now - milliseconds).toISOString();
  return [
    {
      provider: 'sentry',
      instance: 'default',
      lastRunAt: ago(40_000),
      lastSuccessAt: ago(40_000),
      targets: 184,
      affectedEntities: 0,
    },
    {
      provider: 'uptimerobot',
      instance: 'default',
      lastRunAt: ago(20_000),
      lastSuccessAt: ago(29 * MINUTE),
      targets: 160,
      affectedEntities: 4,
      problem: {
        code: 'unauthorized',
        message: 'api_key not found (401)',
        since: ago(28 * MINUTE),
        retryAt: new Date(now + 40_000).toISOString(),
      },
    },
  ];
}

function service(parts: ServiceParts, now: number): EntityHealth {
  const { name, kind = 'component', status, forMinutes, reasons = [] } = parts;
  const since =
    forMinutes === undefined
      ? null
      : new Date(now - forMinutes * MINUTE).toISOString();
  const count = (wanted: Status) => (status === wanted ? 1 : 0);
  return {
    entityRef: `${kind}:default/${name}`,
    title: name,
    owner: parts.owner && `group:default/${parts.owner}`,
    system: parts.system && `system:default/${parts.system}`,
    status,
    since,
    reasons: reasons.map(reason => ({
      level: 'critical' as const,
      message: '',
      since: since ?? new Date(now).toISOString(),
      ...reason,
    })),
    reasonCount: reasons.length + (parts.moreReasons ?? 0),
    signals: {
      ok: count('ok'),
      warning: count('warning'),
      critical: count('critical'),
      unknown: count('unknown'),
    },
    uptime:
      parts.uptime === undefined
        ? undefined
        : {
            fraction: parts.uptime,
            days: 30,
            trend: trendOf(parts),
            monitors: 1,
            down: parts.reasons?.some(({ value }) => value === 'down') ? 1 : 0,
          },
    database: parts.database,
    errors: parts.errors && {
      events: parts.errors.reduce((sum, events) => sum + events, 0),
      trend: parts.errors,
    },
    onCall: parts.onCall === undefined ? [] : [watch(parts.onCall, now)],
    openIncidents: parts.incidents ?? 0,
  };
}

/** 30 days that agree with the uptime of a service. */
function trendOf(parts: ServiceParts): ('up' | 'down' | 'unknown')[] {
  const isDown = parts.reasons?.some(({ value }) => value === 'down');
  return Array.from({ length: 30 }, (_, day) => {
    if (day === 29 && parts.status === 'unknown') {
      return 'unknown';
    }
    const isBad =
      day === 29 ? isDown : day === 17 && (parts.uptime ?? 1) < 0.9993;
    return isBad ? 'down' : 'up';
  });
}

function watch(name: string | null, now: number): OnCallNow {
  return {
    schedule: 'crm',
    title: 'CRM',
    level: 'Primary',
    people: name
      ? [{ entityRef: `user:default/${name}`, displayName: name }]
      : [],
    since: new Date(now - DAY).toISOString(),
    until: new Date(now + DAY).toISOString(),
    source: { provider: 'watchkeeper' },
  };
}

/** The services without what later capabilities fill in. */
export function withoutLaterColumns(items: EntityHealth[]): EntityHealth[] {
  return items.map(item => ({
    ...item,
    uptime: undefined,
    database: undefined,
    onCall: [],
    openIncidents: 0,
  }));
}

/** An answer with nothing in it. */
export const EMPTY_LIST: EntityHealthList = {
  items: [],
  totals: { critical: 0, warning: 0, unknown: 0, ok: 0, unconfigured: 0 },
  facets: { owners: [], systems: [] },
  sources: [],
};
