import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import { PortalLink, StatusBadge, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { ScheduleNow } from '../page/schedules';
import { PersonName } from '../service/PersonName';
import { When } from '../time/When';
import { usePageHrefs } from '../usePageHrefs';
import styles from './home.module.css';

/** More are on the page of on-call. */
const MOST_SCHEDULES = 6;

/** Every level of the first schedules, and where the rest is. */
export function WidgetRows(props: { schedules: readonly ScheduleNow[] }) {
  const { schedules } = props;
  const t = useTranslation();
  const hrefs = usePageHrefs();
  return (
    <>
      <ul className={styles.rows}>
        {schedules.slice(0, MOST_SCHEDULES).map(now => (
          <li key={now.schedule} className={styles.schedule}>
            <div>
              {hrefs ? (
                <PortalLink href={hrefs.onCall(now.schedule)}>
                  <bdi>{now.title}</bdi>
                </PortalLink>
              ) : (
                <bdi>{now.title}</bdi>
              )}{' '}
              {now.isMine && (
                <span className={`${text.small} ${text.secondary}`}>
                  {t('onCall.now.mine')}
                </span>
              )}
            </div>
            <ul className={styles.levels}>
              {now.levels.map(level => (
                <Level key={level.level} level={level} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {hrefs && (
        <PortalLink href={hrefs.onCall()} className={text.small}>
          {schedules.length > MOST_SCHEDULES
            ? t('onCall.home.more', {
                others: String(schedules.length - MOST_SCHEDULES),
              })
            : t('onCall.home.page')}
        </PortalLink>
      )}
    </>
  );
}

function Level(props: { level: OnCallNow }) {
  const { level, people, until, next } = props.level;
  const t = useTranslation();
  return (
    <li className={styles.level}>
      <span className={`${text.small} ${text.secondary}`}>{level}</span>
      <span>
        {people.length === 0 && (
          <StatusBadge status="warning">
            {t('health.onCall.nobody')}
          </StatusBadge>
        )}
        {people.map((person, index) => (
          <span key={person.entityRef}>
            {index > 0 && ', '}
            <PersonName person={person} />
          </span>
        ))}{' '}
        <span className={`${text.small} ${text.secondary}`}>
          {until && t('onCall.now.until', { when: <When at={until} /> })}
          {until && next && ', '}
          {next &&
            t('onCall.now.then', {
              people: (
                <bdi>
                  {next.people.map(person => person.displayName).join(', ') ||
                    t('health.onCall.nobody')}
                </bdi>
              ),
            })}
        </span>
      </span>
    </li>
  );
}
