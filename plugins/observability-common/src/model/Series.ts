import { z } from 'zod/v4';
import { instantSchema } from './Signal';

/** @public */
export const resolutionSchema = z.enum(['raw', 'hour', 'day']);
/** @public */
export type Resolution = z.infer<typeof resolutionSchema>;

/** @public */
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
/** @public */
export type SeriesPoint = z.infer<typeof seriesPointSchema>;

/** @public */
export const seriesSchema = z.object({
  signalId: z.string(),
  subject: z.string().optional(),
  metric: z.string(),
  unit: z.string(),
  points: z.array(seriesPointSchema),
});
/** @public */
export type Series = z.infer<typeof seriesSchema>;
