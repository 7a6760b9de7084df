import { Card } from '@backstage/ui';
import { Status } from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode, useId } from 'react';
import { StatusBadge } from './status/StatusBadge';
import styles from './Section.module.css';

/** A titled card of a page. */
export function Section(props: {
  title: ReactNode;
  /** Where links on the page jump to. */
  id?: string;
  status?: Status;
  /** At the end of the title's line: where the data comes from, or a link. */
  aside?: ReactNode;
  children?: ReactNode;
}) {
  const { title, id, status, aside, children } = props;
  const titleId = useId();
  return (
    <Card
      id={id}
      className={styles.card}
      aria-labelledby={titleId}
      tabIndex={id ? -1 : undefined}
    >
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        {status && <StatusBadge status={status} variant="chip" />}
        {aside && <div className={styles.aside}>{aside}</div>}
      </div>
      <div className={styles.body}>{children}</div>
    </Card>
  );
}
