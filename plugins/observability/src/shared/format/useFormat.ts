import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import useObservable from 'react-use/esm/useObservable';
import { useTranslation } from '../useTranslation';
import { createFormat, Format } from './createFormat';

/** The format for this reader: the portal's language, the browser's time zone. */
export function useFormat(): Format {
  const languageApi = useApi(appLanguageApiRef);
  const t = useTranslation();
  const language$ = useMemo(() => languageApi.language$(), [languageApi]);
  const { language } = useObservable(language$, languageApi.getLanguage());
  return useMemo(
    () =>
      createFormat({
        language,
        t,
        timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    [language, t],
  );
}
