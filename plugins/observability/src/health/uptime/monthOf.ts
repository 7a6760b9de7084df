import { DayLevel, dayLevels, worstLevels } from '../../shared';
import { SignalOf } from '../signals';

const DAYS = 30;

/** The last 30 days of all monitors in one: the worst of each day, and the uptime of the one that was down most. */
export function monthOf(signals: readonly SignalOf<'uptime'>[]): {
  levels: DayLevel[];
  fraction: number | undefined;
} {
  const monitors = signals.flatMap(({ data, stale, problem }) =>
    (data?.monitors ?? []).map(monitor => ({
      monitor,
      isUnknownNow:
        stale || problem !== undefined || monitor.state === 'unknown',
    })),
  );
  const fractions = monitors
    .map(({ monitor }) => monitor.uptime.month)
    .filter(fraction => fraction !== undefined);
  return {
    levels: worstLevels(
      monitors.map(({ monitor, isUnknownNow }) =>
        dayLevels(monitor.days, { isUnknownNow }).slice(-DAYS),
      ),
    ),
    fraction: fractions.length > 0 ? Math.min(...fractions) : undefined,
  };
}
