import { z } from 'zod/v4';

/**
 * How a monitor is. `pending`: not checked yet. `unknown`: nobody can tell, such
 * as a state that the vendor has added.
 *
 * @public
 */
export const monitorStateSchema = z.enum([
  'up',
  'degraded',
  'down',
  'maintenance',
  'paused',
  'pending',
  'unknown',
]);
/** See {@link monitorStateSchema}.
 * @public
 */
export type MonitorState = z.infer<typeof monitorStateSchema>;

/** Schema of {@link MonitorReading}.
 * @public
 */
export const monitorReadingSchema = z.object({
  id: z.string(),
  /** From outside: plain text, never markup. */
  name: z.string(),
  /** What it checks; absent where it has none, such as a heartbeat. */
  url: z.string().optional(),
  /** `http`, `keyword`, `ping`, `port`, `heartbeat`, `dns`, or whatever the vendor adds. */
  type: z.string(),
  state: monitorStateSchema,
  /** When it came into that state, as far as its source knows. */
  since: z.string().optional(),
  /** Why it is in that state: what was answered, against what was expected. */
  reason: z.string().optional(),
  /** It changed between up and down often within the last hour. */
  flapping: z.boolean().optional(),
  /** The last response time, in milliseconds. */
  responseMs: z.number().optional(),
  responseObservedAt: z.string().optional(),
  /** How often it is checked. */
  intervalSeconds: z.number().optional(),
  /** How long it must be down before that counts: "alert when down for". */
  downAfterSeconds: z.number().optional(),
  /** The longest that an outage can last before it is noticed here, in seconds. */
  detectionSeconds: z.number().optional(),
  certificateExpiresAt: z.string().optional(),
});
/** What a source says about a monitor now.
 * @public
 */
export type MonitorReading = z.infer<typeof monitorReadingSchema>;

/** Schema of {@link MonitorDay}.
 * @public
 */
export const monitorDaySchema = z.object({
  /** `YYYY-MM-DD`, in UTC. */
  date: z.string(),
  /**
   * The fraction of the time in which it was up or degraded, of that in which
   * it was up, degraded or down, 0..1. Absent where it was none of those.
   */
  uptime: z.number().optional(),
  downSeconds: z.number(),
  degradedSeconds: z.number(),
  maintenanceSeconds: z.number(),
  pausedSeconds: z.number(),
  /** Time of which nothing is known: before the first reading, or while the source failed. */
  unknownSeconds: z.number(),
});
/** One day of a monitor. Today's ends now.
 * @public
 */
export type MonitorDay = z.infer<typeof monitorDaySchema>;

/** Schema of {@link Outage}.
 * @public
 */
export const outageSchema = z.object({
  startedAt: z.string(),
  /** Absent while it goes on. */
  endedAt: z.string().optional(),
  reason: z.string().optional(),
});
/** A time in which a monitor was down.
 * @public
 */
export type Outage = z.infer<typeof outageSchema>;

/** Schema of {@link UptimeFractions}.
 * @public
 */
export const uptimeFractionsSchema = z.object({
  /** The last 24 hours. */
  day: z.number().optional(),
  /** The last 7 days. */
  week: z.number().optional(),
  /** The last 30 days. */
  month: z.number().optional(),
  /** The last 90 days. */
  quarter: z.number().optional(),
  /** The last 365 days. */
  year: z.number().optional(),
});
/**
 * Uptime, 0..1: the time in which a monitor was up or degraded over that in
 * which it was up, degraded or down. Maintenance, pauses and what nobody knows
 * count on neither side; a span of which nothing is known has no fraction.
 *
 * @public
 */
export type UptimeFractions = z.infer<typeof uptimeFractionsSchema>;

/** Schema of {@link Monitor}.
 * @public
 */
export const monitorSchema = monitorReadingSchema.extend({
  uptime: uptimeFractionsSchema,
  /** The fractions reach back to this instant, not further. */
  uptimeSince: z.string().optional(),
  /** The last 90 days, oldest first; today is the last. */
  days: z.array(monitorDaySchema),
  /** Of the last 90 days, newest first; at most 100. */
  outages: z.array(outageSchema),
});
/** A monitor, with its history as we kept it.
 * @public
 */
export type Monitor = z.infer<typeof monitorSchema>;

/** Schema of {@link UptimeData}.
 * @public
 */
export const uptimeDataSchema = z.object({
  /** Worst first. */
  monitors: z.array(monitorSchema),
});
/** What a signal of the kind `uptime` holds.
 * @public
 */
export type UptimeData = z.infer<typeof uptimeDataSchema>;
