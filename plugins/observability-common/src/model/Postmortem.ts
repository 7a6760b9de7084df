import { z } from 'zod/v4';
import { severitySchema } from './Incident';
import { similarIncidentSchema } from './IncidentContext';
import { timelineEntrySchema } from './IncidentTimeline';
import { instantSchema } from './Signal';

/** Schema of {@link ActionItemType}.
 * @public
 */
export const actionItemTypeSchema = z.enum([
  'prevent',
  'mitigate',
  'detect',
  'process',
]);
/** What an action item is for.
 * @public
 */
export type ActionItemType = z.infer<typeof actionItemTypeSchema>;

/** Schema of {@link ActionItem}.
 * @public
 */
export const actionItemSchema = z.object({
  id: z.string(),
  title: z.string(),
  type: actionItemTypeSchema,
  /** Reference of a user or a group. */
  owner: z.string().optional(),
  /** Of an imported one whose owner is nobody of the catalog. */
  ownerText: z.string().optional(),
  /** Day, as `YYYY-MM-DD`; it is late once that day is over in UTC. */
  due: z.iso.date().optional(),
  state: z.enum(['open', 'done', 'dropped']),
  ticketUrl: z.string().optional(),
  closedAt: instantSchema.optional(),
  /** Why it was dropped. */
  reason: z.string().optional(),
  overdue: z.boolean(),
  postmortemId: z.string(),
  postmortemTitle: z.string(),
  incident: z.object({ id: z.string(), number: z.number() }).optional(),
  entityRefs: z.array(z.string()),
  version: z.number(),
});
/** Something to be done so that it does not happen again.
 * @public
 */
export type ActionItem = z.infer<typeof actionItemSchema>;

/** Schema of {@link PostmortemSectionId}.
 * @public
 */
export const postmortemSectionIdSchema = z.enum([
  'summary',
  'impact',
  'rootCause',
  'resolution',
  'wentWell',
  'wentPoorly',
  'lessons',
]);
/** The sections that people write.
 * @public
 */
export type PostmortemSectionId = z.infer<typeof postmortemSectionIdSchema>;

/** Schema of {@link PostmortemSection}.
 * @public
 */
export const postmortemSectionSchema = z.object({
  id: postmortemSectionIdSchema,
  /** Markdown. */
  text: z.string(),
  /** `filled`: by us from the incident; `written`: by a person; `empty`: to be written. */
  origin: z.enum(['filled', 'written', 'empty']),
  /** One more with each edit of this section. */
  version: z.number(),
  by: z.string().optional(),
  at: instantSchema.optional(),
});
/** A part of a postmortem that is edited by itself, so that two people can write two of them.
 * @public
 */
export type PostmortemSection = z.infer<typeof postmortemSectionSchema>;

/** Schema of {@link PostmortemStatus}.
 * @public
 */
export const postmortemStatusSchema = z.enum([
  'draft',
  'in-review',
  'published',
]);
/** How far a postmortem is.
 * @public
 */
export type PostmortemStatus = z.infer<typeof postmortemStatusSchema>;

/** Schema of {@link PostmortemTrigger}.
 * @public
 */
export const postmortemTriggerSchema = z.enum([
  'deployment',
  'configuration',
  'migration',
  'traffic',
  'vendor',
  'hardware',
  'security',
  'unknown',
]);
/** What set an incident off. Why it could happen is told by its factors.
 * @public
 */
export type PostmortemTrigger = z.infer<typeof postmortemTriggerSchema>;

/** Schema of {@link PostmortemBlocker}.
 * @public
 */
export const postmortemBlockerSchema = z.object({
  code: z.enum(['action-without-owner', 'action-without-due', 'approval']),
  /** In English. */
  message: z.string(),
  actionId: z.string().optional(),
});
/** Why a postmortem cannot be published.
 * @public
 */
export type PostmortemBlocker = z.infer<typeof postmortemBlockerSchema>;

/** Schema of {@link Postmortem}.
 * @public
 */
export const postmortemSchema = z.object({
  id: z.string(),
  /** Absent of one that was imported or is kept as a file. */
  incident: z
    .object({ id: z.string(), number: z.number(), title: z.string() })
    .optional(),
  source: z.enum(['incident', 'file', 'import']),
  /** Where it is read from, of a file. */
  url: z.string().optional(),
  version: z.number(),
  title: z.string(),
  status: postmortemStatusSchema,
  severity: severitySchema.optional(),
  entityRefs: z.array(z.string()),
  owner: z.string().optional(),
  reviewers: z.array(z.string()),
  approvals: z.array(z.object({ by: z.string(), at: instantSchema })),
  /** How many are asked for before it is published. */
  approvalsNeeded: z.number(),
  comments: z.array(
    z.object({
      id: z.string(),
      by: z.string(),
      at: instantSchema,
      text: z.string(),
      section: postmortemSectionIdSchema.optional(),
      resolvedAt: instantSchema.optional(),
    }),
  ),
  dueAt: instantSchema.optional(),
  publishedAt: instantSchema.optional(),
  /** When the incident was. */
  startedAt: instantSchema.optional(),
  endedAt: instantSchema.optional(),
  durationSeconds: z.number().optional(),
  sections: z.array(postmortemSectionSchema),
  trigger: postmortemTriggerSchema.optional(),
  factors: z.array(z.string()),
  /** Chosen from the incident's, or as the file tells them. */
  timeline: z.array(
    timelineEntrySchema
      .pick({ at: true, kind: true, text: true })
      .extend({ id: z.string().optional(), timeText: z.string().optional() }),
  ),
  actions: z.array(actionItemSchema),
  similar: z.array(similarIncidentSchema),
  /** Parts of a document that are none of ours, kept as they are. */
  otherSections: z.array(
    z.object({ heading: z.string(), depth: z.number(), markdown: z.string() }),
  ),
  /** Empty: it can be published. */
  blockers: z.array(postmortemBlockerSchema),
});
/** What an incident taught.
 * @public
 */
export type Postmortem = z.infer<typeof postmortemSchema>;

/** Schema of {@link PostmortemSummary}.
 * @public
 */
export const postmortemSummarySchema = postmortemSchema
  .pick({
    id: true,
    source: true,
    title: true,
    status: true,
    severity: true,
    entityRefs: true,
    trigger: true,
    dueAt: true,
    publishedAt: true,
    startedAt: true,
    durationSeconds: true,
    incident: true,
    url: true,
  })
  .extend({
    openActions: z.number(),
    overdueActions: z.number(),
  });
/** A postmortem as lists show it.
 * @public
 */
export type PostmortemSummary = z.infer<typeof postmortemSummarySchema>;
