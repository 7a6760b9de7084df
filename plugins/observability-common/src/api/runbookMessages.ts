import { z } from 'zod/v4';
import {
  coverageCountsSchema,
  coverageRowSchema,
  coverageStateSchema,
  coverageTrendPointSchema,
  instantSchema,
  ownerCoverageSchema,
  runbookFreshnessSchema,
  runbookRunOutcomeSchema,
  runbookRunSummarySchema,
  runbookStepStateSchema,
  runbookSummarySchema,
} from '../model';
import { listParameter } from './queryParameters';

const MAX_ID_LENGTH = 100;
const MAX_REF_LENGTH = 512;
const MAX_NOTE_LENGTH = 2000;

const pageParameters = {
  limit: z.coerce.number().int().min(1).max(200).default(25),
  cursor: z
    .string()
    .max(2000)
    .optional()
    .describe('`nextCursor` of another page, as it is'),
};
const entityRefSchema = z.string().min(1).max(MAX_REF_LENGTH);

/** The runbook of a route.
 * @public
 */
export const runbookPathSchema = z.object({
  id: z.string().min(1).max(MAX_ID_LENGTH).describe('Id of the runbook'),
});

/** The run of a route.
 * @public
 */
export const runbookRunPathSchema = z.object({
  id: z.string().min(1).max(36).describe('Id of the run'),
});

/** The step of a route.
 * @public
 */
export const runbookRunStepPathSchema = runbookRunPathSchema.extend({
  index: z.coerce
    .number()
    .int()
    .min(0)
    .max(999)
    .describe('Index of the step, from 0'),
});

/** What runbooks are looked up by.
 * @public
 */
export const runbookListQuerySchema = z.object({
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Words as a person types them; typing errors are forgiven'),
  alert: z
    .string()
    .max(200)
    .optional()
    .describe('Name of an alert or id of a metric; exact ones come first'),
  entityRef: entityRefSchema
    .optional()
    .describe(
      'With `q` or `alert`: whose runbooks come first. Alone: only its runbooks, then those of its system and of what it depends on',
    ),
  owner: listParameter(z.string().max(300)).describe('Only of these owners'),
  freshness: listParameter(runbookFreshnessSchema).describe('Only these'),
  ...pageParameters,
});
/** See {@link runbookListQuerySchema}.
 * @public
 */
export type RunbookListQuery = z.infer<typeof runbookListQuerySchema>;

/** Schema of {@link RunbookSourceHealth}.
 * @public
 */
export const runbookSourceHealthSchema = z.object({
  /** The address or folder that runbooks are read from. */
  location: z.string(),
  runbookCount: z.number(),
  /** When it could be read last. */
  readAt: instantSchema.optional(),
  /** What is wrong with it, in English; what was read before stays. */
  problem: z.object({ message: z.string(), since: instantSchema }).optional(),
});
/** A place that runbooks are read from.
 * @public */
export type RunbookSourceHealth = z.infer<typeof runbookSourceHealthSchema>;

/** Schema of {@link RunbookList}.
 * @public
 */
export const runbookListSchema = z.object({
  items: z.array(runbookSummarySchema),
  nextCursor: z.string().optional(),
  /** How many there are on all pages. */
  total: z.number(),
  /** The words that were probably meant. */
  suggestion: z.string().optional(),
  /** How long the search itself took; absent where nothing was searched. */
  searchMs: z.number().optional(),
  /** Places that cannot be read at present. */
  failingSources: z.array(runbookSourceHealthSchema),
});
/** A page of runbooks: the best match first, or by title where nothing was asked.
 * @public */
export type RunbookList = z.infer<typeof runbookListSchema>;

/** For which service a runbook is read.
 * @public
 */
export const runbookQuerySchema = z.object({
  entityRef: entityRefSchema
    .optional()
    .describe('What its variables are filled from'),
  signal: z
    .string()
    .max(1000)
    .optional()
    .describe('Id of the signal of the entity that led here'),
  metric: z
    .string()
    .max(100)
    .optional()
    .describe('Id of the metric in breach that led here'),
});
/** See {@link runbookQuerySchema}.
 * @public
 */
