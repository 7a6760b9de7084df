import classNames from 'classnames';
import { placeOf } from '../time/zones';
import { WordsOfSchedule } from './describe';
import { positionOf, TimelineWindow } from './timelineWindow';
import styles from './timeline.module.css';

/** The days on top, as wide as they are long, with lines down through the lanes. */
export function DayAxis(props: {
  window: TimelineWindow;
  now: number;
  words: WordsOfSchedule;
}) {
  const { window, now, words } = props;
  const everyDay = window.days.length <= 14;
  return (
    <>
      <div className={styles.grid} aria-hidden="true">
        {window.days.map((day, index) => (
          <i
            key={day.start}
            className={classNames({
              [styles.weekend]: day.isWeekend,
              [styles.line]: everyDay || index % 7 === 0,
            })}
            style={{
              left: `${positionOf(window, day.start)}%`,
              width: `${
                positionOf(window, day.end) - positionOf(window, day.start)
              }%`,
            }}
          />
        ))}
      </div>
      <div className={styles.row} aria-hidden="true">
        <div className={styles.label}>{placeOf(words.watch.timeZone)}</div>
        <div className={styles.axis}>
          {window.days.map((day, index) => {
            const isChange = day.hours !== 24;
            if (!everyDay && index % 7 !== 0) {
              return null;
            }
            const at = new Date(day.start);
            return (
              <span
                key={day.start}
                className={classNames({
                  [styles.today]: day.start <= now && now < day.end,
                })}
                style={{ left: `${positionOf(window, day.start)}%` }}
              >
                {everyDay ? words.watch.day(at) : words.watch.shortDate(at)}
                {isChange && everyDay && (
                  <em className={styles.hours}>{`${day.hours}h`}</em>
                )}
              </span>
            );
          })}
        </div>
      </div>
    </>
  );
}
