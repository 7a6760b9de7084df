import type { SupabaseProjectDefinition, SupabaseProjectState } from './types';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The service role key of every project of a world that says nothing else.
 *
 * @public
 */
export const STAND_IN_SUPABASE_SERVICE_ROLE_KEY = 'sb_secret_stand-in';

/** A project with nothing to complain about, but for what is given. */
export function soundProject(
  given: Pick<SupabaseProjectDefinition, 'ref' | 'name'> &
    Partial<Omit<SupabaseProjectDefinition, 'state'>> & {
      state?: Partial<SupabaseProjectState>;
    },
): SupabaseProjectDefinition {
  const { state, ...definition } = given;
  return {
    organization: 'visioncrm',
    region: 'eu-west-3',
    createdAt: -420 * DAY,
    version: '15.8.1.085',
    serviceRoleKey: STAND_IN_SUPABASE_SERVICE_ROLE_KEY,
    bootedAt: -31 * DAY,
    cpus: 2,
    memoryBytes: 4_050_000_000,
    diskBytes: 33_600_000_000,
    sizeBytes: 18_250_000_000,
    ...definition,
    state: {
      status: 'ACTIVE_HEALTHY',
      cpu: 0.3,
      memory: 0.5,
      disk: 0.4,
      cacheHit: 0.994,
      connections: { used: 20, max: 100 },
      readOnly: false,
      services: {},
      statements: [],
      hasStatements: true,
      backups: { pitr: true, lastAgeMs: 11 * HOUR, keptDays: 30, goOn: true },
      lints: { performance: [], security: [] },
      notInPlan: [],
      withoutFamilies: [],
      ...state,
    },
  };
}
