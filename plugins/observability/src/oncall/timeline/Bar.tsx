import {
  RiAlertFill,
  RiArrowLeftRightLine,
  RiPencilLine,
} from '@remixicon/react';
import classNames from 'classnames';
import { forwardRef, KeyboardEvent } from 'react';
import { LaneBar } from './lanes';
import { initialsOf, PersonMark } from './people';
import { peopleOf, WordsOfSchedule } from './describe';
import { positionOf, TimelineWindow } from './timelineWindow';
import styles from './timeline.module.css';

const HOUR_MS = 3_600_000;
/** Of a day's width, in a window of two weeks: what fits at all. */
const HOURS_FOR_INITIALS = 7.5;
const HOURS_FOR_NAME = 30;
const DAYS_OF_NARROWEST = 14;

/** How a bar looks, and where it lies. */
export interface BarProps {
  bar: LaneBar;
  window: TimelineWindow;
  now: number;
  marks: ReadonlyMap<string, PersonMark>;
  words: WordsOfSchedule;
}

/** A bar that only shows. */
export function StillBar(props: BarProps) {
  return (
    <span {...lookOf(props)}>
      <BarText {...props} />
    </span>
  );
}

/** A bar that can be chosen. */
export const LiveBar = forwardRef<
  HTMLButtonElement,
  BarProps & {
    label: string;
    isFocusable: boolean;
    isSelected: boolean;
    onPress(): void;
    onFocus(): void;
    onKeyDown(event: KeyboardEvent): void;
  }
>(function LiveBarButton(props, ref) {
  const { label, isFocusable, isSelected, onPress, onFocus, onKeyDown } = props;
  const { className, style } = lookOf(props);
  return (
    <button
      ref={ref}
      type="button"
      aria-label={label}
      aria-pressed={isSelected}
      title={label}
      tabIndex={isFocusable ? 0 : -1}
      className={classNames(className, styles.live, {
        [styles.selected]: isSelected,
      })}
      style={style}
      onClick={onPress}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <BarText {...props} />
    </button>
  );
});

function lookOf({ bar, window, marks }: BarProps) {
  const start = Math.max(bar.start, window.from);
  const end = Math.min(bar.end, window.to);
  const person = personOf(bar);
  const mark = person === undefined ? undefined : marks.get(person);
  const source = bar.type === 'shift' ? bar.shift.source.type : undefined;
  return {
    className: classNames(styles.bar, mark && styles[`person${mark.colour}`], {
      [styles.striped]: mark?.isStriped,
      [styles.gap]: bar.type === 'gap',
      [styles.nobody]: bar.type === 'override' && !bar.override.add,
      [styles.asked]: bar.type === 'swap' && bar.swap.state === 'open',
      [styles.bySwap]: source === 'swap',
      [styles.byOverride]: source === 'override',
      [styles.cutStart]: bar.start < window.from,
      [styles.cutEnd]: bar.end > window.to,
    }),
    style: {
      left: `${positionOf(window, start)}%`,
      width: `${positionOf(window, end) - positionOf(window, start)}%`,
    },
  };
}

function personOf(bar: LaneBar): string | undefined {
  switch (bar.type) {
    case 'shift':
      return bar.shift.people[0];
    case 'override':
      return bar.override.add;
    case 'swap':
      return bar.swap.state === 'open' ? undefined : bar.swap.to;
    default:
      return undefined;
  }
}

/** Initials and name, as far as they fit in the part that is still to come. */
function BarText({ bar, window, now, words }: BarProps) {
  const start = Math.max(bar.start, window.from);
  const end = Math.min(bar.end, window.to);
  const isRunning = start <= now && now < end;
  const textStart = isRunning ? now : start;
  const scale = window.days.length / DAYS_OF_NARROWEST;
  const hours = (end - textStart) / HOUR_MS / scale;
  if (hours < HOURS_FOR_INITIALS) {
    return null;
  }
  const people = peopleOf(bar, words);
  const isPerson = bar.type !== 'gap' && personOf(bar) !== undefined;
  const share = (textStart - start) / (end - start);
  return (
    <span
      className={styles.barText}
      style={isRunning ? { left: `${share * 100}%` } : undefined}
      aria-hidden="true"
    >
      {bar.type === 'gap' && <RiAlertFill size={14} />}
      {bar.type === 'swap' && <RiArrowLeftRightLine size={14} />}
      {bar.type === 'override' && <RiPencilLine size={14} />}
      {isPerson && (
        // Not part of what is read out: the button's name says it in full.
        <b data-initials={people.split(', ').map(initialsOf).join(' ')} />
      )}
      {(hours >= HOURS_FOR_NAME || bar.type === 'gap') && <bdi>{people}</bdi>}
    </span>
  );
}
