import {
  DatabaseData,
  DatabaseLimitation,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useTranslation } from '../../shared';
import styles from './database.module.css';

const KEYS = {
  'not-enabled': 'notEnabled',
  plan: 'plan',
  'not-permitted': 'notPermitted',
  'not-configured': 'notConfigured',
  pending: 'pending',
  'not-supported': 'notSupported',
  failed: 'failed',
} as const satisfies Record<DatabaseLimitation['code'], string>;

const AREA_KEYS = {
  metrics: 'metrics',
  'slow-queries': 'slowQueries',
  backups: 'backups',
  advisories: 'advisories',
  disk: 'disk',
  services: 'services',
  activity: 'activity',
  replication: 'replication',
} as const satisfies Record<DatabaseLimitation['area'], string>;

/** Parts of the picture that are missing, said where they would stand: what, why, what to do. */
export function Limitations(props: {
  data: DatabaseData;
  areas: readonly DatabaseLimitation['area'][];
  /** The title above names the part. */
  isTitled?: boolean;
}) {
  const { data, areas, isTitled } = props;
  const t = useTranslation();
  const told = data.limitations.filter(({ area }) => areas.includes(area));
  return (
    <>
      {told.map(({ area, code, message }) => (
        <div key={`${area} ${code} ${message}`} className={styles.limitation}>
          <b className={styles.why}>
            {isTitled
              ? `${t(`health.database.limitation.${KEYS[code]}`)}.`
              : t('health.database.limitation.title', {
                  area: t(`health.database.area.${AREA_KEYS[area]}`),
                  why: t(`health.database.limitation.${KEYS[code]}`),
                })}
          </b>{' '}
          <bdi>{message}</bdi>
        </div>
      ))}
    </>
  );
}
