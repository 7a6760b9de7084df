import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  runbookRunPermission,
  runbookRunStepPathSchema,
  runbookStepEditSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import { audited } from '../../http/audited';
import { parseRequest } from '../../http/parseRequest';
import { RunbookRuns } from '../runs/RunbookRuns';

export function registerRecordRunbookStepAction(options: {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  runs: RunbookRuns;
}): void {
  const { actionsRegistry, auditor, runs } = options;
  actionsRegistry.register({
    name: 'record-runbook-step',
    title: 'Record Runbook Step',
    description: `
Says what became of a step of a run that is under way: done, skipped, failed, or to do again, with a note.

Those who follow the run see it at once, under the name of the user. Nothing is executed.
`,
    attributes: { readOnly: false, idempotent: true, destructive: false },
    visibilityPermission: runbookRunPermission,
    schema: {
      input: z =>
        z.object({
          run: z.string().describe('Id of the run'),
          step: z.number().int().min(0).describe('Index of the step, from 0'),
          state: z.enum(['done', 'skipped', 'failed', 'todo']),
          note: z.string().max(2000).optional(),
          version: z
            .number()
            .int()
            .optional()
            .describe(
              'Version of the run that was seen: refused when the step has changed since',
            ),
        }),
      output: z =>
        z.object({
          settledSteps: z.number(),
          steps: z.number(),
          nextStep: z.string().optional().describe('Title of the next step'),
          version: z.number(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { id, index } = parseRequest(runbookRunStepPathSchema, {
        id: input.run,
        index: input.step,
      });
      const edit = parseRequest(runbookStepEditSchema, input);
      const run = await audited(
        auditor,
        {
          eventId: 'runbook-run-step',
          meta: { run: id, step: index, state: edit.state },
        },
        () => runs.setStep(id, index, edit, credentials),
      );
      return {
        output: {
          settledSteps: run.settledStepCount,
          steps: run.stepCount,
          nextStep:
            run.currentStep === undefined
              ? undefined
              : run.steps[run.currentStep].title,
          version: run.version,
        },
      };
    },
  });
}
