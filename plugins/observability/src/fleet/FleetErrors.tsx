import type { EntityHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { Sparkline, useFormat, useTranslation } from '../shared';
import styles from './FleetTable.module.css';

/** Counts are drawn against at least this many an hour, so that 3 errors look like 3. */
const LEAST_SCALE = 12;
const HOUR_MS = 3_600_000;

/** The errors of a day, hour by hour, beside their number. */
export function FleetErrors(props: { item: EntityHealth }) {
  const { item } = props;
  const { errors } = item;
  const t = useTranslation();
  const format = useFormat();
  if (!errors) {
    return <span className={styles.secondary}>{t('fleet.row.noData')}</span>;
  }
  return (
    <div className={styles.errors}>
      <Sparkline
        kind="bars"
        values={errors.trend}
        label={t('fleet.row.errorsLabel')}
        minimumMaximum={LEAST_SCALE}
        threshold={outbreak(item, errors.trend, Date.now())}
      />
      <span>
        {format.number(errors.events)}
        <span className={styles.stackedOnly}>
          {' '}
          {t('fleet.row.stackedErrors')}
        </span>
      </span>
    </div>
  );
}

/**
 * Where errors are a reason: what is more than twice as high as all hours
 * before it began stands out. It was seen a little later than it began, maybe
 * in the next hour.
 */
function outbreak(
  item: EntityHealth,
  trend: readonly number[],
  now: number,
): { value: number; level: 'warning' | 'critical' } | undefined {
  for (const { metric, level, since } of item.reasons) {
    if (metric.startsWith('errors.') && level !== 'unknown') {
      const hours = Math.ceil((now - Date.parse(since)) / HOUR_MS);
      const before = trend.slice(0, -Math.max(1, hours) - 1);
      return { value: 2 * Math.max(0, ...before), level };
    }
  }
  return undefined;
}
