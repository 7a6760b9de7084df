import { TickingText, useTranslation } from '../../shared';
import { clockIn, placeOf } from '../time/zones';
import { useWatchFormat } from '../time/useWatchFormat';

/** What time it is where a person is, unless that is where the reader is. */
export function LocalTime(props: {
  timeZone: string | undefined;
  className?: string;
}) {
  const { timeZone, className } = props;
  const t = useTranslation();
  const reader = useWatchFormat().timeZone;
  if (
    !timeZone ||
    timeZone === reader ||
    clockIn(timeZone, Date.now()) === undefined
  ) {
    return null;
  }
  return (
    <span className={className}>
      <TickingText
        compute={now =>
          t('onCall.localTime', {
            clock: clockIn(timeZone, now) ?? '',
            place: placeOf(timeZone),
          })
        }
      />
    </span>
  );
}
