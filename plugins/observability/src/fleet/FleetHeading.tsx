import type { EntityHealthList } from '@watchkeeper/backstage-plugin-observability-common';
import { RelativeTime, useFormat, useTranslation } from '../shared';
import styles from './FleetPage.module.css';

/** What the page is about, and the answer in one line. */
export function FleetHeading(props: {
  list?: EntityHealthList;
  loadedAt?: Date;
  /** Only some of the services are counted. */
  isNarrowed?: boolean;
}) {
  const { list, loadedAt, isNarrowed } = props;
  const t = useTranslation();
  return (
    <div className={styles.heading}>
      <h2 className={styles.title}>{t('fleet.title')}</h2>
      {list && (
        <Summary totals={list.totals} isNarrowed={Boolean(isNarrowed)} />
      )}
      {loadedAt && (
        <span className={styles.read}>
          {t('fleet.summary.read', {
            age: <RelativeTime at={loadedAt.toISOString()} />,
          })}
        </span>
      )}
    </div>
  );
}

function Summary(props: {
  totals: EntityHealthList['totals'];
  isNarrowed: boolean;
}) {
  const { totals, isNarrowed } = props;
  const t = useTranslation();
  const format = useFormat();
  const count = Object.values(totals).reduce((sum, some) => sum + some, 0);
  const attention = totals.critical + totals.warning;
  const services = t(
    isNarrowed ? 'fleet.summary.matching' : 'fleet.summary.services',
    { count, number: format.number(count) },
  );
  return (
    <span className={styles.summary}>
      {attention > 0
        ? t('fleet.summary.attention', { services, count: attention })
        : services}
    </span>
  );
}
