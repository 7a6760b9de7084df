import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import useObservable from 'react-use/esm/useObservable';
import { createWatchFormat, WatchFormat } from './createWatchFormat';

/** The format for this reader: the portal's language, the browser's time zone. */
export function useWatchFormat(): WatchFormat {
  const languageApi = useApi(appLanguageApiRef);
  const language$ = useMemo(() => languageApi.language$(), [languageApi]);
  const { language } = useObservable(language$, languageApi.getLanguage());
  return useMemo(
    () =>
      createWatchFormat(
        language,
        new Intl.DateTimeFormat().resolvedOptions().timeZone,
      ),
    [language],
  );
}
