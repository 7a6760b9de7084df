import { z } from 'zod/v4';
import {
  incidentImpactSchema,
  incidentLinkSchema,
  incidentRoleSchema,
  incidentSchema,
  incidentStateSchema,
  incidentSummarySchema,
  instantSchema,
  postmortemTriggerSchema,
  severitySchema,
  timelineEntrySchema,
  timelineKindSchema,
  userRefSchema,
} from '../model';
import { listParameter } from './queryParameters';

const MAX_REF_LENGTH = 512;
const MAX_TEXT_LENGTH = 10_000;

const titleSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must be at most 200 characters long')
  .regex(/^[^\p{Cc}]*$/u, 'must be text on one line');
const reasonSchema = z.string().trim().min(1).max(1000);
const textSchema = z.string().trim().min(1).max(MAX_TEXT_LENGTH);
const entityRefsSchema = z
  .array(z.string().min(1).max(MAX_REF_LENGTH))
  .min(1, 'must name a service')
  .max(50);
const versionSchema = z
  .int()
  .min(0)
  .describe('The version that was seen; somebody else’s edit since is a 409');

/** The incident of a route.
 * @public
 */
export const incidentPathSchema = z.object({
  id: z.string().min(1).max(36).describe('Id of the incident, or its number'),
});

/** The entry of a route.
 * @public
 */
export const timelineEntryPathSchema = incidentPathSchema.extend({
  entryId: z.string().min(1).max(36).describe('Id of the entry'),
});

/** Which incidents are listed.
 * @public
 */
