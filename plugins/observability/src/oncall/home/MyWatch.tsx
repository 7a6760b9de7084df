import {
  OnCallNow,
  UserShift,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { When } from '../time/When';
import styles from './home.module.css';

/** Whether the reader has the watch, until when; else when they have it next. */
export function MyWatch(props: {
  onCall: readonly OnCallNow[];
  /** `undefined` while they are not known. */
  shifts: readonly UserShift[] | undefined;
  user: string | undefined;
}) {
  const { onCall, shifts, user } = props;
  const t = useTranslation();
  const mine = onCall.filter(({ people }) =>
    people.some(({ entityRef }) => entityRef === user),
  );
  const next = shifts?.find(({ start }) => Date.parse(start) > Date.now());
  if (mine.length === 0 && !next) {
    return null;
  }
  return (
    <div className={styles.mine}>
      {mine.map(({ schedule, title, level, until }) => (
        <div key={`${schedule} ${level}`}>
          <b className={text.strong}>{t('onCall.home.youHave')}</b>{' '}
          <bdi>{title || schedule}</bdi> · {level}
          {until && (
            <span className={text.secondary}>
              {', '}
              {t('onCall.now.until', { when: <When at={until} /> })}
            </span>
          )}
        </div>
      ))}
      {next && (
        <div className={mine.length > 0 ? text.secondary : undefined}>
          {t('onCall.home.yourNext', {
            when: <When at={next.start} />,
            schedule: <bdi>{next.title}</bdi>,
            level: next.level,
          })}
        </div>
      )}
    </div>
  );
}
