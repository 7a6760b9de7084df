import { z } from 'zod/v4';
import { instantSchema } from './Signal';

/** Schema of {@link Severity}.
 * @public
 */
export const severitySchema = z.enum(['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4']);
/** How bad an incident is, the worst first.
 * @public
 */
export type Severity = z.infer<typeof severitySchema>;

/** Schema of {@link IncidentState}.
 * @public
 */
export const incidentStateSchema = z.enum([
  'detected',
  'triage',
  'investigating',
  'mitigating',
  'monitoring',
  'resolved',
  'closed',
  'cancelled',
]);
/**
 * Where an incident stands. All but `cancelled` follow one another; telling
 * people outside is not a state but a clock that runs beside them.
 *
 * @public
 */
export type IncidentState = z.infer<typeof incidentStateSchema>;

/** Schema of {@link IncidentRole}.
 * @public
 */
export const incidentRoleSchema = z.enum([
  'commander',
  'scribe',
  'communications',
  'responder',
]);
/** What somebody does in an incident. There is one of each, but any number of responders.
 * @public
 */
export type IncidentRole = z.infer<typeof incidentRoleSchema>;

/** Schema of {@link IncidentRoles}.
 * @public
 */
export const incidentRolesSchema = z.object({
  /** Decides, and answers for it: the owner of the incident. */
  commander: z.string().optional(),
  /** Keeps the timeline. */
  scribe: z.string().optional(),
  /** Tells people outside. */
  communications: z.string().optional(),
  responders: z.array(z.string()),
});
/** Who does what; references of users.
 * @public
 */
export type IncidentRoles = z.infer<typeof incidentRolesSchema>;

/** Schema of {@link IncidentImpact}.
 * @public
 */
export const incidentImpactSchema = z.object({
  /** How many people were affected. */
  users: z.int().min(0).optional(),
  /** How many requests failed. */
  requests: z.int().min(0).optional(),
  /** In the currency of the team. */
  money: z.number().min(0).optional(),
  text: z.string().max(2000).optional(),
});
/** What it did to people.
 * @public
 */
export type IncidentImpact = z.infer<typeof incidentImpactSchema>;

/** Schema of {@link IncidentLink}.
 * @public
 */
export const incidentLinkSchema = z.object({
  title: z.string().trim().min(1).max(200),
  url: z
    .url({ protocol: /^https?$/, error: 'must be a link of http or https' })
    .max(2000),
});
/** A page that belongs to an incident.
 * @public
 */
export type IncidentLink = z.infer<typeof incidentLinkSchema>;

/** Schema of {@link IncidentHeadline}.
 * @public
 */
export const incidentHeadlineSchema = z.object({
  text: z.string(),
  by: z.string(),
  at: instantSchema,
});
/** The state of things in a sentence or two that is kept true, and who wrote it.
 * @public
 */
export type IncidentHeadline = z.infer<typeof incidentHeadlineSchema>;

/** Schema of {@link Incident}.
 * @public
 */
export const incidentSchema = z.object({
  id: z.string(),
  /** Counted from 1; people say `INC-42`. */
  number: z.number(),
  /** Carries no state. */
  title: z.string(),
  headline: incidentHeadlineSchema.optional(),
  severity: severitySchema,
  /** Whether a person chose the severity; else it was taken from what was unhealthy. */
  severityConfirmed: z.boolean(),
  state: incidentStateSchema,
  /** The services involved, the one it was declared from first. */
  entityRefs: z.array(z.string()),
  roles: incidentRolesSchema,
  declaredBy: z.string(),
  /** Ids of the metrics of its services that were in breach when it was declared. */
  metrics: z.array(z.string()),

  /** When people were affected first; what all durations are measured from. */
  startedAt: instantSchema.optional(),
  detectedAt: instantSchema,
  declaredAt: instantSchema,
  acknowledgedAt: instantSchema.optional(),
  mitigatedAt: instantSchema.optional(),
  resolvedAt: instantSchema.optional(),
  closedAt: instantSchema.optional(),
  cancelledAt: instantSchema.optional(),
  /** Since when it stands where it stands. */
  stateSince: instantSchema,
  /** When it came into each state last; states that it never was in are left out. */
  reachedAt: z.partialRecord(incidentStateSchema, instantSchema),

  acknowledgeDueAt: instantSchema.optional(),
  triageDueAt: instantSchema.optional(),
  investigationDueAt: instantSchema.optional(),
  lastUpdateAt: instantSchema.optional(),
  nextUpdateDueAt: instantSchema.optional(),
  /** Until then it is only watched. */
  monitoringUntil: instantSchema.optional(),
  postmortemDueAt: instantSchema.optional(),

  verifiedInProduction: z.boolean(),
  impact: incidentImpactSchema,
  /** Where it is talked about; a name without a link is a proposal. */
  channel: z
    .object({ name: z.string(), url: z.string().optional() })
    .optional(),
  links: z.array(incidentLinkSchema),
  /** Of a duplicate: the incident that goes on. */
  mergedInto: z.object({ id: z.string(), number: z.number() }).optional(),
  /** Once there is one. */
  postmortemId: z.string().optional(),
  /** One more with each change; sent back by whoever edits it. */
  version: z.number(),
});
/** Something that is wrong, and what people do about it.
 * @public
 */
export type Incident = z.infer<typeof incidentSchema>;

/** Schema of {@link IncidentSummary}.
 * @public
 */
export const incidentSummarySchema = incidentSchema
  .pick({
    id: true,
    number: true,
    title: true,
    severity: true,
    state: true,
    entityRefs: true,
    startedAt: true,
    declaredAt: true,
    acknowledgedAt: true,
    mitigatedAt: true,
    resolvedAt: true,
    acknowledgeDueAt: true,
    nextUpdateDueAt: true,
    postmortemDueAt: true,
    postmortemId: true,
    version: true,
  })
  .extend({
    commander: z.string().optional(),
    headline: z.string().optional(),
    /** When something about it was written last. */
    changedAt: instantSchema,
  });
/** An incident as lists show it.
 * @public
 */
export type IncidentSummary = z.infer<typeof incidentSummarySchema>;
