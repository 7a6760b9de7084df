import {
  DatabaseData,
  Reason,
  RestoreTest,
  Threshold,
} from '@watchkeeper/backstage-plugin-observability-common';
import type { SignalOf } from '../health/signals';
import { Clock } from './signals';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const DATABASE_THRESHOLDS: Threshold[] = [
  {
    metric: 'database.cpu',
    unit: 'fraction',
    warning: 0.7,
    critical: 0.8,
    forSeconds: 600,
  },
  { metric: 'database.memory', unit: 'fraction', warning: 0.8, critical: 0.9 },
  { metric: 'database.disk', unit: 'fraction', warning: 0.8, critical: 0.9 },
  { metric: 'database.connections', unit: 'fraction', warning: 0.8 },
  { metric: 'database.connectionCount', unit: 'count', warning: 100 },
  { metric: 'database.slowQueryMs', unit: 'milliseconds', warning: 1000 },
];

/** A vendor's database with all that can be known of one. */
export function databaseData(clock: Clock): DatabaseData {
  return {
    engine: 'PostgreSQL',
    version: '15.8',
    state: 'active',
    cpu: 0.74,
    memory: 0.71,
    disk: 0.62,
    connections: { used: 71, max: 100 },
    cacheHit: 0.994,
    sizeBytes: 8_240_000_000,
    replicationLagSeconds: 2,
    activity: {
      active: 12,
      idleInTransaction: 1,
      waiting: 0,
      longestTransactionSeconds: 84,
    },
    vacuum: {
      wraparound: 0.184,
      deadRows: 48_210,
      oldestAutovacuumAt: clock.ago(3 * DAY),
    },
    services: ['Auth', 'REST', 'Storage', 'Realtime'].map(name => ({
      name,
      state: 'healthy' as const,
    })),
    slowQueries: [
      {
        query:
          'SELECT * FROM "Quote" LEFT JOIN "Contact" ON "Quote"."contactId" = "Contact".id WHERE "Quote"."status" = $1',
        calls: 1204,
        meanMs: 1820,
        maxMs: 6410,
        totalMs: 2_191_280,
        rows: 240_800,
        advice: 'index on "Quote"("status")',
      },
      {
        query: 'SELECT * FROM "Contact" WHERE email = $1',
        calls: 418,
        meanMs: 1120,
        maxMs: 2340,
        totalMs: 468_160,
      },
    ],
    backups: {
      lastGoodAt: clock.ago(11 * HOUR),
      items: [
        { check: 'daily', passed: true, detail: 'on' },
        { check: 'pitr', passed: true, detail: 'on' },
        { check: 'retention', passed: true, detail: '30 days' },
        { check: 'recency', passed: true, detail: '11 h ago' },
        {
          check: 'restore-test',
          passed: false,
          detail: '41 days ago, due every 30 days',
        },
      ],
    },
    advisories: [
      {
        name: 'rls_disabled_in_public',
        level: 'warning',
        title: 'RLS disabled on "quote_totals_tmp"',
        remediation: 'Enable row level security, or drop the table.',
        url: 'https://docs.example.com/advisors/rls',
      },
    ],
    limitations: [],
  };
}

/** The signal of that database, its processor past the limit. */
export function databaseSignal(
  clock: Clock,
  values: Partial<SignalOf<'database'>> = {},
): SignalOf<'database'> {
  const reason = (reasonValues: Partial<Reason>): Reason => ({
    metric: 'database.cpu',
    value: 0.74,
    unit: 'fraction',
    threshold: 0.7,
    level: 'warning',
    message: 'CPU 74 % for 11 min, limit 70 % for 10 min',
    since: clock.ago(11 * MINUTE),
    ...reasonValues,
  });
  return {
    id: 'database:supabase:default:abcdefghijklmnopqrst',
    kind: 'database',
    source: {
      provider: 'supabase',
      instance: 'default',
      target: 'visioncrm-prod',
      url: 'https://supabase.example.com/project/abcdefghijklmnopqrst',
    },
    status: 'warning',
    since: clock.ago(11 * DAY),
    reasons: [
      reason({
        metric: 'database.backup',
        value: 'failed',
        unit: 'state',
        threshold: 'failed',
        message: 'A check of the backups failed; failed or worse is a warning',
        since: clock.ago(11 * DAY),
      }),
      reason({}),
    ],
    thresholds: DATABASE_THRESHOLDS,
    observedAt: clock.ago(MINUTE),
    stale: false,
    data: databaseData(clock),
    ...values,
  };
}

/** A second database, read directly: well, and without what only a vendor knows. */
export function plainDatabaseSignal(clock: Clock): SignalOf<'database'> {
  const { cpu, memory, disk, backups, services, ...data } = databaseData(clock);
  return databaseSignal(clock, {
    id: 'database:postgres:default:crm-reporting',
    source: {
      provider: 'postgres',
      instance: 'default',
      target: 'crm-reporting',
    },
    status: 'ok',
    since: clock.ago(30 * DAY),
    reasons: [],
    data: {
      ...data,
      version: '18.1',
      connections: { used: 9, max: 200 },
      standby: true,
      readOnly: true,
      services: [],
      slowQueries: [],
      advisories: [],
      limitations: [
        {
          area: 'metrics',
          code: 'not-supported',
          message: 'A connection to the server tells neither CPU nor memory.',
        },
        {
          area: 'slow-queries',
          code: 'not-enabled',
          message:
            'The extension pg_stat_statements is missing: run CREATE EXTENSION pg_stat_statements.',
        },
        {
          area: 'backups',
          code: 'not-supported',
          message:
            'Backups are made elsewhere; a restore test can be recorded.',
        },
      ],
    },
  });
}

/** A database that its vendor has put to sleep, of which little can be known. */
export function pausedDatabaseSignal(clock: Clock): SignalOf<'database'> {
  return databaseSignal(clock, {
    status: 'unknown',
    reasons: [],
    data: {
      engine: 'PostgreSQL',
      state: 'paused',
      services: [],
      slowQueries: [],
      advisories: Array.from({ length: 7 }, (_, index) => ({
        name: 'unused_index',
        level: 'info' as const,
        title: `Index quote_${index}_idx is not used`,
      })),
      limitations: [
        {
          area: 'backups',
          code: 'plan',
          message: 'The free plan has no backups.',
        },
        {
          area: 'advisories',
          code: 'failed',
          message: 'The advisor did not answer.',
        },
      ],
    },
  });
}

/** A restore that somebody tried. */
export function restoreTest(clock: Clock): RestoreTest {
  return {
    id: '1',
    at: clock.ago(41 * DAY),
    result: 'passed',
    note: 'Into a branch, 12 min',
    recordedBy: 'user:default/engineer-b',
    recordedAt: clock.ago(41 * DAY),
  };
}
