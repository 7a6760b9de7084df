import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { runbookReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import { readEntityRef } from '../../http/readEntityRef';
import { RunbookService } from '../RunbookService';

export function registerGetRunbookAction(options: {
  actionsRegistry: ActionsRegistryService;
  runbooks: RunbookService;
}): void {
  const { actionsRegistry, runbooks } = options;
  actionsRegistry.register({
    name: 'get-runbook',
    title: 'Get Runbook',
    description: `
Reads a runbook: its text, its steps with their commands, what is wrong with it and how much it helped so far.

With "entityRef" the variables of its commands are filled from that entity; "unresolved" names those that are still open. Commands are text for people: nothing here executes them.
`,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: runbookReadPermission,
    schema: {
      input: z =>
        z.object({
          id: z.string().min(1).max(100).describe('Id of the runbook'),
          entityRef: z
            .string()
            .optional()
            .describe('As in "component:default/crm-web"'),
        }),
      output: z =>
        z.object({
          id: z.string(),
          title: z.string(),
          url: z.string(),
          owner: z.string().optional(),
          alerts: z.array(z.string()),
          freshness: z.string(),
          lastTested: z.string().optional(),
          runs: z.number().describe('How often it was followed to the end'),
          helped: z.number().describe('How often it worked, if only partly'),
          markdown: z.string(),
          steps: z.array(
            z.object({
              index: z.number(),
              title: z.string(),
              markdown: z.string(),
              expected: z.string().optional(),
              commands: z.array(
                z.object({
                  language: z.string().optional(),
                  text: z.string(),
                  unresolved: z.array(z.string()),
                }),
              ),
            }),
          ),
          variables: z.array(
            z.object({ name: z.string(), value: z.string().optional() }),
          ),
          problems: z.array(z.string()),
        }),
    },
    action: async ({ input, credentials }) => {
      const entityRef = readEntityRef(input.entityRef);
      const runbook = await runbooks.get(input.id, { entityRef }, credentials);
      return {
        output: {
          id: runbook.id,
          title: runbook.title,
          url: runbook.url,
          owner: runbook.owner,
          alerts: runbook.alerts,
          freshness: runbook.freshness,
          lastTested: runbook.lastTested,
          runs: runbook.trust.runs,
          helped: runbook.trust.helped,
          markdown: runbook.markdown,
          steps: runbook.steps.map(step => ({
            index: step.index,
            title: step.title,
            markdown: step.markdown,
            expected: step.expected,
            commands: step.commands.map(({ language, text, unresolved }) => ({
              language,
              text,
              unresolved,
            })),
          })),
          variables: runbook.variables.map(({ name, value }) => ({
            name,
            value,
          })),
          problems: runbook.problems.map(({ message }) => message),
        },
      };
    },
  });
}
