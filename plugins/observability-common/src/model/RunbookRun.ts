import { z } from 'zod/v4';
import { runbookStepSchema } from './Runbook';
import { runbookRunOutcomeSchema } from './RunbookOutcome';
import { instantSchema } from './Signal';

/** Schema of {@link RunbookStepState}.
 * @public
 */
export const runbookStepStateSchema = z.enum([
  'todo',
  'done',
  'skipped',
  'failed',
]);
/** What became of a step.
 * @public */
export type RunbookStepState = z.infer<typeof runbookStepStateSchema>;

/** Schema of {@link RunbookRunStep}.
 * @public
 */
export const runbookRunStepSchema = runbookStepSchema.extend({
  state: runbookStepStateSchema,
  note: z.string().optional(),
  /** Who set the state or wrote the note last, and when. */
  by: z.string().optional(),
  at: instantSchema.optional(),
});
/** A step as it was when the run began, and what became of it.
 * @public */
export type RunbookRunStep = z.infer<typeof runbookRunStepSchema>;

/** Schema of {@link RunbookRunSummary}.
 * @public
 */
export const runbookRunSummarySchema = z.object({
  id: z.string(),
  runbookId: z.string(),
  /** As the runbook was called when the run began. */
  title: z.string(),
  entityRef: z.string().optional(),
  incidentId: z.string().optional(),
  startedAt: instantSchema,
  startedBy: z.string(),
  /** Who carries on, where it is somebody else than who began. */
  takenOverBy: z.string().optional(),
  takenOverAt: instantSchema.optional(),
  finishedAt: instantSchema.optional(),
  finishedBy: z.string().optional(),
  /** Only of one that is finished. */
  outcome: runbookRunOutcomeSchema.optional(),
  stepCount: z.number(),
  /** Steps that are done, skipped or failed. */
  settledStepCount: z.number(),
  /** Index of the step that comes next; absent when none is left. */
  currentStep: z.number().optional(),
  changedAt: instantSchema,
  /** One more with each change: who follows a run asks again when it hears of a higher one. */
  version: z.number(),
});
/** A run as lists show it.
 * @public */
export type RunbookRunSummary = z.infer<typeof runbookRunSummarySchema>;

/** Schema of {@link RunbookRun}.
 * @public
 */
export const runbookRunSchema = runbookRunSummarySchema.extend({
  /** Of the text that the steps were taken from. */
  contentHash: z.string(),
  /** Whether the runbook says something else by now; the run keeps its steps. */
  runbookChanged: z.boolean(),
  steps: z.array(runbookRunStepSchema),
});
/** Somebody, or several people, following a runbook.
 * @public */
export type RunbookRun = z.infer<typeof runbookRunSchema>;