export const incidentListQuerySchema = z.object({
  state: listParameter(
    z.enum([...incidentStateSchema.options, 'open']),
  ).describe('`open`: neither resolved, closed nor cancelled'),
  severity: listParameter(severitySchema),
  entityRef: z
    .string()
    .max(MAX_REF_LENGTH)
    .optional()
    .describe('Only where this entity is involved'),
  owner: z
    .string()
    .max(MAX_REF_LENGTH)
    .optional()
    .describe('Only where a service of this owner is involved'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Words of the title, the headline or the number'),
  from: instantSchema.optional().describe('Declared at or after'),
  to: instantSchema.optional().describe('Declared before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});
/** See {@link incidentListQuerySchema}.
 * @public
 */
export type IncidentListQuery = z.infer<typeof incidentListQuerySchema>;

/** Schema of {@link IncidentList}.
 * @public
 */
export const incidentListSchema = z.object({
  items: z.array(incidentSummarySchema),
  nextCursor: z.string().optional(),
  /** Of those that the caller may read and the filters other than `state` leave. */
  openCount: z.number(),
});
/** A page of incidents: open ones first, the worst first, then the one declared last.
 * @public
 */
export type IncidentList = z.infer<typeof incidentListSchema>;

/** Which incident would be declared.
 * @public
 */
export const incidentProposalQuerySchema = z.object({
  entityRef: z.string().min(1).max(MAX_REF_LENGTH),
});

/** Schema of {@link NewIncident}.
 * @public
 */
export const newIncidentSchema = z.object({
  title: titleSchema,
  /** Else the one that is proposed, which nobody has confirmed then. */
  severity: severitySchema.optional(),
  entityRefs: entityRefsSchema,
  /** Not in the future. */
  startedAt: instantSchema.optional(),
  /** Else now. */
  detectedAt: instantSchema.optional(),
  headline: z.string().trim().min(1).max(1000).optional(),
  impact: incidentImpactSchema.optional(),
  /** Else nobody has the lead until somebody takes it. */
  commander: userRefSchema.optional(),
  channel: z
    .object({
      name: z.string().max(100),
      url: incidentLinkSchema.shape.url.optional(),
    })
    .optional(),
});
/** What is wrong, as somebody declares it.
 * @public
 */
export type NewIncident = z.infer<typeof newIncidentSchema>;

/** Schema of {@link IncidentEdit}.
 * @public
 */
export const incidentEditSchema = z.object({
  version: versionSchema,
  title: titleSchema.optional(),
  headline: z.string().trim().min(1).max(1000).optional(),
  severity: severitySchema.optional(),
  /** Why the severity or a time is another one. */
  reason: reasonSchema.optional(),
  entityRefs: entityRefsSchema.optional(),
  impact: incidentImpactSchema.optional(),
  links: z.array(incidentLinkSchema).max(50).optional(),
  channel: newIncidentSchema.shape.channel,
  verifiedInProduction: z.boolean().optional(),
  /** `null`: nobody knows. A time out of order is refused. */
  startedAt: instantSchema.nullable().optional(),
  detectedAt: instantSchema.optional(),
  acknowledgedAt: instantSchema.optional(),
  mitigatedAt: instantSchema.optional(),
  resolvedAt: instantSchema.optional(),
});
/** What is put right about an incident; what is left out stays.
 * @public
 */
export type IncidentEdit = z.infer<typeof incidentEditSchema>;

/** Schema of {@link IncidentMove}.
 * @public
 */
export const incidentMoveSchema = z.object({
  version: versionSchema,
  state: incidentStateSchema,
  /** When it came into that state; else now. */
  at: instantSchema.optional(),
  /** Asked for where a gate is not met, for cancelling and for reopening; stays on the timeline. */
  reason: reasonSchema.optional(),
  verifiedInProduction: z.boolean().optional(),
});
/** Where an incident goes from here.
 * @public
 */
export type IncidentMove = z.infer<typeof incidentMoveSchema>;

/** Schema of {@link IncidentAcknowledgement}.
 * @public
 */
export const incidentAcknowledgementSchema = z.object({
  /** When, where it is written down afterwards; else now. */
  at: instantSchema.optional(),
});
/** That somebody is on it.
 * @public
 */
export type IncidentAcknowledgement = z.infer<
  typeof incidentAcknowledgementSchema
>;

/** Schema of {@link IncidentRoleChange}.
 * @public
 */
export const incidentRoleChangeSchema = z.object({
  role: incidentRoleSchema,
  /** `null`: nobody has it any more; for responders `remove` says who leaves. */
  user: userRefSchema.nullable(),
  remove: userRefSchema.optional(),
});
/** Who does what from now on.
 * @public
 */
export type IncidentRoleChange = z.infer<typeof incidentRoleChangeSchema>;

/** Schema of {@link IncidentMerge}.
 * @public
 */
export const incidentMergeSchema = z.object({
  version: versionSchema,
  /** Id or number of the one that goes on. */
  into: z.string().min(1).max(36),
});
/** That an incident is the same as another one.
 * @public
 */
export type IncidentMerge = z.infer<typeof incidentMergeSchema>;

/** Schema of {@link IncidentUpdate}.
 * @public
 */
export const incidentUpdateSchema = z.object({
  /** Markdown for people outside. */
  text: textSchema,
  /** When the next one will come; else after the interval of the severity. */
  nextUpdateAt: instantSchema.optional(),
});
/** What people outside are told.
 * @public
 */
export type IncidentUpdate = z.infer<typeof incidentUpdateSchema>;

/** Schema of {@link IncidentUpdateDraft}.
 * @public
 */
export const incidentUpdateDraftSchema = z.object({
  text: z.string().max(MAX_TEXT_LENGTH),
  /** One more with each save; sent back, and 0 for the first. */
  version: z.int().min(0),
  by: z.string().optional(),
  at: instantSchema.optional(),
});
/** An update that is not told yet; all who work on the incident share it.
 * @public
 */
export type IncidentUpdateDraft = z.infer<typeof incidentUpdateDraftSchema>;

/** Which entries are read.
 * @public
 */
export const timelineQuerySchema = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('Only what was written after this sequence, in that order'),
  kind: listParameter(timelineKindSchema),
  pinned: z.stringbool().optional().describe('Only pinned ones'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(2000).optional(),
  format: z
    .enum(['json', 'markdown'])
    .default('json')
    .describe('`markdown`: all of it as a file'),
});
/** See {@link timelineQuerySchema}.
 * @public
 */
export type TimelineQuery = z.infer<typeof timelineQuerySchema>;

/** Schema of {@link Timeline}.
 * @public
 */
export const timelineSchema = z.object({
  /** By `at`, `recordedAt` and `id`, the last first; with `after` in the order of writing. */
  items: z.array(timelineEntrySchema),
  nextCursor: z.string().optional(),
  /** The highest there is: what to ask `after` next. */
  sequence: z.number(),
  /** Of the incident; a higher one than what was seen means that it changed too. */
  version: z.number(),
  /** Ids of all entries that are pinned, also of those that were read before. */
  pins: z.array(z.string()),
});
/** What happened in an incident.
 * @public
 */
export type Timeline = z.infer<typeof timelineSchema>;

/** Schema of {@link NewTimelineEntry}.
 * @public
 */
export const newTimelineEntrySchema = z.object({
  kind: z.enum(['note', 'link', 'correction']).default('note'),
  text: textSchema,
  /** When it happened; else now. Not in the future. */
  at: instantSchema.optional(),
  pinned: z.boolean().default(false),
  /** Of a correction: the entry that it puts right. */
  corrects: z.string().max(36).optional(),
  url: incidentLinkSchema.shape.url.optional(),
});
/** What somebody writes down.
 * @public
 */
export type NewTimelineEntry = z.infer<typeof newTimelineEntrySchema>;

/** Schema of {@link TimelinePin}.
 * @public
 */
export const timelinePinSchema = z.object({ pinned: z.boolean() });
/** Whether an entry is pinned.
 * @public
 */
export type TimelinePin = z.infer<typeof timelinePinSchema>;

/** Over which incidents is counted.
 * @public
 */
export const incidentMetricsQuerySchema = z.object({
  from: instantSchema,
  to: instantSchema,
  owner: z.string().max(MAX_REF_LENGTH).optional(),
});
/** See {@link incidentMetricsQuerySchema}.
 * @public
 */
export type IncidentMetricsQuery = z.infer<typeof incidentMetricsQuerySchema>;

/** Schema of {@link IncidentDetails}.
 * @public
 */
export const incidentDetailsSchema = z.object({
  incident: incidentSchema,
  /** States that it can go to from here, with what is not met for each; going on then asks for a reason. */
  moves: z.array(
    z.object({
      state: incidentStateSchema,
      gates: z.array(
        z.object({
          code: z.enum([
            'commander',
            'severity',
            'acknowledged',
            'verified-in-production',
            'monitoring-period',
            'postmortem-published',
            'skipped-states',
          ]),
          message: z.string(),
        }),
      ),
      /** Whether it asks for a reason even where all gates are met. */
      reasonNeeded: z.boolean(),
    }),
  ),
  /** Everybody who is named in it. */
  people: z.array(
    z.object({
      entityRef: z.string(),
      displayName: z.string(),
      timeZone: z.string().optional(),
    }),
  ),
  /** What its severity asks for, in seconds. */
  limits: z.object({
    acknowledgeWithinSeconds: z.number().optional(),
    updateEverySeconds: z.number().optional(),
    triageWithinSeconds: z.number(),
    investigationWithinSeconds: z.number(),
    monitoringSeconds: z.number(),
  }),
  /** The highest sequence of its timeline. */
  sequence: z.number(),
});
/** An incident with what its page needs to act on it.
 * @public
 */
export type IncidentDetails = z.infer<typeof incidentDetailsSchema>;

/** Which past is looked through.
 * @public
 */
export const similarIncidentsQuerySchema = z.object({
  q: z.string().max(500).optional(),
  entityRef: listParameter(z.string().max(MAX_REF_LENGTH)),
  metric: listParameter(z.string().max(100)),
  trigger: postmortemTriggerSchema.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(5),
});
/** See {@link similarIncidentsQuerySchema}.
 * @public
 */
export type SimilarIncidentsQuery = z.infer<typeof similarIncidentsQuerySchema>;
