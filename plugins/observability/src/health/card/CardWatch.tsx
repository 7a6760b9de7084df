import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import { RelativeTime, StatusIcon, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { Person } from '../panels/Person';
import styles from './HealthCard.module.css';

/** Who has the watch: the first level with its end, the others by name. */
export function CardWatch(props: { onCall: readonly OnCallNow[] }) {
  const [first, ...others] = props.onCall;
  const t = useTranslation();
  return (
    <div className={styles.watch}>
      {first.people.length === 0 && (
        <span className={styles.person}>
          <StatusIcon status="warning" />
          {t('health.onCall.nobody')}
        </span>
      )}
      {first.people.map(person => (
        <span key={person.entityRef} className={styles.person}>
          <Person person={person} />
        </span>
      ))}
      <span className={text.secondary}>
        {t('health.next.until', {
          level: first.level,
          clock: <RelativeTime at={first.until} style="clock" />,
        })}
      </span>
      {others.map(level => (
        <span
          key={`${level.schedule} ${level.level}`}
          className={`${text.small} ${text.secondary}`}
        >
          {level.level}{' '}
          <bdi>
            {level.people.map(person => person.displayName).join(', ') ||
              t('health.onCall.nobody')}
          </bdi>
        </span>
      ))}
    </div>
  );
}
