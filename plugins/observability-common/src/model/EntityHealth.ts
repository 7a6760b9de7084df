import { z } from 'zod/v4';
import { statusSchema } from '../status';
import { instantSchema, problemSchema, reasonSchema } from './Signal';
import { onCallNowSchema } from './Summaries';

/** Schema of {@link StatusCounts}.
 * @public
 */
export const statusCountsSchema = z.object({
  ok: z.number(),
  warning: z.number(),
  critical: z.number(),
  unknown: z.number(),
});
/** How many there are in each status.
 * @public
 */
export type StatusCounts = z.infer<typeof statusCountsSchema>;

/** Schema of {@link EntityHealth}.
 * @public
 */
export const entityHealthSchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  owner: z.string().optional(),
  system: z.string().optional(),
  status: statusSchema.nullable(),
  since: instantSchema.nullable(),
  /** The two worst. */
  reasons: z.array(reasonSchema),
  reasonCount: z.number(),
  /** How many of its signals are in each status. */
  signals: statusCountsSchema,
  /** Of the monitor that was down most in the last 30 days. */
  uptime: z
    .object({
      /** 0..1; absent where less than a day of them is known. */
      fraction: z.number().optional(),
      days: z.literal(30),
      /** The worst of each day over all its monitors, oldest first; today is the last. */
      trend: z.array(z.enum(['up', 'degraded', 'down', 'unknown', 'none'])),
      monitors: z.number(),
      /** How many are down now. */
      down: z.number(),
    })
    .optional(),
  /** Of the database figure that is nearest to its limit, or past it. */
  database: z
    .object({
      metric: z.string(),
      value: z.union([z.number(), z.string()]),
      status: statusSchema,
    })
    .optional(),
  /** Events of the last 24 hours; `trend` has one number an hour, oldest first. */
  errors: z
    .object({ events: z.number(), trend: z.array(z.number()) })
    .optional(),
  onCall: z.array(onCallNowSchema),
  openIncidents: z.number(),
});
/** One row of the list of all services.
 * @public */
export type EntityHealth = z.infer<typeof entityHealthSchema>;

/** Schema of {@link SourceHealth}.
 * @public
 */
export const sourceHealthSchema = z.object({
  provider: z.string(),
  instance: z.string(),
  lastRunAt: instantSchema.nullable(),
  lastSuccessAt: instantSchema.nullable(),
  targets: z.number(),
  problem: problemSchema.optional(),
  /** How many entities that the caller may read it leaves without fresh data. */
  affectedEntities: z.number(),
});
/** How one configured instance of a vendor is doing.
 * @public */
export type SourceHealth = z.infer<typeof sourceHealthSchema>;

/** Schema of {@link EntityHealthList}.
 * @public
 */
export const entityHealthListSchema = z.object({
  items: z.array(entityHealthSchema),
  nextCursor: z.string().optional(),
  previousCursor: z.string().optional(),
  /** By status, of all that matches the filters but `status`; `unconfigured` has none. */
  totals: statusCountsSchema.extend({ unconfigured: z.number() }),
  /** Of the caller's readable entities: what the filters can be set to. */
  facets: z.object({
    owners: z.array(z.string()),
    systems: z.array(z.string()),
  }),
  sources: z.array(sourceHealthSchema),
});
/** A page of the list of all services.
 * @public
 */
export type EntityHealthList = z.infer<typeof entityHealthListSchema>;
