import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { observabilityTranslationRef } from '../translation';

/** Writes a message of the plugin in the reader's language. */
export type Translate = TranslationFunction<
  typeof observabilityTranslationRef.T
>;

/** The plugin's messages in the reader's language. */
export function useTranslation(): Translate {
  return useTranslationRef(observabilityTranslationRef).t;
}
