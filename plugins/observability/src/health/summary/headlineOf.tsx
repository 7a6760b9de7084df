import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode } from 'react';
import { Format, Translate } from '../../shared';
import { figureName, nearestFigure } from '../database/figures';
import { metricValue } from '../metricText';
import { verdictWord } from '../releases/verdict';
import { SignalOf } from '../signals';
import { groupState } from '../uptime/groupState';

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
    case 'uptime':
      return uptimeHeadline(signal, t);
    case 'database':
      return databaseHeadline(signal, format, t);
    default:
      return undefined;
  }
}

function uptimeHeadline(signal: SignalOf<'uptime'>, t: Translate): ReactNode {
  if (!signal.data) {
    return undefined;
  }
  const count = signal.data.monitors.length;
  return signal.stale || signal.problem
    ? t('health.strip.oldUptime', { count })
    : groupState(signal, t).words;
}

/** What is wrong, else what is nearest to its limit. */
function databaseHeadline(
  signal: SignalOf<'database'>,
  format: Format,
  t: Translate,
): ReactNode {
  const reason = signal.reasons.find(({ level }) => level !== 'unknown');
  if (reason) {
    const { metric, unit, value } = reason;
    return t('health.strip.figure', {
      figure: figureName(metric, t),
      value: metricValue(metric, unit, value, format, t),
    });
  }
  const figure = nearestFigure(signal);
  return (
    figure &&
    t('health.strip.figure', {
      figure: figureName(figure.metric, t),
      value: format.percent(figure.value, { minimum: 0, maximum: 0 }),
    })
  );
}
