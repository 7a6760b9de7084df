import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import { PortalLink, Section, StatusIcon, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { LocalTime } from '../service/LocalTime';
import { SourceOrigin } from '../service/SourceOrigin';
import { When } from '../time/When';
import { ScheduleNow } from './schedules';
import styles from './page.module.css';

/** Where schedules of our own come from. */
const OWN_PROVIDER = 'watchkeeper';

/** Who has the watch now, schedule by schedule; those of the reader's teams come first. */
export function WatchNow(props: {
  schedules: readonly ScheduleNow[];
  hrefOf(schedule: string): string;
}) {
  const { schedules, hrefOf } = props;
  const t = useTranslation();
  const mine = schedules.filter(({ isMine }) => isMine);
  const others = schedules.filter(({ isMine }) => !isMine);
  return (
    <Section title={t('onCall.now.title')}>
      {schedules.length === 0 && (
        <p className={styles.quiet}>{t('onCall.now.none')}</p>
      )}
      {mine.length > 0 && (
        <ScheduleRows
          title={t('onCall.now.mine')}
          schedules={mine}
          hrefOf={hrefOf}
        />
      )}
      {others.length > 0 && (
        <ScheduleRows
          title={mine.length > 0 ? t('onCall.now.all') : undefined}
          schedules={others}
          hrefOf={hrefOf}
        />
      )}
    </Section>
  );
}

function ScheduleRows(props: {
  title: string | undefined;
  schedules: readonly ScheduleNow[];
  hrefOf(schedule: string): string;
}) {
  const { title, schedules, hrefOf } = props;
  return (
    <>
      {title && <h3 className={styles.team}>{title}</h3>}
      <ul className={styles.list}>
        {schedules.map(now => (
          <li key={now.schedule} className={styles.watch}>
            <div>
              <PortalLink href={hrefOf(now.schedule)}>
                <bdi>{now.title}</bdi>
              </PortalLink>
              <div className={`${text.small} ${text.secondary}`}>
                <ScheduleOrigin now={now} />
              </div>
            </div>
            {now.levels.map(level => (
              <LevelNow key={level.level} level={level} />
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

function ScheduleOrigin(props: { now: ScheduleNow }) {
  const { owner, levels } = props.now;
  const source = levels.at(0)?.source;
  if (!source || source.provider === OWN_PROVIDER) {
    return owner ? <bdi>{owner}</bdi> : null;
  }
  return <SourceOrigin source={source} />;
}

function LevelNow(props: { level: OnCallNow }) {
  const { level, people, until, next } = props.level;
  const t = useTranslation();
  return (
    <div className={styles.levelNow}>
      <span className={`${text.small} ${text.secondary}`}>{level}</span>
      {people.length === 0 ? (
        <span className={styles.nobody}>
          <StatusIcon status="warning" /> {t('health.onCall.nobody')}
        </span>
      ) : (
        people.map(person => (
          <span key={person.entityRef}>
            <b className={text.strong}>
              <bdi>{person.displayName}</bdi>
            </b>{' '}
            <LocalTime
              timeZone={person.timeZone}
              className={`${text.small} ${text.secondary}`}
            />
          </span>
        ))
      )}
      <span className={`${text.small} ${text.secondary}`}>
        {until && t('onCall.now.until', { when: <When at={until} /> })}
      </span>
      {isFollowedByGap(props.level) && (
        <span className={`${text.small} ${text.secondary}`}>
          {t('onCall.now.then', {
            people: (
              <span className={text.critical}>{t('health.onCall.nobody')}</span>
            ),
          })}
        </span>
      )}
      {next && !isFollowedByGap(props.level) && (
        <span className={`${text.small} ${text.secondary}`}>
          {t('onCall.now.then', {
            people: (
              <bdi>
                {next.people.map(person => person.displayName).join(', ') ||
                  t('health.onCall.nobody')}
              </bdi>
            ),
          })}
        </span>
      )}
    </div>
  );
}

/**
 * Nobody follows at once. Other services do not always tell who follows, which
 * is not the same.
 */
function isFollowedByGap(level: OnCallNow): boolean {
  const { people, until, next, source } = level;
  return (
    source.provider === OWN_PROVIDER &&
    people.length > 0 &&
    Boolean(until) &&
    (!next || Date.parse(next.at) > Date.parse(until))
  );
}
