import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  personPickerAuthenticator,
  signInAsPickedPerson,
} from './authenticator';
import { createPeopleRouter } from './peopleRouter';

/**
 * Signs in as any person of the catalog, without a password: one guest cannot
 * show what several people do together. Refused outside development.
 */
export const personPickerModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'person-picker',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        auth: coreServices.auth,
        httpRouter: coreServices.httpRouter,
        catalog: catalogServiceRef,
      },
      async init({ providers, auth, httpRouter, catalog }) {
        providers.registerProvider({
          providerId: 'person-picker',
          factory: createProxyAuthProviderFactory({
            authenticator: personPickerAuthenticator,
            signInResolver: signInAsPickedPerson,
          }),
        });
        // Modules start before their plugin, so this route is asked before
        // the provider's own, which answers everything under its name.
        httpRouter.use(createPeopleRouter({ auth, catalog }));
      },
    });
  },
});
