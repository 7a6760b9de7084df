import type { EntityHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { UptimeDays, useFormat, useTranslation } from '../shared';
import styles from './FleetTable.module.css';

/** The last days of a service, the worst of each, beside its uptime. */
export function FleetUptime(props: { item: EntityHealth }) {
  const { uptime } = props.item;
  const t = useTranslation();
  const format = useFormat();
  if (!uptime) {
    return <span className={styles.secondary}>{t('fleet.row.noData')}</span>;
  }
  const { fraction, trend } = uptime;
  const down = trend.filter(level => level === 'down').length;
  return (
    <div className={styles.uptime}>
      <UptimeDays
        levels={trend}
        label={
          down > 0
            ? t('shared.uptime.downDays', { count: down })
            : t('shared.uptime.allUp')
        }
      />
      {fraction === undefined ? (
        <span className={styles.secondary}>{t('fleet.row.noData')}</span>
      ) : (
        <span>
          {format.percent(fraction)}
          <span className={styles.stackedOnly}>
            {' '}
            {t('fleet.row.stackedUptime')}
          </span>
        </span>
      )}
    </div>
  );
}
