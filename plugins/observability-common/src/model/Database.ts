import { z } from 'zod/v4';

/** Schema of {@link SlowQuery}.
 * @public
 */
export const slowQuerySchema = z.object({
  /** Normalised: values are placeholders. From outside: plain text. */
  query: z.string(),
  calls: z.number(),
  meanMs: z.number(),
  maxMs: z.number(),
  totalMs: z.number(),
  /** Rows returned or changed, over all calls. */
  rows: z.number().optional(),
  /** What would help, only where a plan or an advisor proves it. */
  advice: z.string().optional(),
});
/** A statement whose mean is over a second.
 * @public
 */
export type SlowQuery = z.infer<typeof slowQuerySchema>;

/** Schema of {@link BackupItem}.
 * @public
 */
export const backupItemSchema = z.object({
  check: z.enum(['daily', 'pitr', 'retention', 'recency', 'restore-test']),
  /** `null`: it cannot be told. */
  passed: z.boolean().nullable(),
  detail: z.string(),
});
/** One item of the checklist of backups.
 * @public
 */
export type BackupItem = z.infer<typeof backupItemSchema>;

/** Schema of {@link DatabaseAdvisory}.
 * @public
 */
export const databaseAdvisorySchema = z.object({
  /** The kind of advice: `unindexed_foreign_keys`, `unused-index`, … */
  name: z.string(),
  level: z.enum(['error', 'warning', 'info', 'unknown']),
  title: z.string(),
  detail: z.string().optional(),
  remediation: z.string().optional(),
  /** The page that explains it, http(s) only. */
  url: z.string().optional(),
});
/** @public */
export type DatabaseAdvisory = z.infer<typeof databaseAdvisorySchema>;

/** Schema of {@link DatabaseLimitation}.
 * @public
 */
export const databaseLimitationSchema = z.object({
  area: z.enum([
    'metrics',
    'slow-queries',
    'backups',
    'advisories',
    'disk',
    'services',
    'activity',
    'replication',
  ]),
  /**
   * `not-enabled`: an extension or a setting is off. `plan`: the vendor's plan
   * lacks it. `not-permitted`: the role or token may not read it.
   * `not-configured`: a setting of ours is missing. `pending`: it needs one more
   * reading. `not-supported`: this engine or version has no such thing.
   * `failed`: it could not be read this time.
   */
  code: z.enum([
    'not-enabled',
    'plan',
    'not-permitted',
    'not-configured',
    'pending',
    'not-supported',
    'failed',
  ]),
  /** What is missing, why, and what to do. */
  message: z.string(),
});
/** A part of the picture that is not there, and why.
 * @public
 */
export type DatabaseLimitation = z.infer<typeof databaseLimitationSchema>;

/** Schema of {@link DatabaseData}.
 * @public
 */
export const databaseDataSchema = z.object({
  engine: z.string(),
  version: z.string().optional(),
  /**
   * Of the database as a whole: `active`, `paused`, `starting`, `stopping`,
   * `restoring`, `upgrading`, `unhealthy`, `failed`, `removed`, `unknown`.
   */
  state: z.string(),
  /** Fractions, 0..1. */
  cpu: z.number().optional(),
  memory: z.number().optional(),
  disk: z.number().optional(),
  connections: z.object({ used: z.number(), max: z.number() }).optional(),
  /** Blocks found in memory over all blocks read, 0..1. */
  cacheHit: z.number().optional(),
  sizeBytes: z.number().optional(),
  replicationLagSeconds: z.number().optional(),
  /** It takes no writes. */
  readOnly: z.boolean().optional(),
  /** It is a copy that follows another server. */
  standby: z.boolean().optional(),
  activity: z
    .object({
      active: z.number(),
      idleInTransaction: z.number(),
      /** Sessions that wait for a lock. */
      waiting: z.number(),
      longestTransactionSeconds: z.number().optional(),
      longestQuerySeconds: z.number().optional(),
    })
    .optional(),
  vacuum: z
    .object({
      /** How much of the transaction ids until a forced stop is used, 0..1. */
      wraparound: z.number(),
      deadRows: z.number().optional(),
      oldestAutovacuumAt: z.string().optional(),
    })
    .optional(),
  services: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['healthy', 'unhealthy', 'starting', 'unknown']),
      detail: z.string().optional(),
    }),
  ),
  /** By total time, the longest first; at most 50. */
  slowQueries: z.array(slowQuerySchema),
  backups: z
    .object({
      items: z.array(backupItemSchema),
      lastGoodAt: z.string().optional(),
    })
    .optional(),
  /** Worst first; at most 100. */
  advisories: z.array(databaseAdvisorySchema),
  limitations: z.array(databaseLimitationSchema),
});
/** What a signal of the kind `database` holds.
 * @public
 */
export type DatabaseData = z.infer<typeof databaseDataSchema>;
