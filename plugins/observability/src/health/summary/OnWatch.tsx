import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import { RelativeTime, StatusIcon, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { Person } from '../panels/Person';
import styles from './Summary.module.css';

/** Who has the watch now, level by level. */
export function OnWatch(props: { onCall: readonly OnCallNow[] }) {
  const t = useTranslation();
  return (
    <div className={styles.part}>
      <h3 className={styles.partTitle}>{t('health.next.onWatch')}</h3>
      <div>
        {props.onCall.map(level => (
          <div
            key={`${level.schedule} ${level.level}`}
            className={styles.entry}
          >
            {level.people.length === 0 && (
              <span className={styles.person}>
                <StatusIcon status="warning" />
                {t('health.onCall.nobody')}
              </span>
            )}
            {level.people.map(person => (
              <span key={person.entityRef} className={styles.person}>
                <Person person={person} />
              </span>
            ))}
            <span className={text.secondary}>
              {t('health.next.until', {
                level: level.level,
                clock: <RelativeTime at={level.until} style="clock" />,
              })}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
