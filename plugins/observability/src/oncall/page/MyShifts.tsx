import { UserShift } from '@watchkeeper/backstage-plugin-observability-common';
import { Section, TickingText, useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { clockIn, placeOf } from '../time/zones';
import { useWatchFormat } from '../time/useWatchFormat';
import styles from './page.module.css';

/** The next shifts of the reader, on the reader's own clock. */
export function MyShifts(props: {
  /** `undefined` while they are not known. */
  shifts: readonly UserShift[] | undefined;
  failure: Error | undefined;
  now: number;
  /** The zone of a schedule, where it is known. */
  zoneOf(schedule: string): string | undefined;
}) {
  const { shifts, failure, now, zoneOf } = props;
  const t = useTranslation();
  const format = useFormat();
  const watch = useWatchFormat();
  return (
    <Section title={t('onCall.mine.title')}>
      {!shifts && failure && (
        <p className={styles.quiet}>
          {t('onCall.mine.failed', { message: failure.message })}
        </p>
      )}
      {shifts?.length === 0 && (
        <p className={styles.quiet}>{t('onCall.mine.none')}</p>
      )}
      <ol className={styles.list}>
        {shifts?.map(shift => {
          const start = new Date(shift.start);
          const end = new Date(shift.end);
          const isRunning = start.getTime() <= now;
          return (
            <li key={`${shift.schedule} ${shift.key}`} className={styles.mine}>
              <div>
                <b className={text.strong}>
                  {isRunning
                    ? t('onCall.mine.running', { end: watch.full(end) })
                    : `${watch.full(start)} – ${watch.full(end)}`}
                </b>
                <div className={`${text.small} ${text.secondary}`}>
                  <bdi>{shift.title}</bdi> · {shift.level}
                  {shift.source.type !== 'rotation' &&
                    ` · ${t(`onCall.source.${shift.source.type}`)}`}
                </div>
                <ClockThere shift={shift} timeZone={zoneOf(shift.schedule)} />
              </div>
              <span className={`${text.small} ${text.secondary}`}>
                {isRunning ? (
                  <TickingText
                    compute={at =>
                      t('onCall.mine.left', {
                        length: format.length(
                          Math.ceil(Math.max(0, end.getTime() - at) / 60_000) *
                            60_000,
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
        })}
      </ol>
    </Section>
  );
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
