import { UserShift } from '@watchkeeper/backstage-plugin-observability-common';
import { Section, TickingText, useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useWatchFormat } from '../time/useWatchFormat';
import styles from './page.module.css';

/** The next shifts of the reader, on the reader's own clock. */
export function MyShifts(props: {
  /** `undefined` while they are not known. */
  shifts: readonly UserShift[] | undefined;
  failure: Error | undefined;
  now: number;
}) {
  const { shifts, failure, now } = props;
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
