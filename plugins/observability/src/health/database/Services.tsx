import {
  DatabaseData,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { StatusBadge, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { Limitations } from './Limitations';
import styles from './database.module.css';

type ServiceState = DatabaseData['services'][number]['state'];

const STATUSES: Record<ServiceState, Status> = {
  healthy: 'ok',
  unhealthy: 'critical',
  starting: 'warning',
  unknown: 'unknown',
};

/** The services that stand around the database. */
export function Services(props: { data: DatabaseData }) {
  const { data } = props;
  const t = useTranslation();
  const isTold =
    data.services.length > 0 ||
    data.limitations.some(({ area }) => area === 'services');
  if (!isTold) {
    return null;
  }
  return (
    <div className={styles.block}>
      <h3 className={styles.subtitle}>{t('health.database.area.services')}</h3>
      <Limitations data={data} areas={['services']} isTitled />
      <ul className={styles.services}>
        {data.services.map(({ name, state, detail }) => (
          <li key={name}>
            <StatusBadge status={STATUSES[state]} hideWord>
              {t(`health.database.serviceState.${state}`)}
            </StatusBadge>{' '}
            <bdi>{name}</bdi>{' '}
            <span className={text.secondary}>
              <span aria-hidden="true">
                {t(`health.database.serviceState.${state}`)}
              </span>
              {detail && (
                <>
                  {': '}
                  <bdi>{detail}</bdi>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
