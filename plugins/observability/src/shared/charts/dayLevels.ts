import { MonitorDay } from '@watchkeeper/backstage-plugin-observability-common';
import { Format } from '../format/createFormat';
import { Translate } from '../useTranslation';

/** How a day is drawn. `none`: nothing was measured, so there is a gap. */
export type DayLevel =
  | 'up'
  | 'degraded'
  | 'down'
  | 'maintenance'
  | 'unknown'
  | 'none';

const HALF_A_DAY_SECONDS = 12 * 3600;
/** Of the days with an outage, those that the sentence names. */
const NAMED_DAYS = 3;

/**
 * The level of each day. A day of which little is known is never drawn as up;
 * one of which nothing is known is a gap before the first measurement, and
 * unknown after it.
 */
export function dayLevels(
  days: readonly MonitorDay[],
  options: { isUnknownNow?: boolean } = {},
): DayLevel[] {
  const first = days.findIndex(day => levelOf(day) !== undefined);
  return days.map((day, index) => {
    if (options.isUnknownNow && index === days.length - 1) {
      return 'unknown';
    }
    const level = levelOf(day);
    if (level) {
      return level;
    }
    const isUnknown = day.unknownSeconds > 0 && day.pausedSeconds === 0;
    return isUnknown && first >= 0 && index > first ? 'unknown' : 'none';
  });
}

function levelOf(day: MonitorDay): DayLevel | undefined {
  if (day.downSeconds > 0) {
    return 'down';
  }
  if (day.degradedSeconds > 0) {
    return 'degraded';
  }
  if (day.uptime !== undefined) {
    return day.unknownSeconds > HALF_A_DAY_SECONDS ? 'unknown' : 'up';
  }
  return day.maintenanceSeconds > 0 ? 'maintenance' : undefined;
}

/** The worst of each day over several monitors, the days aligned at their end. */
export function worstLevels(monitors: readonly DayLevel[][]): DayLevel[] {
  const order: DayLevel[] = [
    'none',
    'up',
    'maintenance',
    'unknown',
    'degraded',
    'down',
  ];
  const length = Math.max(0, ...monitors.map(levels => levels.length));
  return Array.from({ length }, (_, index) =>
    monitors
      .map(levels => levels[index - length + levels.length] ?? 'none')
      .reduce<DayLevel>(
        (worst, level) =>
          order.indexOf(level) > order.indexOf(worst) ? level : worst,
        'none',
      ),
  );
}

/** The word for a day's level. */
export function levelWord(level: DayLevel, t: Translate): string {
  return t(`shared.uptime.level.${level}`);
}

/** All days in one sentence: `down today 7 min, down 3 Oct 38 min, 2 days degraded`. */
export function daysSentence(
  days: readonly MonitorDay[],
  levels: readonly DayLevel[],
  format: Format,
  t: Translate,
): string {
  const last = days.length - 1;
  const down = days
    .map((day, index) => ({ day, index }))
    .filter(({ day }) => day.downSeconds > 0)
    .reverse();
  const countOf = (level: DayLevel) =>
    levels.filter((other, index) => other === level && index < last).length;
  const degraded = levels.filter(level => level === 'degraded').length;
  const more = down.length - NAMED_DAYS;
  const words = [
    levels[last] === 'unknown' && t('shared.uptime.unknownToday'),
    ...down.slice(0, NAMED_DAYS).map(({ day, index }) =>
      t('shared.uptime.downOn', {
        day:
          index === last ? t('shared.uptime.today') : format.utcDay(day.date),
        duration: format.length(day.downSeconds * 1000),
      }),
    ),
    more > 0 && t('shared.uptime.moreDown', { count: more }),
    degraded > 0 && t('shared.uptime.degradedDays', { count: degraded }),
    countOf('maintenance') > 0 &&
      t('shared.uptime.maintenanceDays', { count: countOf('maintenance') }),
    countOf('unknown') > 0 &&
      t('shared.uptime.unknownDays', { count: countOf('unknown') }),
    countOf('none') > 0 &&
      t('shared.uptime.missingDays', { count: countOf('none') }),
  ].filter(Boolean);
  if (levels.every(level => level === 'none')) {
    return t('shared.uptime.nothing');
  }
  return words.length > 0 ? words.join(', ') : t('shared.uptime.allUp');
}

/** What happened on a day, each part in words: how long it was down, degraded, … */
export function dayWords(
  day: MonitorDay,
  format: Format,
  t: Translate,
): string[] {
  const parts = [
    ['down', day.downSeconds],
    ['degraded', day.degradedSeconds],
    ['maintenance', day.maintenanceSeconds],
    ['paused', day.pausedSeconds],
    ['unknown', day.unknownSeconds],
  ] as const;
  return parts
    .filter(([, seconds]) => seconds > 0)
    .map(([part, seconds]) =>
      t(`shared.uptime.part.${part}`, {
        duration: format.length(seconds * 1000),
      }),
    );
}
