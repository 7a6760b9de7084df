import {
  OnCallNow,
  ScheduleList,
  ScheduleProblem,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  NoticePanel,
  RelativeTime,
  Section,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { usePageHrefs } from '../usePageHrefs';
import { OnCallHeading } from './OnCallHeading';
import { ScheduleView } from './ScheduleView';
import { listSchedules, namesAndZones } from './schedules';
import styles from './page.module.css';

/** The page once it is known which schedules there are; the address says which is looked at. */
export function OnCallBody(props: {
  onCall: readonly OnCallNow[];
  list: ScheduleList;
  reader: { user?: string; groups: readonly string[] };
  /** What is shown is from then, and cannot be read again. */
  outdatedSince: Date | undefined;
}) {
  const { onCall, list, reader, outdatedSince } = props;
  const t = useTranslation();
  const hrefs = usePageHrefs();
  const [parameters] = useSearchParams();
  const schedules = useMemo(
    () => listSchedules(onCall, list.items, reader.groups),
    [onCall, list, reader.groups],
  );
  const people = useMemo(() => namesAndZones(onCall), [onCall]);
  const wanted = parameters.get('schedule');
  const chosen =
    schedules.find(({ schedule }) => schedule === wanted) ?? schedules.at(0);
  return (
    <>
      <OnCallHeading
        user={reader.user}
        names={people.names}
        schedule={list.items.find(({ name }) => name === chosen?.schedule)}
      />
      {outdatedSince && (
        <p className={`${styles.quiet} ${text.small}`}>
          {t('onCall.outdated', {
            age: <RelativeTime at={outdatedSince.toISOString()} />,
          })}
        </p>
      )}
      <Problems problems={list.problems} />
      {chosen ? (
        <ScheduleView
          key={chosen.schedule}
          chosen={chosen}
          schedules={schedules}
          user={reader.user}
          people={people}
          hrefOf={schedule => hrefs?.onCall(schedule) ?? ''}
        />
      ) : (
        <Section title={t('onCall.page.noSchedules')}>
          {t('onCall.page.noSchedulesHint', {
            setting: (
              <code className={text.code}>observability.onCall.schedules</code>
            ),
          })}
        </Section>
      )}
    </>
  );
}

/** Definitions that the back end cannot make sense of. */
function Problems(props: { problems: readonly ScheduleProblem[] }) {
  const { problems } = props;
  const t = useTranslation();
  if (problems.length === 0) {
    return null;
  }
  return (
    <div className={styles.panel}>
      <NoticePanel title={t('onCall.page.problems')}>
        <ul className={styles.list}>
          {problems.map(({ schedule, location, message, since }) => (
            <li key={`${location} ${schedule} ${message}`}>
              {t('onCall.page.problem', {
                schedule: <bdi>{schedule ?? location}</bdi>,
                message: <bdi>{message}</bdi>,
              })}{' '}
              <RelativeTime
                at={since}
                className={`${text.small} ${text.secondary}`}
              />
            </li>
          ))}
        </ul>
      </NoticePanel>
    </div>
  );
}
