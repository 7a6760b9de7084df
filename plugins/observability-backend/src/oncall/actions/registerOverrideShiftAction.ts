import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  newOverrideSchema,
  onCallOverridePermission,
} from '@watchkeeper/backstage-plugin-observability-common';
import { audited } from '../../http/audited';
import { parseRequest } from '../../http/parseRequest';
import { OnCallChanges } from '../OnCallChanges';

export function registerOverrideShiftAction(options: {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  changes: OnCallChanges;
}): void {
  const { actionsRegistry, auditor, changes } = options;
  actionsRegistry.register({
    name: 'override-shift',
    title: 'Override Shift',
    description: `
Says who has the watch in a schedule instead, for a time that is to come.

With "add" alone somebody joins, with "remove" alone somebody leaves, with both the one stands in for the other. Users change their own shifts; those who manage schedules change those of others.
`,
    attributes: { readOnly: false, idempotent: false, destructive: false },
    visibilityPermission: onCallOverridePermission,
    schema: {
      input: z =>
        z.object({
          schedule: z.string().describe('Name of the schedule'),
          start: z.string().describe('Instant, RFC 3339; not in the past'),
          end: z.string().describe('Instant, RFC 3339'),
          level: z.string().optional().describe('Without it, all levels'),
          add: z
            .string()
            .optional()
            .describe('Who comes, as in "user:default/ana"'),
          remove: z
            .string()
            .optional()
            .describe('Who goes, as in "user:default/ana"'),
          reason: z.string().optional(),
        }),
      output: z => z.object({ id: z.string().describe('Of the override') }),
    },
    action: async ({ input, credentials }) => {
      const { schedule, ...change } = input;
      const override = parseRequest(newOverrideSchema, change);
      const { id } = await audited(
        auditor,
        {
          eventId: 'on-call-override-create',
          meta: { schedule, add: override.add, remove: override.remove },
        },
        () => changes.override(schedule, override, credentials),
        written => ({ id: written.id }),
      );
      return { output: { id } };
    },
  });
}
