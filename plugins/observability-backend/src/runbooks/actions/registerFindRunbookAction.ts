import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  runbookListQuerySchema,
  runbookReadPermission,
} from '@watchkeeper/backstage-plugin-observability-common';
import { parseRequest } from '../../http/parseRequest';
import { readEntityRef } from '../../http/readEntityRef';
import { RunbookService } from '../RunbookService';

export function registerFindRunbookAction(options: {
  actionsRegistry: ActionsRegistryService;
  runbooks: RunbookService;
}): void {
  const { actionsRegistry, runbooks } = options;
  actionsRegistry.register({
    name: 'find-runbook',
    title: 'Find Runbook',
    description: `
Finds the runbook for what is wrong: by the name of an alert or the id of a metric, by the entity that it happens to, and by words such as symptoms.

The best answer comes first and says why it was found. Read it with the action get-runbook.
`,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: runbookReadPermission,
    schema: {
      input: z =>
        z.object({
          q: z.string().optional().describe('Words, such as symptoms'),
          alert: z
            .string()
            .optional()
            .describe('Name of an alert or id of a metric'),
          entityRef: z
            .string()
            .optional()
            .describe('As in "component:default/crm-web"'),
          limit: z.number().int().min(1).max(50).default(5),
        }),
      output: z =>
        z.object({
          runbooks: z.array(
            z.object({
              id: z.string(),
              title: z.string(),
              url: z.string(),
              entityRefs: z.array(z.string()),
              owner: z.string().optional(),
              alerts: z.array(z.string()),
              freshness: z
                .string()
                .describe('fresh, ageing, stale or never-tested'),
              stepCount: z.number(),
              foundBy: z
                .string()
                .optional()
                .describe('alert, service or text; absent: nothing matches'),
              excerpt: z.string().optional(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const query = parseRequest(runbookListQuerySchema, input);
      const { items } = await runbooks.list(
        { ...query, entityRef: readEntityRef(query.entityRef) },
        credentials,
      );
      return {
        output: {
          runbooks: items.map(item => ({
            id: item.id,
            title: item.title,
            url: item.url,
            entityRefs: item.entityRefs,
            owner: item.owner,
            alerts: item.alerts,
            freshness: item.freshness,
            stepCount: item.stepCount,
            foundBy: item.match?.by,
            excerpt: item.match?.excerpt,
          })),
        },
      };
    },
  });
}
