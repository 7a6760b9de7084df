import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { observabilityProvidersExtensionPoint } from '@watchkeeper/backstage-plugin-observability-node';
import { readPostgresConfig } from './config';
import { PostgresProvider } from './PostgresProvider';

/**
 * Reads PostgreSQL databases directly for the observability plugin.
 *
 * @public
 */
export const observabilityModulePostgres = createBackendModule({
  pluginId: 'observability',
  moduleId: 'postgres',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: observabilityProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        const found = readPostgresConfig(config);
        if (!found) return;
        if ('message' in found) {
          providers.addMisconfiguredInstance(found);
        } else {
          providers.addProvider(new PostgresProvider(found));
        }
      },
    });
  },
});
