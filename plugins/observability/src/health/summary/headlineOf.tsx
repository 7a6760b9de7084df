import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode } from 'react';
import { Format, Translate } from '../../shared';
import { verdictWord } from '../releases/verdict';

/** The one number, or word, that a signal is about; `undefined` before its first data. */
export function headlineOf(
  signal: Signal,
  format: Format,
  t: Translate,
): ReactNode {
  switch (signal.kind) {
    case 'errors': {
      if (!signal.data) {
        return undefined;
      }
      const { rate, events } = signal.data;
      if (rate !== undefined) {
        return t('health.strip.ofRequests', { rate: format.percent(rate) });
      }
      return events === 0
        ? t('health.strip.noErrors')
        : t('health.strip.events', {
            count: events,
            events: format.number(events),
          });
    }
    case 'performance': {
      const p95Ms = signal.data?.p95Ms;
      if (p95Ms === undefined) {
        return undefined;
      }
      return p95Ms === null
        ? t('health.performance.nothing')
        : t('health.strip.p95', { value: format.milliseconds(p95Ms) });
    }
    case 'releases': {
      if (!signal.data) {
        return undefined;
      }
      const [newest] = signal.data.releases;
      return newest
        ? t('health.strip.release', {
            version: <bdi>{newest.version}</bdi>,
            verdict: verdictWord(newest.verdict, t).toLocaleLowerCase(),
          })
        : t('health.strip.noReleases');
    }
    default:
      return undefined;
  }
}
