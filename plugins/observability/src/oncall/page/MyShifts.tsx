import { Button, ButtonLink } from '@backstage/ui';
import { UserShift } from '@watchkeeper/backstage-plugin-observability-common';
import { RiCalendarLine } from '@remixicon/react';
import { useState } from 'react';
import {
  PortalLink,
  Section,
  TickingText,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { CalendarFeedsDialog } from '../feeds/CalendarFeedsDialog';
import { clockIn, placeOf } from '../time/zones';
import { useWatchFormat } from '../time/useWatchFormat';
import { usePageHrefs } from '../usePageHrefs';
import { ScheduleNow } from './schedules';
import styles from './page.module.css';

/** The next shifts of the reader, on the reader's own clock, with what is to be done around them. */
export function MyShifts(props: {
  /** `undefined` while they are not known. */
  shifts: readonly UserShift[] | undefined;
  failure: Error | undefined;
  now: number;
  schedules: readonly ScheduleNow[];
}) {
  const { shifts, failure, now, schedules } = props;
  const t = useTranslation();
  const [isFeedsOpen, setFeedsOpen] = useState(false);
  // What other systems tell of shifts is no ground for checklists of ours.
  const first = shifts?.find(({ source }) => source.type !== 'external');
  return (
    <Section
      title={t('onCall.mine.title')}
      aside={
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiCalendarLine aria-hidden="true" />}
          onPress={() => setFeedsOpen(true)}
        >
          {t('onCall.feeds.open')}
        </Button>
      }
    >
      {!shifts && failure && (
        <p className={styles.quiet}>
          {t('onCall.mine.failed', { message: failure.message })}
        </p>
      )}
      {shifts?.length === 0 && (
        <p className={styles.quiet}>{t('onCall.mine.none')}</p>
      )}
      <ol className={styles.list}>
        {shifts?.map(shift => (
          <MyShift
            key={`${shift.schedule} ${shift.key}`}
            shift={shift}
            now={now}
            timeZone={
              schedules.find(({ schedule }) => schedule === shift.schedule)
                ?.timeZone
            }
          />
        ))}
      </ol>
      {first && <ShiftPapers shift={first} now={now} />}
      {isFeedsOpen && (
        <CalendarFeedsDialog
          schedules={schedules}
          onClose={() => setFeedsOpen(false)}
        />
      )}
    </Section>
  );
}

function MyShift(props: {
  shift: UserShift;
  now: number;
  timeZone: string | undefined;
}) {
  const { shift, now, timeZone } = props;
  const t = useTranslation();
  const format = useFormat();
  const watch = useWatchFormat();
  const hrefs = usePageHrefs();
  const start = new Date(shift.start);
  const end = new Date(shift.end);
  const isRunning = start.getTime() <= now;
  const when = isRunning
    ? t('onCall.mine.running', { end: watch.full(end) })
    : `${watch.full(start)} – ${watch.full(end)}`;
  return (
    <li className={styles.mine}>
      <div>
        <b className={text.strong}>
          {hrefs && shift.source.type !== 'external' ? (
            <PortalLink href={hrefs.shift(shift.key)} quiet>
              {when}
            </PortalLink>
          ) : (
            when
          )}
        </b>
        <div className={`${text.small} ${text.secondary}`}>
          <bdi>{shift.title}</bdi> · {shift.level}
          {shift.source.type !== 'rotation' &&
            ` · ${t(`onCall.source.${shift.source.type}`)}`}
        </div>
        <ClockThere shift={shift} timeZone={timeZone} />
      </div>
      <span className={`${text.small} ${text.secondary}`}>
        {isRunning ? (
          <TickingText
            compute={at =>
              t('onCall.mine.left', {
                length: format.length(
                  Math.ceil(Math.max(0, end.getTime() - at) / 60_000) * 60_000,
                ),
              })
            }
          />
        ) : (
          format.length(end.getTime() - start.getTime())
        )}
      </span>
    </li>
  );
}

/** What is to be done around the shift that is running, or the next one. */
function ShiftPapers(props: { shift: UserShift; now: number }) {
  const { shift, now } = props;
  const t = useTranslation();
  const hrefs = usePageHrefs();
  return hrefs ? (
    <div className={styles.papers}>
      <b className={text.strong}>
        {Date.parse(shift.start) <= now
          ? t('onCall.mine.now')
          : t('onCall.mine.coming')}
      </b>
      <ButtonLink
        size="small"
        variant="secondary"
        href={hrefs.shift(shift.key)}
      >
        {t('onCall.mine.checklist')}
      </ButtonLink>
      <ButtonLink
        size="small"
        variant="secondary"
        href={`${hrefs.shift(shift.key)}#handoff`}
      >
        {t('onCall.mine.handoff')}
      </ButtonLink>
    </div>
  ) : null;
}

/** The same on the schedule's own clocks, unless those are the reader's. */
function ClockThere(props: { shift: UserShift; timeZone: string | undefined }) {
  const { shift, timeZone } = props;
  const t = useTranslation();
  const reader = useWatchFormat().timeZone;
  const start = timeZone && clockIn(timeZone, Date.parse(shift.start));
  const end = timeZone && clockIn(timeZone, Date.parse(shift.end));
  if (!start || !end || timeZone === reader) {
    return null;
  }
  return (
    <div className={`${text.small} ${text.secondary}`}>
      {t('onCall.mine.there', { start, end, place: placeOf(timeZone) })}
    </div>
  );
}
