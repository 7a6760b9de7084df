import { Card, Skeleton } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { HiddenText, useTranslation } from '../shared';
import { FLEET_STATUSES } from './fleetQuery';
import styles from './FleetPage.module.css';

const DELAY_MS = 300;
const ROWS = 12;

/** The shape of the page, where the answer takes long enough to wonder. */
export function FleetSkeleton() {
  const t = useTranslation();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status">
      <HiddenText>{t('fleet.state.loading')}</HiddenText>
      {isShown && (
        <div aria-hidden="true" className={styles.skeleton}>
          <div className={styles.skeletonCounters}>
            {FLEET_STATUSES.map(status => (
              <Card key={status} className={styles.skeletonCounter}>
                <Skeleton height={16} width="60%" />
                <Skeleton height={20} width="30%" />
              </Card>
            ))}
          </div>
          <Card className={styles.card}>
            <div className={styles.skeletonRows}>
              {Array.from({ length: ROWS }, (_, row) => (
                <Skeleton
                  key={row}
                  height={20}
                  width={row % 3 ? '92%' : '78%'}
                />
              ))}
            </div>
          </Card>
        </div>
      )}
    </div>
  );
}
