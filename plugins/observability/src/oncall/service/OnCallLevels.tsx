import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import { Avatar } from '@backstage/ui';
import {
  PortalLink,
  StatusIcon,
  TickingText,
  useFormat,
  useTranslation,
} from '../../shared';
import { parseInstant } from '../../shared/format/duration';
import text from '../../shared/text.module.css';
import { When } from '../time/When';
import { usePageHrefs } from '../usePageHrefs';
import { LocalTime } from './LocalTime';
import { PersonName } from './PersonName';
import { SourceOrigin } from './SourceOrigin';
import styles from './service.module.css';

/** Where schedules of our own come from. */
const OWN_PROVIDER = 'watchkeeper';

/** Every level of every schedule: who has the watch, since when, until when, and who is next. */
export function OnCallLevels(props: { onCall: readonly OnCallNow[] }) {
  const schedules = new Map<string, OnCallNow[]>();
  for (const level of props.onCall) {
    const known = schedules.get(level.schedule);
    if (known) {
      known.push(level);
    } else {
      schedules.set(level.schedule, [level]);
    }
  }
  return (
    <>
      {[...schedules].map(([schedule, levels]) => (
        <div key={schedule} className={styles.schedule}>
          <ScheduleLine level={levels[0]} />
          {levels.map(level => (
            <Level key={level.level} level={level} />
          ))}
        </div>
      ))}
    </>
  );
}

/** The schedule's name, and the service that keeps it where that is not the portal. */
function ScheduleLine(props: { level: OnCallNow }) {
  const { title, schedule, source } = props.level;
  const isForeign = source.provider !== OWN_PROVIDER;
  const hrefs = usePageHrefs();
  const name = <bdi>{title || schedule}</bdi>;
  return (
    <div className={`${text.small} ${text.secondary} ${styles.line}`}>
      {hrefs ? (
        <PortalLink href={hrefs.onCall(schedule)}>{name}</PortalLink>
      ) : (
        name
      )}
      {isForeign && (
        <span>
          <SourceOrigin source={source} />
        </span>
      )}
    </div>
  );
}

function Level(props: { level: OnCallNow }) {
  const { people, level, since, until, next } = props.level;
  const t = useTranslation();
  return (
    <div className={styles.level}>
      <div className={styles.line}>
        <span className={styles.people}>
          {people.length === 0 && (
            <span className={styles.person}>
              <StatusIcon status="warning" />
              {t('health.onCall.nobody')}
            </span>
          )}
          {people.map(person => (
            <span key={person.entityRef} className={styles.person}>
              <Avatar
                src=""
                name={person.displayName}
                size="small"
                purpose="decoration"
              />
              <PersonName person={person} />
              <LocalTime
                timeZone={person.timeZone}
                className={`${text.small} ${text.secondary}`}
              />
            </span>
          ))}
        </span>
        <span className={text.secondary}>
          <bdi>{level}</bdi>
        </span>
      </div>
      <div className={`${text.small} ${text.secondary}`}>
        <Span since={since} until={until} />
      </div>
      {next && (
        <div className={text.small}>
          {t('onCall.next', {
            people: (
              <bdi>
                {next.people.map(person => person.displayName).join(', ') ||
                  t('health.onCall.nobody')}
              </bdi>
            ),
            when: <When at={next.at} className={text.secondary} />,
          })}
        </div>
      )}
    </div>
  );
}

/** Since when, until when, and how long that still is. */
function Span(props: { since: string | undefined; until: string | undefined }) {
  const { since, until } = props;
  const t = useTranslation();
  const format = useFormat();
  const end = parseInstant(until);
  return (
    <>
      {parseInstant(since) &&
        t('onCall.since', { when: <When key="since" at={since} /> })}
      {parseInstant(since) && end && ', '}
      {end &&
        t('onCall.until', {
          when: <When key="until" at={until} />,
          left: (
            <TickingText
              key="left"
              compute={now => format.length(wholeMinutes(end.getTime() - now))}
            />
          ),
        })}
    </>
  );
}

/** Seconds of a watch are of no use to anybody. */
function wholeMinutes(milliseconds: number): number {
  return Math.ceil(Math.max(0, milliseconds) / 60_000) * 60_000;
}
