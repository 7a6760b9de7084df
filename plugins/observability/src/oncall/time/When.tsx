import { TickingText, useFormat } from '../../shared';
import { parseInstant } from '../../shared/format/duration';
import { useWatchFormat } from './useWatchFormat';

/**
 * An instant of the watch on the reader's clock, with its day. In full with the
 * zone in the tooltip. Draws nothing where the text is no instant.
 */
export function When(props: { at: string | undefined; className?: string }) {
  const format = useFormat();
  const watch = useWatchFormat();
  const date = parseInstant(props.at);
  if (!date) {
    return null;
  }
  return (
    <time
      dateTime={date.toISOString()}
      title={format.instant(date)}
      className={props.className}
    >
      <TickingText compute={now => watch.when(date, now)} />
    </time>
  );
}
