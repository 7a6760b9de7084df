import { z } from 'zod/v4';
import { instantSchema } from './Signal';

/** Schema of {@link RunbookFreshness}.
 * @public
 */
export const runbookFreshnessSchema = z.enum([
  'fresh',
  'ageing',
  'stale',
  'never-tested',
]);
/**
 * How long ago somebody followed a runbook and it worked: less than 90 days,
 * less than 180 days, longer, never.
 *
 * @public
 */
export type RunbookFreshness = z.infer<typeof runbookFreshnessSchema>;

/** Schema of {@link RunbookMatchReason}.
 * @public
 */
export const runbookMatchReasonSchema = z.object({
  /**
   * Where it was found: in a part of the runbook, through the entity itself
   * (`entity`), its system or what it depends on. `nearest`: the words were found
   * nowhere, and this is a runbook of the service.
   */
  part: z.enum([
    'alert',
    'file-name',
    'title',
    'symptom',
    'tag',
    'heading',
    'text',
    'entity',
    'system',
    'dependency',
    'nearest',
  ]),
  /** What was asked for, where it is a word. */
  term: z.string().optional(),
  /** What the runbook says, or the reference of the entity: what to emphasise. */
  found: z.string().optional(),
  /** How many letters lie between the two, where they are not the same word. */
  edits: z.number().optional(),
});
/** Why a runbook answers what was asked.
 * @public */
export type RunbookMatchReason = z.infer<typeof runbookMatchReasonSchema>;

/** Schema of {@link RunbookMatch}.
 * @public
 */
export const runbookMatchSchema = z.object({
  /** The class of the match, the best first; all of one come before all of the next. */
  by: z.enum(['alert', 'service', 'text']),
  /** Fraction 0..1, to compare within one answer. */
  score: z.number(),
  /** Plain text of the runbook around what was found. */
  excerpt: z.string(),
  /** The strongest reason first. */
  why: z.array(runbookMatchReasonSchema),
});
/** How a runbook answers what was asked.
 * @public */
export type RunbookMatch = z.infer<typeof runbookMatchSchema>;

/** Schema of {@link RunbookSummary}.
 * @public
 */
export const runbookSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Where people read and edit it; may be the address of a local file, which is no link. */
  url: z.string(),
  entityRefs: z.array(z.string()),
  /** Reference of an entity, or the text that stands in the runbook. */
  owner: z.string().optional(),
  /** Names of alerts and ids of metrics, as the runbook writes them. */
  alerts: z.array(z.string()),
  severity: z.string().optional(),
  /** When it was tested last: what the runbook says, or a later run that worked. */
  lastTested: instantSchema.optional(),
  freshness: runbookFreshnessSchema,
  stepCount: z.number(),
  /** How many problems were found in it. */
  problems: z.number(),
  /** Only in answers to a search. */
  match: runbookMatchSchema.optional(),
});
/** A runbook as lists show it.
 * @public
 */
export type RunbookSummary = z.infer<typeof runbookSummarySchema>;
