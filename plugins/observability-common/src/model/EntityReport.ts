import { z } from 'zod/v4';
import { statusSchema } from '../status';
import { changeSchema } from './Change';
import { incidentSummarySchema } from './Incident';
import { postmortemSummarySchema } from './Postmortem';
import { runbookSummarySchema } from './RunbookSummary';
import { instantSchema, reasonSchema, signalSchema } from './Signal';
import { onCallNowSchema } from './Summaries';

/** Schema of {@link MemberHealth}.
 * @public
 */
export const memberHealthSchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  status: statusSchema.nullable(),
  since: instantSchema.nullable(),
  reasons: z.array(reasonSchema),
  reasonCount: z.number(),
});
/** One entity of a System, Domain or Group.
 * @public */
export type MemberHealth = z.infer<typeof memberHealthSchema>;

/** Schema of {@link EntityReport}.
 * @public
 */
export const entityReportSchema = z.object({
  entityRef: z.string(),
  generatedAt: instantSchema,
  /** `null`: nothing is configured for it. */
  status: statusSchema.nullable(),
  since: instantSchema.nullable(),
  signals: z.array(signalSchema),
  /** Annotations of the entity that cannot be read, in words. */
  misconfigurations: z.array(
    z.object({ annotation: z.string(), message: z.string() }),
  ),
  changes: z.array(changeSchema),
  onCall: z.array(onCallNowSchema),
  runbooks: z.array(runbookSummarySchema),
  /** Ids of metrics in breach that no runbook answers. */
  uncovered: z.array(z.string()),
  incidents: z.array(incidentSummarySchema),
  postmortems: z.array(postmortemSummarySchema),
  /** Of a System, Domain or Group: those of its entities that the caller may read, worst first. */
  members: z.array(memberHealthSchema).optional(),
});
/** All that the pages of an entity draw.
 * @public */
export type EntityReport = z.infer<typeof entityReportSchema>;
