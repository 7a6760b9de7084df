import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Weekday } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import useObservable from 'react-use/esm/useObservable';
import { localeOf } from '../../shared/format/numbers';

/** Days of the week, Monday first. */
export const WEEKDAYS: readonly Weekday[] = [
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
];

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** The names of the days of the week, short, in the reader's language. */
export function useWeekdays(): Record<Weekday, string> {
  const languageApi = useApi(appLanguageApiRef);
  const language$ = useMemo(() => languageApi.language$(), [languageApi]);
  const { language } = useObservable(language$, languageApi.getLanguage());
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(localeOf(language), {
      weekday: 'short',
      timeZone: 'UTC',
    });
    return Object.fromEntries(
      WEEKDAYS.map((day, index) => [
        day,
        format.format(MONDAY + index * DAY_MS),
      ]),
    ) as Record<Weekday, string>;
  }, [language]);
}
