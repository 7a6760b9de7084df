import {
  findMetric,
  type EntityHealth,
} from '@watchkeeper/backstage-plugin-observability-common';
import classNames from 'classnames';
import { figureName } from '../health/database/figures';
import { metricValue } from '../health/metricText';
import text from '../shared/text.module.css';
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
  const name = figureName(metric, t);
  const words =
    typeof value === 'number' && unit === 'fraction'
      ? format.percent(value, { minimum: 0, maximum: 0 })
      : metricValue(metric, unit, value, format, t);
  const level =
    status === 'warning' || status === 'critical' ? text[status] : undefined;
  return (
    <span className={styles.database} title={`${name} ${words}`}>
      <StatusBadge status={status} hideWord />
      <span className={classNames(styles.figure, level)}>{name}</span>{' '}
      <span className={level}>{words}</span>
    </span>
  );
}
