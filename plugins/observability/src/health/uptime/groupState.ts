import { Status } from '@watchkeeper/backstage-plugin-observability-common';
import { Translate } from '../../shared';
import { SignalOf } from '../signals';
import { countStates } from './monitors';

/** How the monitors of a source are, in a few words: `1 of 2 down, 1 paused`. */
export function groupState(
  signal: SignalOf<'uptime'>,
  t: Translate,
): { status: Status; words: string } {
  const monitors = signal.data?.monitors ?? [];
  const total = monitors.length;
  if (signal.stale || signal.problem || !signal.data) {
    return {
      status: 'unknown',
      words:
        total > 0
          ? t('health.uptime.monitorsUnknown', { count: total })
          : t('shared.status.unknown'),
    };
  }
  const counts = countStates(monitors);
  const unknown = counts.unknown + counts.pending;
  const others = [
    counts.maintenance > 0 &&
      t('health.uptime.inMaintenance', { number: String(counts.maintenance) }),
    counts.paused > 0 &&
      t('health.uptime.arePaused', { number: String(counts.paused) }),
  ].filter(Boolean);
  const say = (
    key: 'ofDown' | 'ofDegraded' | 'ofUnknown' | 'ofUp',
    count: number,
  ) =>
    [
      t(`health.uptime.${key}`, {
        number: String(count),
        total: String(total),
      }),
      ...others,
    ].join(', ');
  if (counts.down > 0) {
    return { status: 'critical', words: say('ofDown', counts.down) };
  }
  if (counts.degraded > 0) {
    return { status: 'warning', words: say('ofDegraded', counts.degraded) };
  }
  return unknown > 0
    ? { status: 'unknown', words: say('ofUnknown', unknown) }
    : { status: signal.status, words: say('ofUp', counts.up) };
}
