import { Card, Skeleton } from '@backstage/ui';
import { useTranslation } from '../../shared';
import styles from './page.module.css';

/** The page's own shape while it is read. */
export function OnCallSkeleton() {
  const t = useTranslation();
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label={t('onCall.loading')}
      className={styles.stack}
    >
      <div className={styles.columns}>
        {['mine', 'now'].map(part => (
          <Card key={part} className={styles.skeleton}>
            <Skeleton width="40%" height={20} />
            <Skeleton width="100%" height={40} />
            <Skeleton width="100%" height={40} />
          </Card>
        ))}
      </div>
      <Card className={styles.skeleton}>
        <Skeleton width="30%" height={20} />
        <Skeleton width="100%" height={160} />
      </Card>
    </div>
  );
}
