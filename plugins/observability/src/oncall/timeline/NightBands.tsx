import { TickingText, useFormat, useTranslation } from '../../shared';
import { clockIn, placeOf } from '../time/zones';
import { nightsOf } from './nights';
import { positionOf, TimelineWindow } from './timelineWindow';
import styles from './timeline.module.css';

/** When it is night where people are. */
export function NightBands(props: {
  window: TimelineWindow;
  zones: readonly { timeZone: string; people: string }[];
}) {
  const { window, zones } = props;
  const t = useTranslation();
  const format = useFormat();
  return (
    <>
      <div className={styles.groupLabel} aria-hidden="true">
        {t('onCall.timeline.nights')}
      </div>
      {zones.map(({ timeZone, people }) => (
        <div key={timeZone} className={styles.nightRow} aria-hidden="true">
          <div className={styles.label}>
            {people ? `${people} · ${placeOf(timeZone)}` : placeOf(timeZone)}{' '}
            <span className={styles.clock}>
              {timeZone === format.timeZone ? (
                t('onCall.timeline.yours')
              ) : (
                <TickingText compute={now => clockIn(timeZone, now) ?? ''} />
              )}
            </span>
          </div>
          <div className={styles.nightLane}>
            {nightsOf(timeZone, window.from, window.to).map(night => (
              <i
                key={night.start}
                style={{
                  left: `${positionOf(window, night.start)}%`,
                  width: `${
                    positionOf(window, night.end) -
                    positionOf(window, night.start)
                  }%`,
                }}
              />
            ))}
          </div>
        </div>
      ))}
    </>
  );
}
