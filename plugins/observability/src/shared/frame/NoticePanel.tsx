import { Button } from '@backstage/ui';
import { ReactNode } from 'react';
import styles from './NoticePanel.module.css';

/** Something about our own knowledge, not about the service: hatched at its edge. */
export function NoticePanel(props: {
  title: ReactNode;
  children?: ReactNode;
  /** One thing to do about it. */
  action?: { label: string; isPending?: boolean; onPress(): void };
}) {
  const { title, children, action } = props;
  return (
    <div className={styles.panel}>
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
      {action && (
        <Button
          size="small"
          variant="secondary"
          className={styles.action}
          isPending={action.isPending}
          onPress={action.onPress}
        >
          {action.label}
        </Button>
      )}
    </div>
  );
}
