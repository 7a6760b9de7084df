import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { HealthService } from '../HealthService';
import { registerGetServiceHealthAction } from './registerGetServiceHealthAction';
import { registerListUnhealthyServicesAction } from './registerListUnhealthyServicesAction';

/** What agents may ask about health. */
export function registerHealthActions(options: {
  actionsRegistry: ActionsRegistryService;
  health: HealthService;
}): void {
  registerGetServiceHealthAction(options);
  registerListUnhealthyServicesAction(options);
}
