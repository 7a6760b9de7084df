import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { HealthService } from '../../health/HealthService';
import { registerGetUptimeAction } from './registerGetUptimeAction';

/** What agents may ask about uptime. */
export function registerUptimeActions(options: {
  actionsRegistry: ActionsRegistryService;
  health: HealthService;
}): void {
  registerGetUptimeAction(options);
}
