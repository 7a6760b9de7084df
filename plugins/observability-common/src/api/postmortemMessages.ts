import { z } from 'zod/v4';
import {
  actionItemSchema,
  actionItemTypeSchema,
  instantSchema,
  postmortemSchema,
  postmortemSectionIdSchema,
  postmortemStatusSchema,
  postmortemSummarySchema,
  postmortemTriggerSchema,
  severitySchema,
  userRefSchema,
} from '../model';
import { listParameter } from './queryParameters';

const MAX_REF_LENGTH = 512;
const MAX_SECTION_LENGTH = 50_000;
const MAX_IMPORT_LENGTH = 512 * 1024;

const pageParameters = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
};
const versionSchema = z
  .int()
  .min(0)
  .describe('The version that was seen; somebody else’s edit since is a 409');
const ownerSchema = z
  .string()
  .toLowerCase()
  .max(MAX_REF_LENGTH)
  .regex(
    /^(user|group):[a-z0-9._-]+\/[^\s/:]+$/,
    'must name a user or a group of the catalog, such as "group:default/crm"',
  );
const ticketSchema = z
  .url({ protocol: /^https?$/, error: 'must be a link of http or https' })
  .max(2000);

/** The postmortem of a route.
 * @public
 */
export const postmortemPathSchema = z.object({
  id: z.string().min(1).max(100).describe('Id of the postmortem'),
});

/** The section of a route.
 * @public
 */
export const postmortemSectionPathSchema = postmortemPathSchema.extend({
  section: postmortemSectionIdSchema,
});

/** The action item of a route.
 * @public
 */
export const actionItemPathSchema = z.object({
  id: z.string().min(1).max(36).describe('Id of the action item'),
});

/** Which postmortems are listed.
 * @public
 */
export const postmortemListQuerySchema = z.object({
  q: z.string().max(200).optional(),
  entityRef: z.string().max(MAX_REF_LENGTH).optional(),
  owner: z.string().max(MAX_REF_LENGTH).optional(),
  trigger: listParameter(postmortemTriggerSchema),
  factor: z.string().max(200).optional(),
  status: listParameter(postmortemStatusSchema),
  from: instantSchema
    .optional()
    .describe('Of incidents that started at or after'),
  to: instantSchema.optional().describe('Of incidents that started before'),
  ...pageParameters,
});
/** See {@link postmortemListQuerySchema}.
 * @public
 */
export type PostmortemListQuery = z.infer<typeof postmortemListQuerySchema>;

/** Schema of {@link PostmortemList}.
 * @public
 */
export const postmortemListSchema = z.object({
  items: z.array(postmortemSummarySchema),
  nextCursor: z.string().optional(),
  total: z.number(),
  /** Of the last 90 days: incidents with the trigger and a service of one of the 90 days before. */
  repeats: z.object({ count: z.number(), of: z.number() }),
  /** Of the last 90 days: published within their time, of those that were due. */
  onTime: z.object({ count: z.number(), of: z.number() }),
});
/** A page of postmortems: the most overdue first, then the latest.
 * @public
 */
export type PostmortemList = z.infer<typeof postmortemListSchema>;

/** Schema of {@link PostmortemEdit}.
 * @public
 */
export const postmortemEditSchema = z.object({
  version: versionSchema,
  title: z.string().trim().min(1).max(200).optional(),
  owner: userRefSchema.optional(),
  reviewers: z.array(userRefSchema).max(20).optional(),
  trigger: postmortemTriggerSchema.nullable().optional(),
  factors: z.array(z.string().trim().min(1).max(100)).max(30).optional(),
  /** Ids of the entries of the incident's timeline that tell the story. */
  timelineEntryIds: z.array(z.string().max(36)).max(500).optional(),
});
/** Facts of a postmortem that are put right; sections are edited by themselves.
 * @public
 */
export type PostmortemEdit = z.infer<typeof postmortemEditSchema>;

/** Schema of {@link PostmortemSectionEdit}.
 * @public
 */
export const postmortemSectionEditSchema = z.object({
  /** Of the section. */
  version: versionSchema,
  text: z.string().max(MAX_SECTION_LENGTH),
});
/** The new text of a section.
 * @public
 */
export type PostmortemSectionEdit = z.infer<typeof postmortemSectionEditSchema>;

/** Schema of {@link PostmortemSectionHistory}.
 * @public
 */
export const postmortemSectionHistorySchema = z.object({
  items: z.array(
    z.object({
      version: z.number(),
      text: z.string(),
      by: z.string(),
      at: instantSchema,
    }),
  ),
});
/** What a section said before, the last first.
 * @public
 */
export type PostmortemSectionHistory = z.infer<
  typeof postmortemSectionHistorySchema
>;

