import { Translate } from '../../shared';

const UNITS = {
  s: 'shared.time.seconds',
  m: 'shared.time.minutes',
  min: 'shared.time.minutes',
  h: 'shared.time.hours',
} as const;

/** A window such as `10m`, in words: `last 10 min`. */
export function windowWords(window: string, t: Translate): string {
  const [, value, unit] = /^(\d+)(s|m|min|h)$/.exec(window) ?? [];
  const words =
    unit === 's' || unit === 'm' || unit === 'min' || unit === 'h'
      ? t(UNITS[unit], { value })
      : window;
  return t('health.performance.window', { window: words });
}
