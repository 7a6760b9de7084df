import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { OnCallChanges } from '../OnCallChanges';
import { OnCallService } from '../OnCallService';
import { registerMyNextShiftsAction } from './registerMyNextShiftsAction';
import { registerOverrideShiftAction } from './registerOverrideShiftAction';
import { registerWhoIsOnCallAction } from './registerWhoIsOnCallAction';

/** What agents may ask and do about the watch, as the user on whose behalf they act. */
export function registerOnCallActions(options: {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  onCall: OnCallService;
  changes: OnCallChanges;
}): void {
  registerWhoIsOnCallAction(options);
  registerMyNextShiftsAction(options);
  registerOverrideShiftAction(options);
}
