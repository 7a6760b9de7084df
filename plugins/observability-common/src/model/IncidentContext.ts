import { z } from 'zod/v4';
import { statusSchema } from '../status';
import { changeSchema } from './Change';
import { incidentSummarySchema, severitySchema } from './Incident';
import { runbookSummarySchema } from './RunbookSummary';
import { instantSchema, reasonSchema } from './Signal';
import { onCallNowSchema } from './Summaries';

/** Schema of {@link SimilarityReason}.
 * @public
 */
export const similarityReasonSchema = z.object({
  kind: z.enum([
    'service',
    'dependency',
    'metric',
    'trigger',
    'factor',
    'words',
  ]),
  /** The entity, the metric, the trigger or the words that both have. */
  value: z.string(),
});
/** What two incidents have in common.
 * @public
 */
export type SimilarityReason = z.infer<typeof similarityReasonSchema>;

/** Schema of {@link SimilarIncident}.
 * @public
 */
export const similarIncidentSchema = z.object({
  /** One of the two is there; both where the incident has its postmortem. */
  incident: incidentSummarySchema.optional(),
  postmortem: z.object({ id: z.string(), title: z.string() }).optional(),
  /** When it was. */
  at: instantSchema.optional(),
  resolution: z.string().optional(),
  /** The strongest first; never empty. */
  reasons: z.array(similarityReasonSchema),
  /** Fraction 0..1, to compare within one answer. */
  score: z.number(),
});
/** An incident of the past that looks like this one.
 * @public
 */
export type SimilarIncident = z.infer<typeof similarIncidentSchema>;

/** Schema of {@link BlastRadiusEntity}.
 * @public
 */
export const blastRadiusEntitySchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  /** `here`: involved; `used-by`: it depends on those; `depends-on`: those depend on it. */
  side: z.enum(['used-by', 'here', 'depends-on']),
  /** `null`: nothing watches it, which is unknown and not well. */
  status: statusSchema.nullable(),
  reason: reasonSchema.optional(),
});
/** An entity that is involved, or next to one that is.
 * @public
 */
export type BlastRadiusEntity = z.infer<typeof blastRadiusEntitySchema>;

/** Schema of {@link IncidentContext}.
 * @public
 */
export const incidentContextSchema = z.object({
  /** What changed in the hour before it started, and since; the nearest to its start first. */
  changes: z.array(
    changeSchema.extend({
      /** Positive: before the start. */
      secondsBefore: z.number(),
      relation: z.enum(['involved', 'dependency', 'user']),
    }),
  ),
  /** The worst first on each side; entities that the caller may not read are left out. */
  blastRadius: z.array(blastRadiusEntitySchema),
  runbooks: z.array(runbookSummarySchema),
  onCall: z.array(onCallNowSchema),
  similar: z.array(similarIncidentSchema),
});
/** What people look for first: what changed, who is hit, what to do, who was here before.
 * @public
 */
export type IncidentContext = z.infer<typeof incidentContextSchema>;

/** Schema of {@link IncidentProposal}.
 * @public
 */
export const incidentProposalSchema = z.object({
  title: z.string(),
  severity: severitySchema,
  /** Why that severity, in English. */
  severityReason: z.string(),
  /** The service itself and what is unhealthy around it. */
  entityRefs: z.array(z.string()),
  /** What the service depends on and who uses it, for people to add. */
  related: z.array(blastRadiusEntitySchema),
  startedAt: instantSchema.optional(),
  onCall: z.array(onCallNowSchema),
  channelName: z.string(),
  /** Open incidents of the same services, which this one may be a duplicate of. */
  open: z.array(incidentSummarySchema),
});
/** How an incident would be declared from a service as it is now.
 * @public
 */
export type IncidentProposal = z.infer<typeof incidentProposalSchema>;

/** Schema of {@link DurationStatistics}.
 * @public
 */
export const durationStatisticsSchema = z.object({
  count: z.number(),
  /** `null` where nothing was counted. */
  medianSeconds: z.number().nullable(),
  p90Seconds: z.number().nullable(),
});
/** How long something took.
 * @public
 */
export type DurationStatistics = z.infer<typeof durationStatisticsSchema>;

/** Schema of {@link IncidentMetrics}.
 * @public
 */
export const incidentMetricsSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** By severity, the worst first, then all of them under `all`. */
  rows: z.array(
    z.object({
      severity: z.enum([...severitySchema.options, 'all']),
      incidents: z.number(),
      /** Those whose start nobody knows; they count from their detection. */
      withoutStart: z.number(),
      detect: durationStatisticsSchema,
      acknowledge: durationStatisticsSchema,
      mitigate: durationStatisticsSchema,
      resolve: durationStatisticsSchema,
    }),
  ),
  /** This and what follows are absent where the portal keeps no postmortems. */
  postmortems: z
    .object({
      due: z.number(),
      /** Published within their time. */
      onTime: z.number(),
      overdue: z.number(),
    })
    .optional(),
  actions: z.object({ open: z.number(), overdue: z.number() }).optional(),
  /** Incidents with the trigger and a service of one of the 90 days before. */
  repeats: z.object({ count: z.number(), of: z.number() }).optional(),
});
/** How a team deals with incidents.
 * @public
 */
export type IncidentMetrics = z.infer<typeof incidentMetricsSchema>;
