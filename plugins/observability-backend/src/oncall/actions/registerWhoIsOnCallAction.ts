import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  OnCallNow,
  onCallReadPermission,
} from '@watchkeeper/backstage-plugin-observability-common';
import { OnCallService } from '../OnCallService';

export function registerWhoIsOnCallAction(options: {
  actionsRegistry: ActionsRegistryService;
  onCall: OnCallService;
}): void {
  const { actionsRegistry, onCall } = options;
  actionsRegistry.register({
    name: 'who-is-on-call',
    title: 'Who Is On Call',
    description: `
Tells who has the watch over a service or in a schedule, now or at another time: a row for each level, in the order of escalation.

A row without people is a gap: nobody has the watch then. No row at all means that there is no schedule.
`,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: onCallReadPermission,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .optional()
            .describe(
              'The service, as in "component:default/my-service"; the kind "component" and the namespace "default" may be left out',
            ),
          schedule: z
            .string()
            .optional()
            .describe('Name of the schedule, instead of a service'),
          at: z
            .string()
            .optional()
            .describe('Instant, RFC 3339 with an offset; else now'),
        }),
      output: z =>
        z.object({
          onCall: z.array(
            z.object({
              schedule: z.string(),
              level: z.string(),
              people: z.array(
                z.object({ entityRef: z.string(), displayName: z.string() }),
              ),
              since: z.string(),
              until: z.string(),
              next: z.string().optional().describe('Who comes then'),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const { schedule, at } = input;
      if (at !== undefined && Number.isNaN(Date.parse(at))) {
        throw new InputError(
          '"at": must be an instant, such as "2026-11-25T09:00:00Z"',
        );
      }
      const entityRef =
        input.entityRef === undefined
          ? undefined
          : stringifyEntityRef(
              parseEntityRef(input.entityRef, {
                defaultKind: 'component',
                defaultNamespace: 'default',
              }),
            );
      const rows =
        schedule === undefined
          ? await onCall.list({ at, entityRef }, credentials)
          : await onCall.now(schedule, { at }, credentials);
      return { output: { onCall: rows.map(toRow) } };
    },
  });
}

function toRow(row: OnCallNow) {
  return {
    schedule: row.schedule,
    level: row.level,
    people: row.people.map(({ entityRef, displayName }) => ({
      entityRef,
      displayName,
    })),
    since: row.since,
    until: row.until,
    ...(row.next
      ? {
          next: `${row.next.people
            .map(({ displayName }) => displayName)
            .join(', ')} at ${row.next.at}`,
        }
      : {}),
  };
}
