import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { Incidents } from '../Incidents';
import { registerDeclareIncidentAction } from './registerDeclareIncidentAction';
import { registerFindSimilarIncidentsAction } from './registerFindSimilarIncidentsAction';
import { registerUpdateIncidentAction } from './registerUpdateIncidentAction';

/** What agents may ask and do about incidents, as the user on whose behalf they act. */
export function registerIncidentActions(options: {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  incidents: Incidents;
}): void {
  registerDeclareIncidentAction(options);
  registerUpdateIncidentAction(options);
  registerFindSimilarIncidentsAction(options);
}
