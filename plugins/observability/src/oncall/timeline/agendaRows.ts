import { WatchFormat } from '../time/createWatchFormat';
import { Lane, LaneBar } from './lanes';

/** A shift or a gap in a list by day. */
export interface AgendaRow {
  key: string;
  bar: LaneBar;
  level: string;
  /** The day on which it begins; left out where the row above begins on the same one. */
  day?: string;
  /** `undefined` for one that is running. */
  start?: string;
  end: string;
}

/** What the list of a phone can be narrowed to. */
export type AgendaChoice = { level: string } | { person: string };

/** The shifts of one level, or of one person at all levels, by day. What is over is left out of a list that reaches to now. */
export function agendaRows(
  lanes: readonly Lane[],
  choice: AgendaChoice,
  now: number,
  watch: WatchFormat,
): AgendaRow[] {
  const all = lanes
    .filter(lane => 'person' in choice || lane.level === choice.level)
    .flatMap(({ level, bars }) => bars.map(bar => ({ bar, level })))
    .filter(
      ({ bar }) =>
        'level' in choice ||
        (bar.type === 'shift' && bar.shift.people.includes(choice.person)),
    )
    .sort((one, other) => one.bar.start - other.bar.start);
  const coming = all.filter(({ bar }) => bar.end > now);
  let above: string | undefined;
  return (coming.length > 0 ? coming : all).map(({ bar, level }) => {
    const isRunning = bar.start <= now && now < bar.end;
    const start = new Date(isRunning ? now : bar.start);
    const end = new Date(bar.end);
    const day = watch.day(start);
    const isNewDay = day !== above;
    above = day;
    const isSameDay = watch.date(start) === watch.date(end);
    const isWithinWeek = bar.end - start.getTime() < 6 * 86_400_000;
    return {
      key: `${level} ${bar.key}`,
      bar,
      level,
      ...(isNewDay && { day }),
      ...(!isRunning && { start: watch.time(start) }),
      end: isSameDay
        ? watch.time(end)
        : watch.when(end, isWithinWeek ? start.getTime() : now),
    };
  });
}
