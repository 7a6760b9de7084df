import { z } from 'zod/v4';
import { instantSchema } from './Signal';

/** Schema of {@link Resolution}.
 * @public
 */
export const resolutionSchema = z.enum(['raw', 'hour', 'day']);
/** How much time a point of a series stands for: one sample, an hour or a day.
 * @public
 */
export type Resolution = z.infer<typeof resolutionSchema>;

/** Schema of {@link SeriesPoint}.
 * @public
 */
export const seriesPointSchema = z.object({
  at: instantSchema,
  /** The mean of the samples; for counts, of the window that each covers. */
  value: z.number(),
  min: z.number(),
  max: z.number(),
  /** How many samples it stands for. */
  count: z.number(),
  p50: z.number().optional(),
  p95: z.number().optional(),
});
/** One point of a series.
 * @public
 */
export type SeriesPoint = z.infer<typeof seriesPointSchema>;

/** Schema of {@link Series}.
 * @public
 */
export const seriesSchema = z.object({
  signalId: z.string(),
  subject: z.string().optional(),
  metric: z.string(),
  unit: z.string(),
  points: z.array(seriesPointSchema),
});
/** How one metric of a signal went, on one subject.
 * @public
 */
export type Series = z.infer<typeof seriesSchema>;
