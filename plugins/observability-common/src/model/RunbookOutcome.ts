import { z } from 'zod/v4';

/** Schema of {@link RunbookRunOutcome}.
 * @public
 */
export const runbookRunOutcomeSchema = z.enum([
  'worked',
  'partly',
  'did-not-help',
]);
/** Whether following a runbook helped.
 * @public */
export type RunbookRunOutcome = z.infer<typeof runbookRunOutcomeSchema>;
