import classNames from 'classnames';
import { KeyboardEvent, PointerEvent, useRef, useState } from 'react';
import { useFormat, useTranslation } from '../../shared';
import { placeOf } from '../time/zones';
import { LiveBar, StillBar } from './Bar';
import { describeBar, WordsOfSchedule } from './describe';
import { Lane, LaneBar } from './lanes';
import { nightsOf } from './nights';
import { PersonMark } from './people';
import { instantAt, positionOf, TimelineWindow } from './timelineWindow';
import styles from './timeline.module.css';

/** A stretch of a level that somebody marked. */
export interface MarkedStretch {
  level: string;
  start: number;
  end: number;
}

/** Nights of three months are too thin to see. */
const MOST_DAYS_WITH_NIGHTS = 28;
/** A pointer that moved less was a click. */
const DRAG_PIXELS = 8;

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
  onSelect(bar: LaneBar, level: string): void;
  onDeselect(): void;
  onToday(): void;
  /** Left out where the reader may not change anything. */
  onMark?(stretch: MarkedStretch): void;
}) {
  const { window, now, final, changes, layers, zones, marks, words } = props;
  const { selected, onSelect, onDeselect, onToday, onMark } = props;
  const t = useTranslation();
  const chart = useRef<HTMLDivElement>(null);
  const firstBar = final.flatMap(lane => lane.bars)[0];
  const runningBar = final[0]?.bars.find(
    bar => bar.start <= now && now < bar.end,
  );
  const [focused, setFocused] = useState<string>();
  const keyOf = (lane: Lane, bar: LaneBar) => `${lane.key} ${bar.key}`;
  const keys = new Set(
    final.flatMap(lane => lane.bars.map(bar => keyOf(lane, bar))),
  );
  const start = final.find(lane => lane.bars.includes(runningBar ?? firstBar));
  const tabStop =
    focused && keys.has(focused)
      ? focused
      : start && keyOf(start, runningBar ?? firstBar);

  const buttons = useRef(new Map<string, HTMLButtonElement>());
  function moveTo(lane: Lane, bar: LaneBar | undefined) {
    if (bar) {
      buttons.current.get(keyOf(lane, bar))?.focus();
    }
  }

  function onKey(event: KeyboardEvent, laneIndex: number, index: number) {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const lane = final[laneIndex];
    const bar = lane.bars[index];
    const moves: Record<string, () => void> = {
      ArrowLeft: () => moveTo(lane, lane.bars[index - 1]),
      ArrowRight: () => moveTo(lane, lane.bars[index + 1]),
      Home: () => moveTo(lane, lane.bars[0]),
      End: () => moveTo(lane, lane.bars.at(-1)),
      ArrowUp: () => moveAcross(laneIndex - 1, bar),
      ArrowDown: () => moveAcross(laneIndex + 1, bar),
      t: onToday,
      Escape: onDeselect,
      o: () => {
        if (onMark && bar.end > now) {
          onMark({
            level: lane.level,
            start: Math.max(bar.start, now),
            end: bar.end,
          });
        }
      },
    };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const move = moves[key];
    if (move) {
      event.preventDefault();
      move();
    }
  }

  function moveAcross(laneIndex: number, bar: LaneBar) {
    const lane = final[laneIndex];
    const at = Math.max(bar.start, window.from);
    if (lane) {
      moveTo(lane, lane.bars.find(other => other.end > at) ?? lane.bars.at(-1));
    }
  }

  return (
    <div className={styles.scroll}>
      <div
        ref={chart}
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
              {lane.bars.map((bar, index) => {
                const key = keyOf(lane, bar);
                return (
                  <LiveBar
                    key={bar.key}
                    ref={element => {
                      if (element) {
                        buttons.current.set(key, element);
                      } else {
                        buttons.current.delete(key);
                      }
                    }}
                    bar={bar}
                    window={window}
                    now={now}
                    marks={marks}
                    words={words}
                    label={describeBar(bar, lane.level, words)}
                    isFocusable={key === tabStop}
                    isSelected={
                      selected?.key === bar.key && selected.type === bar.type
                    }
                    onPress={() => onSelect(bar, lane.level)}
                    onFocus={() => setFocused(key)}
                    onKeyDown={event => onKey(event, laneIndex, index)}
                  />
                );
              })}
            </MarkableLane>
          </div>
        ))}
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
                <StillBar
                  key={bar.key}
                  bar={bar}
                  window={window}
                  now={now}
                  marks={marks}
                  words={words}
                />
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

/** The days on top, as wide as they are long, with lines down through the lanes. */
function DayAxis(props: {
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

/** A lane on which one can mark a stretch that is still to come with the pointer. */
function MarkableLane(props: {
  window: TimelineWindow;
  now: number;
  onMark?(stretch: { start: number; end: number }): void;
  children: React.ReactNode;
}) {
  const { window, now, onMark, children } = props;
  const [drag, setDrag] = useState<{ from: number; to: number }>();

  const fractionOf = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return width > 0 ? (event.clientX - left) / width : 0;
  };
  const isDrag = (event: PointerEvent<HTMLElement>, from: number) =>
    Math.abs(fractionOf(event) - from) *
      event.currentTarget.getBoundingClientRect().width >=
    DRAG_PIXELS;

  function finish(event: PointerEvent<HTMLElement>) {
    if (!drag || !onMark) {
      return;
    }
    setDrag(undefined);
    if (!isDrag(event, drag.from)) {
      return;
    }
    const ends = [drag.from, fractionOf(event)].sort((a, b) => a - b);
    const start = Math.max(instantAt(window, ends[0]), now);
    const end = instantAt(window, ends[1]);
    if (end > start) {
      onMark({ start, end });
    }
  }

  return (
    <div
      className={styles.lane}
      onPointerDown={event => {
        if (onMark && event.button === 0 && event.pointerType !== 'touch') {
          const from = fractionOf(event);
          setDrag({ from, to: from });
        }
      }}
      onPointerMove={event => {
        if (drag) {
          setDrag({ ...drag, to: fractionOf(event) });
        }
      }}
      onPointerUp={finish}
      onPointerLeave={() => setDrag(undefined)}
    >
      {children}
      {drag && (
        <span
          className={styles.marked}
          style={{
            left: `${Math.min(drag.from, drag.to) * 100}%`,
            width: `${Math.abs(drag.to - drag.from) * 100}%`,
          }}
        />
      )}
    </div>
  );
}

/** When it is night where people are. */
function NightBands(props: {
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
            {people ? `${people} · ${placeOf(timeZone)}` : placeOf(timeZone)}
            {timeZone === format.timeZone && ` (${t('onCall.timeline.yours')})`}
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
