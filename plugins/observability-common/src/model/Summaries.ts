import { z } from 'zod/v4';

/** A person who is on call.
 * @public
 */
export const onCallPersonSchema = z.object({
  /** Of an `external` person an id, which leads to no page of the catalog. */
  entityRef: z.string(),
  displayName: z.string(),
  timeZone: z.string().optional(),
  /** Known to the source of the schedule, but not a user of the catalog. */
  external: z.boolean().optional(),
});
/** See {@link onCallPersonSchema}.
 * @public */
export type OnCallPerson = z.infer<typeof onCallPersonSchema>;

/** Schema of {@link OnCallNow}.
 * @public
 */
export const onCallNowSchema = z.object({
  schedule: z.string(),
  title: z.string(),
  level: z.string(),
  people: z.array(onCallPersonSchema),
  since: z.string(),
  until: z.string(),
  next: z
    .object({ people: z.array(onCallPersonSchema), at: z.string() })
    .optional(),
  source: z.object({
    /** Who is the master: `watchkeeper`, or the vendor. */
    provider: z.string(),
    url: z.string().optional(),
    /** Of another master: when it was read last. */
    observedAt: z.string().optional(),
    /** Why it could not be read since then. */
    problem: z.object({ message: z.string(), since: z.string() }).optional(),
  }),
});
/** Who has the watch at one level of a schedule.
 * @public */
export type OnCallNow = z.infer<typeof onCallNowSchema>;
