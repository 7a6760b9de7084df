import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { healthReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import { HealthService } from '../HealthService';

export function registerListUnhealthyServicesAction(options: {
  actionsRegistry: ActionsRegistryService;
  health: HealthService;
}): void {
  const { actionsRegistry, health } = options;
  actionsRegistry.register({
    name: 'list-unhealthy-services',
    title: 'List Unhealthy Services',
    description: `
Lists services that are critical, in warning or unknown, worst first, then longest.

"unknown" means that a source failed or has not answered: nobody can tell how the service is.
`,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: healthReadPermission,
    schema: {
      input: z =>
        z.object({
          owner: z
            .string()
            .optional()
            .describe('Only of this owner, as in "group:default/my-team"'),
          system: z
            .string()
            .optional()
            .describe('Only of this system, as in "system:default/my-system"'),
          limit: z.number().int().min(1).max(200).default(25),
        }),
      output: z =>
        z.object({
          totals: z.object({
            ok: z.number(),
            warning: z.number(),
            critical: z.number(),
            unknown: z.number(),
            unconfigured: z.number(),
          }),
          services: z.array(
            z.object({
              entityRef: z.string(),
              title: z.string(),
              owner: z.string().optional(),
              status: z.string().nullable(),
              since: z.string().nullable(),
              reasons: z.array(z.string()),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const { items, totals } = await health.list(
        {
          filter: {
            statuses: ['critical', 'warning', 'unknown'],
            ...(input.owner ? { owners: [input.owner] } : {}),
            ...(input.system ? { systems: [input.system] } : {}),
          },
          limit: input.limit,
        },
        credentials,
      );
      return {
        output: {
          totals,
          services: items.map(
            ({ entityRef, title, owner, status, since, reasons }) => ({
              entityRef,
              title,
              ...(owner ? { owner } : {}),
              status,
              since,
              reasons: reasons.map(reason => reason.message),
            }),
          ),
        },
      };
    },
  });
}
