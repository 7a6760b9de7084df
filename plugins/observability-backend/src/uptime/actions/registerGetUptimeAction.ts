import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { healthReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import { HealthService } from '../../health/HealthService';

const TOLD_OUTAGES = 10;

export function registerGetUptimeAction(options: {
  actionsRegistry: ActionsRegistryService;
  health: HealthService;
}): void {
  const { actionsRegistry, health } = options;
  actionsRegistry.register({
    name: 'get-uptime',
    title: 'Get Uptime',
    description: `
Tells of each monitor of a service whether it is up, since when, its uptime, and when it was down.

Uptime is a fraction, 0 to 1, of the last 24 hours, 7, 30, 90 and 365 days. Maintenance, pauses and what is unknown count neither as up nor as down; a span of which nothing is known has no fraction. A source that is stale or has a problem says how it was, not how it is.
`,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: healthReadPermission,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe(
              'The service, as in "component:default/my-service"; the kind "component" and the namespace "default" may be left out',
            ),
        }),
      output: z =>
        z.object({
          entityRef: z.string(),
          monitors: z
            .array(
              z.object({
                source: z.string(),
                name: z.string(),
                url: z.string().optional(),
                state: z.string(),
                since: z.string().optional().describe('Instant, RFC 3339'),
                reason: z.string().optional(),
                observedAt: z.string().nullable(),
                stale: z.boolean(),
                problem: z.string().optional(),
                uptime: z.object({
                  day: z.number().optional(),
                  week: z.number().optional(),
                  month: z.number().optional(),
                  quarter: z.number().optional(),
                  year: z.number().optional(),
                }),
                uptimeSince: z
                  .string()
                  .optional()
                  .describe('Nothing is known of the time before'),
                outages: z
                  .array(
                    z.object({
                      startedAt: z.string(),
                      endedAt: z.string().optional(),
                      reason: z.string().optional(),
                    }),
                  )
                  .describe(
                    'The last ones, newest first; without an end, it goes on',
                  ),
              }),
            )
            .describe('Worst first within each source'),
        }),
    },
    action: async ({ input, credentials }) => {
      const entityRef = stringifyEntityRef(
        parseEntityRef(input.entityRef, {
          defaultKind: 'component',
          defaultNamespace: 'default',
        }),
      );
      const { signals } = await health.report(entityRef, credentials);
      const monitors = signals.flatMap(signal =>
        signal.kind === 'uptime'
          ? (signal.data?.monitors ?? []).map(monitor => ({
              source: `${signal.source.provider} ${signal.source.target}`,
              name: monitor.name,
              ...(monitor.url ? { url: monitor.url } : {}),
              state: monitor.state,
              ...(monitor.since ? { since: monitor.since } : {}),
              ...(monitor.reason ? { reason: monitor.reason } : {}),
              observedAt: signal.observedAt,
              stale: signal.stale,
              ...(signal.problem ? { problem: signal.problem.message } : {}),
              uptime: monitor.uptime,
              ...(monitor.uptimeSince
                ? { uptimeSince: monitor.uptimeSince }
                : {}),
              outages: monitor.outages.slice(0, TOLD_OUTAGES),
            }))
          : [],
      );
      return { output: { entityRef, monitors } };
    },
  });
}
