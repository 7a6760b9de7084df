import {
  MonitorDay,
  Outage,
} from '@watchkeeper/backstage-plugin-observability-common';
import { KeyboardEvent, PointerEvent, useMemo, useState } from 'react';
import { useFormat } from '../format/useFormat';
import { useTranslation } from '../useTranslation';
import { dayLevels, daysSentence, dayWords, levelWord } from './dayLevels';
import { DayTooltip } from './DayTooltip';
import { UptimeDays } from './UptimeDays';
import { UptimeTable } from './UptimeTable';
import styles from './uptime.module.css';

/**
 * The days of a monitor, one bar a day. It is one stop for the keyboard: arrows
 * go from day to day, Home and End to the first and the last, Escape puts the
 * day's details away. A time of which nothing is known is a gap, or hatched;
 * never red, never green.
 */
export function UptimeBar(props: {
  /** Whose days they are. */
  name: string;
  days: readonly MonitorDay[];
  outages?: readonly Outage[];
  /** Nobody can tell how it is at this moment: today is drawn as unknown. */
  isUnknownNow?: boolean;
}) {
  const { name, days, outages = [], isUnknownNow } = props;
  const t = useTranslation();
  const format = useFormat();
  const last = days.length - 1;
  const [chosen, setChosen] = useState(last);
  const [isOpen, setOpen] = useState(false);
  const levels = useMemo(
    () => dayLevels(days, { isUnknownNow }),
    [days, isUnknownNow],
  );
  // Another day may have begun, or fewer days be known, since one was chosen.
  const index = Math.min(chosen, last);
  const day = days[index];
  if (!day) {
    return null;
  }

  const label = t('shared.uptime.label', {
    name,
    days: String(days.length),
    summary: daysSentence(days, levels, format, t),
  });
  const dayName =
    index === last ? t('shared.uptime.today') : format.utcDay(day.date);
  const words = dayWords(day, format, t);

  function onKeyDown(event: KeyboardEvent) {
    const next = {
      ArrowLeft: index - 1,
      ArrowDown: index - 1,
      ArrowRight: index + 1,
      ArrowUp: index + 1,
      PageDown: index - 7,
      PageUp: index + 7,
      Home: 0,
      End: last,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setChosen(Math.min(last, Math.max(0, next)));
      setOpen(true);
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      setOpen(false);
    }
  }

  function onPointer(event: PointerEvent<HTMLDivElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = width > 0 ? (event.clientX - left) / width : 1;
    setChosen(Math.min(last, Math.max(0, Math.floor(share * days.length))));
    setOpen(true);
  }

  return (
    <>
      <div
        className={styles.bar}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={index + 1}
        aria-valuetext={[dayName, levelWord(levels[index], t), ...words].join(
          ', ',
        )}
        onKeyDown={onKeyDown}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={() => setOpen(false)}
      >
        <UptimeDays levels={levels} />
        {isOpen && (
          <>
            <span
              className={styles.cursor}
              style={{
                left: `${(index / days.length) * 100}%`,
                width: `${100 / days.length}%`,
              }}
            />
            <DayTooltip
              day={day}
              title={`${dayName} · ${levelWord(levels[index], t)}`}
              words={words}
              outages={outages}
              share={index / days.length}
            />
          </>
        )}
      </div>
      <UptimeTable name={name} days={days} levels={levels} />
    </>
  );
}
