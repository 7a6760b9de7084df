import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import {
  RelativeTime,
  Section,
  StatusIcon,
  TickingText,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { Person } from './Person';
import styles from './panels.module.css';

/** Who is on call, until when, and who is next. */
export function OnCallPanel(props: { onCall: readonly OnCallNow[] }) {
  const t = useTranslation();
  return (
    <Section title={t('health.onCall.title')}>
      {props.onCall.map(level => (
        <OnCallLevel key={`${level.schedule} ${level.level}`} level={level} />
      ))}
    </Section>
  );
}

function OnCallLevel(props: { level: OnCallNow }) {
  const { level } = props;
  const t = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.row}>
      <div className={styles.line}>
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
        <span className={text.secondary}>{level.level}</span>
      </div>
      <div className={`${text.small} ${text.secondary}`}>
        {t('health.onCall.span', {
          from: <RelativeTime at={level.since} style="date-and-clock" />,
          until: <RelativeTime at={level.until} style="clock" />,
          left: (
            <TickingText
              compute={now =>
                format.duration(new Date(level.until).getTime() - now)
              }
            />
          ),
        })}
      </div>
      {level.next && (
        <div className={styles.line}>
          <span>
            {t('health.onCall.next', {
              people: level.next.people
                .map(person => person.displayName)
                .join(', '),
            })}
          </span>
          <RelativeTime
            at={level.next.at}
            style="clock"
            className={text.secondary}
          />
        </div>
      )}
    </div>
  );
}