/** Schema of {@link NewPostmortemComment}.
 * @public
 */
export const newPostmortemCommentSchema = z.object({
  text: z.string().trim().min(1).max(5000),
  section: postmortemSectionIdSchema.optional(),
});
/** What a reviewer says.
 * @public
 */
export type NewPostmortemComment = z.infer<typeof newPostmortemCommentSchema>;

/** Schema of {@link PostmortemStep}.
 * @public
 */
export const postmortemStepSchema = z.object({
  version: versionSchema,
  /** Asked for to take a published one back. */
  reason: z.string().trim().min(1).max(1000).optional(),
});
/** A step of a postmortem towards being published, or back.
 * @public
 */
export type PostmortemStep = z.infer<typeof postmortemStepSchema>;

/** Schema of {@link PostmortemImport}.
 * @public
 */
export const postmortemImportSchema = z.object({
  markdown: z.string().min(1).max(MAX_IMPORT_LENGTH),
  fileName: z.string().max(300).optional(),
  entityRefs: z.array(z.string().max(MAX_REF_LENGTH)).max(50).optional(),
});
/** A document to take over.
 * @public
 */
export type PostmortemImport = z.infer<typeof postmortemImportSchema>;

/** Schema of {@link NewActionItem}.
 * @public
 */
export const newActionItemSchema = z.object({
  title: z.string().trim().min(1).max(300),
  type: actionItemTypeSchema.default('prevent'),
  owner: ownerSchema.optional(),
  due: z.iso.date().optional(),
  ticketUrl: ticketSchema.optional(),
});
/** Something to be done.
 * @public
 */
export type NewActionItem = z.infer<typeof newActionItemSchema>;

/** Schema of {@link ActionItemEdit}.
 * @public
 */
export const actionItemEditSchema = z.object({
  version: versionSchema,
  title: z.string().trim().min(1).max(300).optional(),
  type: actionItemTypeSchema.optional(),
  owner: ownerSchema.nullable().optional(),
  due: z.iso.date().nullable().optional(),
  ticketUrl: ticketSchema.nullable().optional(),
  state: z.enum(['open', 'done', 'dropped']).optional(),
  /** Asked for to drop it. */
  reason: z.string().trim().min(1).max(1000).optional(),
});
/** What changes about an action item; what is left out stays.
 * @public
 */
export type ActionItemEdit = z.infer<typeof actionItemEditSchema>;

/** Which action items are listed.
 * @public
 */
export const actionItemListQuerySchema = z.object({
  owner: listParameter(z.string().max(MAX_REF_LENGTH)),
  team: z
    .string()
    .max(MAX_REF_LENGTH)
    .optional()
    .describe('Of incidents with a service of this owner'),
  entityRef: z.string().max(MAX_REF_LENGTH).optional(),
  state: listParameter(z.enum(['open', 'done', 'dropped'])),
  overdue: z.stringbool().optional(),
  ...pageParameters,
});
/** See {@link actionItemListQuerySchema}.
 * @public
 */
export type ActionItemListQuery = z.infer<typeof actionItemListQuerySchema>;

/** Schema of {@link ActionItemList}.
 * @public
 */
export const actionItemListSchema = z.object({
  items: z.array(actionItemSchema),
  nextCursor: z.string().optional(),
  open: z.number(),
  overdue: z.number(),
});
/** A page of action items: the longest overdue first, then by due date.
 * @public
 */
export type ActionItemList = z.infer<typeof actionItemListSchema>;

/** Schema of {@link PostmortemAnswer}.
 * @public
 */
export const postmortemAnswerSchema = postmortemSchema.extend({
  /** Everybody who is named in it. */
  people: z.array(z.object({ entityRef: z.string(), displayName: z.string() })),
  /** Facts that are taken from the incident and typed nowhere. */
  facts: z
    .object({
      severity: severitySchema,
      startedAt: instantSchema.optional(),
      detectedAt: instantSchema,
      declaredAt: instantSchema,
      acknowledgedAt: instantSchema.optional(),
      mitigatedAt: instantSchema.optional(),
      resolvedAt: instantSchema.optional(),
      users: z.number().optional(),
      requests: z.number().optional(),
      /** Uptime of the services in the window, 0..1, where it is known. */
      uptime: z.array(
        z.object({ entityRef: z.string(), fraction: z.number() }),
      ),
      errors: z.number().optional(),
      runbooks: z.array(
        z.object({
          runId: z.string(),
          title: z.string(),
          outcome: z.string().optional(),
        }),
      ),
      responders: z.array(z.string()),
    })
    .optional(),
});
/** A postmortem with the facts beside it.
 * @public
 */
export type PostmortemAnswer = z.infer<typeof postmortemAnswerSchema>;
