import { RefObject } from 'react';
import { useTranslation } from '../../shared';
import { LiveBar, StillBar } from './Bar';
import { DayAxis } from './DayAxis';
import { describeBar, WordsOfSchedule } from './describe';
import { Lane, LaneBar } from './lanes';
import { MarkableLane } from './MarkableLane';
import { NightBands } from './NightBands';
import { PersonMark } from './people';
import { positionOf, TimelineWindow } from './timelineWindow';
import { useLaneKeys } from './useLaneKeys';
import styles from './timeline.module.css';

/** A stretch of a level that somebody marked. */
export interface MarkedStretch {
  level: string;
  start: number;
  end: number;
}

/** Nights of three months are too thin to see. */
const MOST_DAYS_WITH_NIGHTS = 28;

/**
 * The lanes of a schedule over elapsed time. The bars of what holds in the end
 * can be reached and chosen with the keyboard; all else is there for the eye,
 * and in the table beside the chart.
 */
export function Chart(props: {
  window: TimelineWindow;
  now: number;
  final: readonly Lane[];
  changes: Lane;
  layers: readonly Lane[];
  /** Zones in which people of the schedule live, with their names. */
  zones: readonly { timeZone: string; people: string }[];
  marks: ReadonlyMap<string, PersonMark>;
  words: WordsOfSchedule;
  selected: LaneBar | undefined;
  /** Lies under the chosen bar, below the lanes of what holds in the end. */
  anchor: RefObject<HTMLSpanElement>;
  onSelect(bar: LaneBar, level: string): void;
  onToday(): void;
  /** Left out where the reader may not change anything. */
  onMark?(stretch: MarkedStretch): void;
}) {
  const { window, now, final, changes, layers, zones, marks, words } = props;
  const { selected, anchor, onSelect, onToday, onMark } = props;
  const t = useTranslation();
  const look = { window, now, marks, words };
  const keys = useLaneKeys({
    lanes: final,
    now,
    from: window.from,
    onKey(key, { level }, { start, end }) {
      if (key === 't') {
        onToday();
      } else if (key === 'o' && onMark && end > now) {
        onMark({ level, start: Math.max(start, now), end });
      }
      return key === 't' || key === 'o';
    },
  });

  return (
    <div className={styles.scroll}>
      <div
        className={styles.chart}
        role="group"
        aria-label={t('onCall.timeline.chart')}
      >
        <DayAxis window={window} now={now} words={words} />
        {final.map((lane, laneIndex) => (
          <div key={lane.key} className={styles.row}>
            <div className={styles.label}>
              <b>{lane.level}</b>
            </div>
            <MarkableLane
              window={window}
              now={now}
              onMark={
                onMark && (stretch => onMark({ level: lane.level, ...stretch }))
              }
            >
              {lane.bars.map((bar, index) => (
                <LiveBar
                  key={bar.key}
                  {...keys.propsOf(laneIndex, index)}
                  {...look}
                  bar={bar}
                  label={describeBar(bar, lane.level, words)}
                  isSelected={
                    selected?.key === bar.key && selected.type === bar.type
                  }
                  onPress={() => onSelect(bar, lane.level)}
                />
              ))}
            </MarkableLane>
          </div>
        ))}
        {selected && (
          <div className={styles.anchorRow} aria-hidden="true">
            <span
              ref={anchor}
              className={styles.anchor}
              style={anchorStyle(selected, window)}
            />
          </div>
        )}
        <div className={styles.groupLabel} aria-hidden="true">
          {t('onCall.timeline.madeOf')}
        </div>
        {[changes, ...layers].map(lane => (
          <div key={lane.key} className={styles.thinRow} aria-hidden="true">
            <div className={styles.label}>
              {lane.layer === undefined
                ? t('onCall.timeline.changes')
                : t('onCall.timeline.layer', {
                    level: lane.level,
                    layer: lane.layer,
                  })}
            </div>
            <div className={styles.lane}>
              {lane.bars.map(bar => (
                <StillBar key={bar.key} {...look} bar={bar} />
              ))}
            </div>
          </div>
        ))}
        {window.days.length <= MOST_DAYS_WITH_NIGHTS && (
          <NightBands window={window} zones={zones} />
        )}
        {now >= window.from && now < window.to && (
          <div
            className={styles.now}
            style={{ '--at': positionOf(window, now) / 100 } as object}
            aria-hidden="true"
          >
            <span>
              {t('onCall.timeline.now', {
                clock: words.watch.time(new Date(now)),
              })}
            </span>
          </div>
        )}
      </div>
    </div>
  );
}

function anchorStyle(bar: LaneBar, window: TimelineWindow) {
  const left = positionOf(window, Math.max(bar.start, window.from));
  const right = positionOf(window, Math.min(bar.end, window.to));
  return { left: `${left}%`, width: `${right - left}%` };
}
