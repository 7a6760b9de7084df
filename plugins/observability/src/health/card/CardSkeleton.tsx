import { Skeleton } from '@backstage/ui';
import { useTranslation } from '../../shared';
import { useDelayed } from '../states/useDelayed';
import styles from './HealthCard.module.css';

const SHOWN_AFTER_MS = 300;

/** The card's own shape; it takes its room at once, and shows after a moment. */
export function CardSkeleton() {
  const t = useTranslation();
  const isDue = useDelayed(SHOWN_AFTER_MS);
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label={t('health.loading')}
      className={styles.skeleton}
      data-shown={isDue}
    >
      <div className={styles.lead}>
        <Skeleton width={84} height={20} />
        <Skeleton width={120} height={20} />
      </div>
      <div className={styles.figures}>
        {['errors', 'performance'].map(kind => (
          <div key={kind} className={styles.figure}>
            <Skeleton width={64} height={16} />
            <Skeleton width="100%" height={16} />
            <Skeleton width={48} height={16} />
          </div>
        ))}
      </div>
      <div className={styles.foot}>
        <Skeleton width={84} height={16} />
      </div>
    </div>
  );
}
