import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { healthReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import { HealthService } from '../HealthService';

export function registerGetServiceHealthAction(options: {
  actionsRegistry: ActionsRegistryService;
  health: HealthService;
}): void {
  const { actionsRegistry, health } = options;
  actionsRegistry.register({
    name: 'get-service-health',
    title: 'Get Service Health',
    description: `
Tells whether a service is healthy and why, from what was last read of its sources.

Statuses are ok, warning, critical and unknown; null means that no source is configured. "unknown" is not good: a source failed or has not answered.
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
          status: z.enum(['ok', 'warning', 'critical', 'unknown']).nullable(),
          since: z.string().nullable().describe('Instant, RFC 3339'),
          reasons: z
            .array(
              z.object({
                level: z.string(),
                message: z.string(),
                since: z.string(),
              }),
            )
            .describe('What is wrong, worst first'),
          signals: z.array(
            z.object({
              kind: z.string(),
              source: z.string(),
              status: z.string(),
              observedAt: z.string().nullable(),
              stale: z.boolean(),
              problem: z.string().optional(),
            }),
          ),
          changes: z
            .array(
              z.object({
                at: z.string(),
                kind: z.string(),
                entityRef: z.string(),
                title: z.string(),
              }),
            )
            .describe('What changed in the hour before, nearest first'),
        }),
    },
    action: async ({ input, credentials }) => {
      const entityRef = stringifyEntityRef(
        parseEntityRef(input.entityRef, {
          defaultKind: 'component',
          defaultNamespace: 'default',
        }),
      );
      const report = await health.report(entityRef, credentials);
      return {
        output: {
          entityRef: report.entityRef,
          status: report.status,
          since: report.since,
          reasons: report.signals
            .flatMap(signal => signal.reasons)
            .map(({ level, message, since }) => ({ level, message, since })),
          signals: report.signals.map(signal => ({
            kind: signal.kind,
            source: `${signal.source.provider} ${signal.source.target}`,
            status: signal.status,
            observedAt: signal.observedAt,
            stale: signal.stale,
            ...(signal.problem ? { problem: signal.problem.message } : {}),
          })),
          changes: report.changes.map(({ at, kind, title, ...change }) => ({
            at,
            kind,
            entityRef: change.entityRef,
            title,
          })),
        },
      };
    },
  });
}
