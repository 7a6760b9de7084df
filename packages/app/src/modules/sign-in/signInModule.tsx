import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  TranslationBlueprint,
} from '@backstage/plugin-app-react';
import { signInTranslations } from './translation';

/** The sign-in of the demo: choose any person of the catalog. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: {
        loader: () => import('./SignInPage').then(m => m.SignInPage),
      },
    }),
    TranslationBlueprint.make({
      name: 'sign-in',
      params: { resource: signInTranslations },
    }),
  ],
});
