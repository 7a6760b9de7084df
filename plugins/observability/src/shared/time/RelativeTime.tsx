import { parseInstant } from '../format/duration';
import { Format } from '../format/createFormat';
import { useFormat } from '../format/useFormat';
import { TickingText } from './TickingText';

/** How an instant is written. */
export type RelativeTimeStyle =
  | 'age'
  | 'clock'
  | 'date-and-clock'
  | 'full'
  | 'duration';

/**
 * An instant for people: how long ago, or its clock time. The absolute instant
 * with its zone is in the tooltip. Draws nothing where the text is no instant.
 */
export function RelativeTime(props: {
  at: string | null | undefined;
  /** `age` by default. `duration` is the time since then, without "ago". */
  style?: RelativeTimeStyle;
  className?: string;
}) {
  const { at, style = 'age', className } = props;
  const format = useFormat();
  const date = parseInstant(at);
  if (!date) {
    return null;
  }
  return (
    <time
      dateTime={date.toISOString()}
      title={format.instant(date)}
      className={className}
    >
      <TickingText compute={now => write(format, style, date, now)} />
    </time>
  );
}

function write(
  format: Format,
  style: RelativeTimeStyle,
  date: Date,
  now: number,
): string {
  switch (style) {
    case 'clock':
      return format.clock(date, now);
    case 'date-and-clock':
      return format.dateAndClock(date, now);
    case 'full':
      return format.fullDateAndClock(date);
    case 'duration':
      return format.duration(now - date.getTime());
    default:
      return format.age(date, now);
  }
}