export type RunbookQuery = z.infer<typeof runbookQuerySchema>;

/** Which image of a runbook is read.
 * @public
 */
export const runbookImageQuerySchema = z.object({
  path: z
    .string()
    .min(1)
    .max(2000)
    .describe('The address of the image, as the runbook writes it'),
});
/** See {@link runbookImageQuerySchema}.
 * @public
 */
export type RunbookImageQuery = z.infer<typeof runbookImageQuerySchema>;

/** Schema of {@link NewRunbookRun}.
 * @public
 */
export const newRunbookRunSchema = z.object({
  entityRef: entityRefSchema.optional(),
  incidentId: z.string().min(1).max(MAX_ID_LENGTH).optional(),
});
/** What a run is for.
 * @public */
export type NewRunbookRun = z.infer<typeof newRunbookRunSchema>;

/** Which runs are read.
 * @public
 */
export const runbookRunListQuerySchema = z.object({
  entityRef: entityRefSchema.optional().describe('Only for this entity'),
  runbookId: z
    .string()
    .max(MAX_ID_LENGTH)
    .optional()
    .describe('Only of this runbook'),
  incidentId: z
    .string()
    .max(MAX_ID_LENGTH)
    .optional()
    .describe('Only for this incident'),
  state: z.enum(['running', 'finished']).optional().describe('Else both'),
  ...pageParameters,
});
/** See {@link runbookRunListQuerySchema}.
 * @public
 */
export type RunbookRunListQuery = z.infer<typeof runbookRunListQuerySchema>;

/** Schema of {@link RunbookRunList}.
 * @public
 */
export const runbookRunListSchema = z.object({
  items: z.array(runbookRunSummarySchema),
  nextCursor: z.string().optional(),
});
/** A page of runs, the one that began last first.
 * @public */
export type RunbookRunList = z.infer<typeof runbookRunListSchema>;

/** Schema of {@link RunbookStepEdit}.
 * @public
 */
export const runbookStepEditSchema = z.object({
  state: runbookStepStateSchema,
  /** Replaces the note; without one the note stays, and an empty one takes it away. */
  note: z.string().max(MAX_NOTE_LENGTH).optional(),
  /** The version of the run that was seen: a 409 when this step has changed since. */
  version: z.number().int().min(0).optional(),
});
/** What became of a step.
 * @public */
export type RunbookStepEdit = z.infer<typeof runbookStepEditSchema>;

/** Schema of {@link RunbookRunEnd}.
 * @public
 */
export const runbookRunEndSchema = z.object({
  outcome: runbookRunOutcomeSchema,
});
/** How a run ended.
 * @public */
export type RunbookRunEnd = z.infer<typeof runbookRunEndSchema>;

/** Which part of the coverage is read.
 * @public
 */
export const coverageQuerySchema = z.object({
  owner: listParameter(z.string().max(300)).describe(
    'Only services of these owners',
  ),
  entityRef: entityRefSchema.optional().describe('Only of this entity'),
  state: listParameter(coverageStateSchema).describe('Only these rows'),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(400)
    .default(90)
    .describe('How far the trend reaches back'),
  ...pageParameters,
});
/** See {@link coverageQuerySchema}.
 * @public
 */
export type CoverageQuery = z.infer<typeof coverageQuerySchema>;

/** Schema of {@link CoverageReport}.
 * @public
 */
export const coverageReportSchema = z.object({
  /** Those that need work first. */
  items: z.array(coverageRowSchema),
  nextCursor: z.string().optional(),
  /** Of all rows that the query names, whatever their state. */
  counts: coverageCountsSchema,
  /** The same by team. */
  owners: z.array(ownerCoverageSchema),
  /** The oldest day first; days that nothing is known of are left out. */
  trend: z.array(coverageTrendPointSchema),
});
/** Which alerts of which services have a runbook that can be relied on.
 * @public */
export type CoverageReport = z.infer<typeof coverageReportSchema>;
