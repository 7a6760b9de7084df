import { soundProject } from './common';
import type { SupabaseWorld } from './types';

/**
 * The reference of the demo's project.
 *
 * @public
 */
export const VISION_CRM_SUPABASE_REF = 'vcrmprodkqzhwtnbxaye';

/**
 * The databases of the demo: the one of production is busy, with two slow
 * statements and a table that anybody can read; that of staging is paused.
 *
 * @public
 */
export function visionCrmSupabaseWorld(): SupabaseWorld {
  return { describe: () => [production(), staging()] };
}

function production() {
  return soundProject({
    ref: VISION_CRM_SUPABASE_REF,
    name: 'visioncrm-prod',
    state: {
      cpu: 0.74,
      memory: 0.71,
      disk: 0.62,
      connections: { used: 71, max: 100 },
      statements: [
        {
          query:
            'SELECT * FROM "Quote" LEFT JOIN "Contact" ON "Quote"."contactId" = "Contact".id WHERE "Quote"."status" = $1',
          callsPerHour: 38,
          meanMs: 1820,
          maxMs: 6410,
          rows: 212,
        },
        {
          query: 'SELECT * FROM "Contact" WHERE "Contact"."company" ILIKE $1',
          callsPerHour: 12,
          meanMs: 1120,
          maxMs: 2340,
          rows: 18,
        },
        {
          query: 'UPDATE "Invoice" SET "paidAt" = $1 WHERE "Invoice"."id" = $2',
          callsPerHour: 160,
          meanMs: 14,
          maxMs: 96,
          rows: 1,
        },
      ],
      lints: {
        performance: [],
        security: [
          {
            name: 'rls_disabled_in_public',
            title: 'RLS Disabled in Public',
            level: 'WARN',
            description:
              'Finds tables that the API serves and that have no row level security.',
            detail:
              'Anybody who has the public key can read and change table \\`public.quote_totals_tmp\\`: it has no row level security.',
            remediation:
              'https://supabase.com/docs/guides/database/database-linter?lint=0013_rls_disabled_in_public',
            metadata: {
              schema: 'public',
              name: 'quote_totals_tmp',
              type: 'table',
            },
            cacheKey: 'rls_disabled_in_public_public_quote_totals_tmp',
          },
        ],
      },
    },
  });
}

function staging() {
  return soundProject({
    ref: 'vcrmstagingjqlwzhpkb',
    name: 'visioncrm-staging',
    state: {
      status: 'INACTIVE',
      backups: { pitr: false, lastAgeMs: null, keptDays: 0, goOn: false },
    },
  });
}
