import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { observabilityTranslationRef } from '../translation';

/** The plugin's messages in the reader's language. */
export function useTranslation() {
  return useTranslationRef(observabilityTranslationRef).t;
}

/** What {@link useTranslation} returns. */
export type Translate = ReturnType<typeof useTranslation>;
