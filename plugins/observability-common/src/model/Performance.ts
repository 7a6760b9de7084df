import { z } from 'zod/v4';
import { issueSchema } from './Errors';

/** Schema of {@link Transaction}.
 * @public
 */
export const transactionSchema = z.object({
  name: z.string(),
  p95Ms: z.number(),
  throughputPerMinute: z.number(),
  failureRate: z.number().optional(),
});
/** One route or job.
 * @public */
export type Transaction = z.infer<typeof transactionSchema>;

/** Schema of {@link PerformanceData}.
 * @public
 */
export const performanceDataSchema = z.object({
  /** The span that the headline numbers cover, such as `10m`. */
  window: z.string(),
  /** `null` when nothing was measured in the window. */
  p95Ms: z.number().nullable(),
  throughputPerMinute: z.number(),
  previousThroughputPerMinute: z.number().optional(),
  failureRate: z.number().optional(),
  previousFailureRate: z.number().optional(),
  trend: z.array(z.object({ at: z.string(), p95Ms: z.number() })),
  /** The ten slowest by p95, slowest first. */
  transactions: z.array(transactionSchema),
  /** Which transactions are listed: those that serve HTTP requests, or all where there are none such. */
  transactionScope: z.enum(['http.server', 'all']).optional(),
  /** Issues that report a slow query. */
  slowQueries: z.array(issueSchema),
});
/** What a signal of the kind `performance` holds.
 * @public
 */
export type PerformanceData = z.infer<typeof performanceDataSchema>;
