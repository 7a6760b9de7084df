import { z } from 'zod/v4';
import { instantSchema } from './Signal';
import { monitorDaySchema, outageSchema } from './Uptime';

/** Schema of {@link UptimeReportMonitor}.
 * @public
 */
export const uptimeReportMonitorSchema = z.object({
  signalId: z.string(),
  id: z.string(),
  name: z.string(),
  url: z.string().optional(),
  /** Of the month, as far as it is known: see `UptimeFractions`. */
  uptime: z.number().optional(),
  downSeconds: z.number(),
  maintenanceSeconds: z.number(),
  pausedSeconds: z.number(),
  unknownSeconds: z.number(),
  /** Each day of the month until today, oldest first. */
  days: z.array(monitorDaySchema),
  /** Those that touch the month, oldest first, whole. */
  outages: z.array(outageSchema),
});
/** One monitor in a month.
 * @public
 */
export type UptimeReportMonitor = z.infer<typeof uptimeReportMonitorSchema>;

/** Schema of {@link UptimeReport}.
 * @public
 */
export const uptimeReportSchema = z.object({
  entityRef: z.string(),
  /** `YYYY-MM`, in UTC. */
  month: z.string(),
  generatedAt: instantSchema,
  /** The month is not over: its numbers reach to now. */
  partial: z.boolean(),
  monitors: z.array(uptimeReportMonitorSchema),
});
/** The uptime of an entity's monitors in one month.
 * @public
 */
export type UptimeReport = z.infer<typeof uptimeReportSchema>;
