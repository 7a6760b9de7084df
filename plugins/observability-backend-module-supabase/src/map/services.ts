import { DatabaseData } from '@watchkeeper/backstage-plugin-observability-common';
import {
  optionalPlainText,
  plainText,
} from '@watchkeeper/backstage-plugin-observability-node';
import { SupabaseService } from '../api/schemas';

type Service = DatabaseData['services'][number];

const STATES: Record<string, Service['state']> = {
  ACTIVE_HEALTHY: 'healthy',
  UNHEALTHY: 'unhealthy',
  COMING_UP: 'starting',
};
const MAX_SERVICES = 50;

/** The services of a project, as the page shows them. */
export function toServices(services: readonly SupabaseService[]): Service[] {
  return services.slice(0, MAX_SERVICES).map(({ name, status, error }) => {
    const detail = optionalPlainText(error, 200);
    return {
      name: plainText(name, 60),
      state: STATES[status ?? ''] ?? 'unknown',
      ...(detail === undefined ? {} : { detail }),
    };
  });
}
