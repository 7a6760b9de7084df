import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { observabilityMessages } from './translationMessages';

/**
 * The messages of the plugin. English and French are part of it, in both
 * frontend systems; a portal adds languages, or other words, with resources for
 * this ref.
 *
 * @public
 */
export const observabilityTranslationRef = createTranslationRef({
  id: 'plugin.observability',
  messages: observabilityMessages,
  translations: { fr: () => import('./translation.fr') },
});
