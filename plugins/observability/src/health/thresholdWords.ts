import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import { Format, Translate } from '../shared';
import { limitsOf } from './signals';

/** The limits of a metric in force: `warning 0.1 %, critical 1 %`. */
export function thresholdWords(options: {
  signal: Signal;
  metric: string;
  write(value: number): string;
  format: Format;
  t: Translate;
}): string {
  const { signal, metric, write, format, t } = options;
  const { warning, critical, forSeconds } = limitsOf(signal, metric);
  const thresholds = [
    warning !== undefined &&
      t('health.threshold.warning', { value: write(warning) }),
    critical !== undefined &&
      t('health.threshold.critical', { value: write(critical) }),
  ]
    .filter(Boolean)
    .join(', ');
  if (!thresholds || !forSeconds) {
    return thresholds;
  }
  return t('health.threshold.forDuration', {
    thresholds,
    duration: format.duration(forSeconds * 1000),
  });
}

/** A number against the same of the day before: `yesterday 214, 5.8×`. */
export function yesterdayWords(options: {
  value: number;
  previous: number | undefined;
  write(value: number): string;
  format: Format;
  t: Translate;
}): string | undefined {
  const { value, previous, write, format, t } = options;
  if (previous === undefined) {
    return undefined;
  }
  const ratio = previous > 0 ? value / previous : undefined;
  // Little more or less is no news.
  if (ratio === undefined || (ratio > 0.8 && ratio < 1.25)) {
    return t('health.yesterday', { value: write(previous) });
  }
  return t('health.yesterdayTimes', {
    value: write(previous),
    times: format.multiple(ratio),
  });
}
