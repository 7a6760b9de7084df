import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { RunbookService } from '../RunbookService';
import { RunbookRuns } from '../runs/RunbookRuns';
import { registerFindRunbookAction } from './registerFindRunbookAction';
import { registerGetRunbookAction } from './registerGetRunbookAction';
import { registerRecordRunbookStepAction } from './registerRecordRunbookStepAction';

/** What agents may ask and do about runbooks, as the user on whose behalf they act. */
export function registerRunbookActions(options: {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  runbooks: RunbookService;
  runs: RunbookRuns;
}): void {
  registerFindRunbookAction(options);
  registerGetRunbookAction(options);
  registerRecordRunbookStepAction(options);
}
