import { z } from 'zod/v4';

/** A person who is on call.
 * @public
 */
export const onCallPersonSchema = z.object({
  entityRef: z.string(),
  displayName: z.string(),
  timeZone: z.string().optional(),
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
  source: z.object({ provider: z.string(), url: z.string().optional() }),
});
/** Who has the watch at one level of a schedule.
 * @public */
export type OnCallNow = z.infer<typeof onCallNowSchema>;

/** Schema of {@link Severity}.
 * @public
 */
export const severitySchema = z.enum(['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4']);
/** How bad an incident is, the worst first.
 * @public
 */
export type Severity = z.infer<typeof severitySchema>;

/** Schema of {@link IncidentSummary}.
 * @public
 */
export const incidentSummarySchema = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  severity: severitySchema,
  state: z.string(),
  entityRefs: z.array(z.string()),
  commander: z.string().optional(),
  declaredAt: z.string(),
  nextUpdateDueAt: z.string().optional(),
});
/** An incident as lists show it.
 * @public
 */
export type IncidentSummary = z.infer<typeof incidentSummarySchema>;

/** Schema of {@link PostmortemSummary}.
 * @public
 */
export const postmortemSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(['draft', 'in-review', 'published']),
  severity: severitySchema.optional(),
  publishedAt: z.string().optional(),
  openActions: z.number(),
  overdueActions: z.number(),
});
/** A postmortem as lists show it.
 * @public
 */
export type PostmortemSummary = z.infer<typeof postmortemSummarySchema>;
