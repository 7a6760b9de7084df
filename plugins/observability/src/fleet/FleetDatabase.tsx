import {
  findMetric,
  type EntityHealth,
} from '@watchkeeper/backstage-plugin-observability-common';
import { figureName } from '../health/database/figures';
import { metricValue } from '../health/metricText';
import { StatusBadge, useFormat, useTranslation } from '../shared';
import styles from './FleetTable.module.css';

/** The figure of the database that is nearest to its limit, or past it. */
export function FleetDatabase(props: { item: EntityHealth }) {
  const { database } = props.item;
  const t = useTranslation();
  const format = useFormat();
  if (!database) {
    return <span className={styles.secondary}>{t('fleet.row.noData')}</span>;
  }
  const { metric, value, status } = database;
  const unit = findMetric(metric)?.unit ?? '';
  const words = t('health.strip.figure', {
    figure: figureName(metric, t),
    value:
      typeof value === 'number' && unit === 'fraction'
        ? format.percent(value, { minimum: 0, maximum: 0 })
        : metricValue(metric, unit, value, format, t),
  });
  return status === 'ok' ? (
    <span className={styles.database}>
      <StatusBadge status={status} hideWord />
      {words}
    </span>
  ) : (
    <StatusBadge status={status}>
      <span>{words}</span>
    </StatusBadge>
  );
}
