import { RiAlertFill, RiTimeLine } from '@remixicon/react';
import classNames from 'classnames';
import { useTranslation } from '../../shared';
import { useWatchFormat } from '../time/useWatchFormat';
import { initialsOf, nameOf, PersonMark } from '../timeline/people';
import { positionIn, PreviewWeek } from './previewWeeks';
import { PreviewBar } from './stitchShifts';
import people from './people.module.css';
import styles from './preview.module.css';

const HOUR_MS = 3_600_000;
/** What fits into a bar of so many hours. */
const HOURS_FOR_INITIALS = 7;
const HOURS_FOR_NAME = 30;
const HOURS_FOR_BEFORE = 60;

/** A week of the preview: its days, and a lane for each level. */
export function PreviewWeekStrip(props: {
  week: PreviewWeek;
  lanes: readonly { level: string; bars: readonly PreviewBar[] }[];
  /** Instants of handoffs that fall into a change of the clocks. */
  clockChanges: readonly number[];
  names: ReadonlyMap<string, string>;
  marks: ReadonlyMap<string, PersonMark>;
  now: number;
  /** Nothing is compared: there was nothing before. */
  isNew: boolean;
}) {
  const { week, lanes, clockChanges, names, marks, now, isNew } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  const isInWeek = ({ start, end }: PreviewBar) =>
    start < week.to && end > week.from;
  const changed = lanes
    .flatMap(({ bars }) => bars)
    .filter(bar => bar.was && isInWeek(bar)).length;
  const isThisWeek = week.from <= now && now < week.to;
  return (
    <div className={styles.week}>
      <div className={styles.weekLabel}>
        <b>
          {t('scheduleEditor.preview.week', { number: String(week.number) })}
        </b>
        {!isNew && (
          <span>
            {changed > 0
              ? t('scheduleEditor.preview.weekChanged', { count: changed })
              : t('scheduleEditor.preview.weekSame')}
          </span>
        )}
      </div>
      <div aria-hidden="true">
        <div className={styles.days}>
          {week.days.map(({ start, end, hours }) => (
            <span
              key={start}
              style={{ left: `${positionIn(week, start)}%` }}
              className={classNames({
                [styles.today]: start <= now && now < end,
              })}
            >
              {start === week.from
                ? watch.date(new Date(start))
                : watch.day(new Date(start))}
              {hours !== 24 && (
                <em>
                  {t('scheduleEditor.preview.hours', { hours: String(hours) })}
                </em>
              )}
            </span>
          ))}
        </div>
        <div className={styles.lanes}>
          {week.days.map(({ start, end, isWeekend }) => (
            <i
              key={start}
              className={classNames(styles.day, {
                [styles.weekend]: isWeekend,
              })}
              style={{
                left: `${positionIn(week, start)}%`,
                width: `${positionIn(week, end) - positionIn(week, start)}%`,
              }}
            />
          ))}
          {lanes.map(({ level, bars }, index) => (
            <div
              key={level}
              className={index === 0 ? styles.firstLane : styles.lane}
            >
              {bars.filter(isInWeek).map(bar => (
                <Bar
                  key={bar.key}
                  bar={bar}
                  week={week}
                  names={names}
                  marks={marks}
                />
              ))}
            </div>
          ))}
          {isThisWeek && (
            <i
              className={styles.now}
              style={{ left: `${positionIn(week, now)}%` }}
            >
              <span>{t('scheduleEditor.preview.now')}</span>
            </i>
          )}
          {clockChanges
            .filter(at => week.from <= at && at < week.to)
            .map(at => (
              <i
                key={at}
                className={styles.clockChange}
                style={{ left: `${positionIn(week, at)}%` }}
              >
                <RiTimeLine size={12} />
              </i>
            ))}
        </div>
      </div>
    </div>
  );
}

function Bar(props: {
  bar: PreviewBar;
  week: PreviewWeek;
  names: ReadonlyMap<string, string>;
  marks: ReadonlyMap<string, PersonMark>;
}) {
  const { bar, week, names, marks } = props;
  const t = useTranslation();
  const start = Math.max(bar.start, week.from);
  const end = Math.min(bar.end, week.to);
  const hours = (end - start) / HOUR_MS;
  const isGap = bar.people.length === 0;
  const mark = isGap ? undefined : marks.get(bar.people[0]);
  const listed = (persons: readonly string[]) =>
    persons.map(person => nameOf(names, person)).join(', ') ||
    t('scheduleEditor.preview.nobody');
  const before =
    bar.was &&
    (bar.was.map(person => initialsOf(nameOf(names, person))).join(' ') ||
      t('scheduleEditor.preview.nobody'));
  return (
    <span
      className={classNames(
        styles.bar,
        mark && people[`person${mark.colour}`],
        bar.was ? styles.changed : styles.same,
        { [people.striped]: bar.was && mark?.isStriped, [styles.gap]: isGap },
      )}
      title={
        bar.was
          ? `${listed(bar.people)}, ${t('scheduleEditor.preview.wasPeople', {
              people: listed(bar.was),
            })}`
          : listed(bar.people)
      }
      style={{
        left: `${positionIn(week, start)}%`,
        width: `${positionIn(week, end) - positionIn(week, start)}%`,
      }}
    >
      {isGap && hours >= HOURS_FOR_INITIALS && <RiAlertFill size={12} />}
      {!isGap && hours >= HOURS_FOR_INITIALS && (
        <b>
          {bar.people
            .map(person => initialsOf(nameOf(names, person)))
            .join(' ')}
        </b>
      )}
      {hours >= HOURS_FOR_NAME && <bdi>{listed(bar.people)}</bdi>}
      {before && hours >= HOURS_FOR_BEFORE && (
        <em>{t('scheduleEditor.preview.wasPeople', { people: before })}</em>
      )}
    </span>
  );
}
