import type { EntityHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { StatusBadge, useTranslation } from '../shared';
import styles from './FleetTable.module.css';

/** Who has the watch at the first level; that nobody has is a warning. */
export function FleetOnCall(props: { item: EntityHealth }) {
  const { onCall } = props.item;
  const t = useTranslation();
  const [first] = onCall;
  if (!first) {
    return null;
  }
  return first.people.length === 0 ? (
    <span className={styles.nobody}>
      <StatusBadge status="warning">{t('fleet.row.nobody')}</StatusBadge>
    </span>
  ) : (
    <span title={first.title}>
      {first.people.map(person => person.displayName).join(', ')}
    </span>
  );
}
