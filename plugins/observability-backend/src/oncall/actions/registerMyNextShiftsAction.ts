import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { InputError } from '@backstage/errors';
import { onCallReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import { userRefOf } from '../../access/callerRef';
import { OnCallService } from '../OnCallService';

export function registerMyNextShiftsAction(options: {
  actionsRegistry: ActionsRegistryService;
  onCall: OnCallService;
}): void {
  const { actionsRegistry, onCall } = options;
  actionsRegistry.register({
    name: 'my-next-shifts',
    title: 'My Next Shifts',
    description:
      'Tells when the user has the watch, in every schedule: the shift that is running, then the next ones.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    visibilityPermission: onCallReadPermission,
    schema: {
      input: z =>
        z.object({ limit: z.number().int().min(1).max(50).default(5) }),
      output: z =>
        z.object({
          shifts: z.array(
            z.object({
              schedule: z.string(),
              title: z.string(),
              level: z.string(),
              start: z.string(),
              end: z.string(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const user = userRefOf(credentials);
      if (user === undefined) {
        throw new InputError('Only a signed-in user has shifts');
      }
      const shifts = await onCall.userShifts(
        { user, limit: input.limit },
        credentials,
      );
      return {
        output: {
          shifts: shifts.map(({ schedule, title, level, start, end }) => ({
            schedule,
            title,
            level,
            start,
            end,
          })),
        },
      };
    },
  });
}
