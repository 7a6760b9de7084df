import { Card, Skeleton } from '@backstage/ui';
import { useTranslation } from '../../shared';
import { useDelayed } from './useDelayed';
import styles from './states.module.css';

const SHOWN_AFTER_MS = 300;

/** The tab in its final shape, before there is anything to say. */
export function HealthSkeleton() {
  const t = useTranslation();
  const isDue = useDelayed(SHOWN_AFTER_MS);
  if (!isDue) {
    return null;
  }
  return (
    <div
      className={styles.stack}
      role="status"
      aria-busy="true"
      aria-label={t('health.loading')}
    >
      <Card className={styles.card}>
        <div className={styles.skeletonHead}>
          <Skeleton width={150} height={32} />
          <Skeleton width={120} height={20} />
        </div>
        <div className={styles.skeletonStrip}>
          {['errors', 'performance', 'releases'].map(kind => (
            <div key={kind} className={styles.skeletonLines}>
              <Skeleton width="40%" height={12} />
              <Skeleton width="60%" height={20} />
              <Skeleton width="50%" height={12} />
            </div>
          ))}
        </div>
      </Card>
      <Card className={styles.card}>
        <div className={styles.skeletonHead}>
          <Skeleton width={90} height={24} />
        </div>
        <div className={styles.skeletonFigures}>
          <div className={styles.skeletonLines}>
            <Skeleton width="60%" height={12} />
            <Skeleton width="50%" height={28} />
            <Skeleton width="100%" height={8} />
            <Skeleton width="80%" height={28} />
          </div>
          <Skeleton width="100%" height={120} />
        </div>
        <div className={styles.skeletonRows}>
          {[1, 2, 3, 4].map(row => (
            <Skeleton key={row} width="100%" height={36} />
          ))}
        </div>
      </Card>
    </div>
  );
}
