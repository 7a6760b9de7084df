import { z } from 'zod/v4';
import { instantSchema } from './Signal';

/** Schema of {@link CoverageState}.
 * @public
 */
export const coverageStateSchema = z.enum([
  'ok',
  'missing',
  'dead-link',
  'no-steps',
  'stale',
  'never-tested',
]);
/**
 * Whether an alert of a service has a runbook that can be relied on. `stale`
 * begins at 180 days; one that is ageing is still `ok`.
 *
 * @public
 */
export type CoverageState = z.infer<typeof coverageStateSchema>;

/** Schema of {@link CoverageRow}.
 * @public
 */
export const coverageRowSchema = z.object({
  /** Name of the alert; the id of the metric, where it has none. */
  alert: z.string(),
  /** Absent for an alert that is no metric of ours. */
  metric: z.string().optional(),
  entityRef: z.string(),
  entityTitle: z.string(),
  owner: z.string().optional(),
  state: coverageStateSchema,
  /** The one that answers best, where there is one. */
  runbook: z
    .object({
      id: z.string(),
      title: z.string(),
      stepCount: z.number(),
      lastTested: instantSchema.optional(),
    })
    .optional(),
  /** The address that answers nothing, of a dead link. */
  link: z.string().optional(),
});
/** One alert of one service.
 * @public */
export type CoverageRow = z.infer<typeof coverageRowSchema>;

/** Schema of {@link CoverageCounts}.
 * @public
 */
export const coverageCountsSchema = z.object({
  ok: z.number(),
  missing: z.number(),
  'dead-link': z.number(),
  'no-steps': z.number(),
  stale: z.number(),
  'never-tested': z.number(),
});
/** How many alerts of services are in each state.
 * @public */
export type CoverageCounts = z.infer<typeof coverageCountsSchema>;

/** Schema of {@link OwnerCoverage}.
 * @public
 */
export const ownerCoverageSchema = z.object({
  /** Absent: of services without an owner. */
  owner: z.string().optional(),
  counts: coverageCountsSchema,
});
/** The coverage of one team.
 * @public */
export type OwnerCoverage = z.infer<typeof ownerCoverageSchema>;

/** Schema of {@link CoverageTrendPoint}.
 * @public
 */
export const coverageTrendPointSchema = z.object({
  /** Day of UTC, as `YYYY-MM-DD`. */
  date: z.iso.date(),
  ok: z.number(),
  total: z.number(),
});
/** The coverage at the end of a day.
 * @public */
export type CoverageTrendPoint = z.infer<typeof coverageTrendPointSchema>;
