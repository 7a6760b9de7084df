import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import { TickingText, useFormat, useTranslation } from '../../shared';
import { readingsOf } from '../signals';

/** How old the data of a page is; a range where some of it is not read any more. */
export function ReadAge(props: { signals: readonly Signal[] }) {
  const t = useTranslation();
  const format = useFormat();
  const readings = readingsOf(props.signals);
  if (!readings) {
    return null;
  }
  const newest = new Date(readings.newest);
  const oldest = new Date(readings.oldest);
  return (
    <span title={format.instant(newest)}>
      <TickingText
        compute={now => {
          const from = format.duration(now - newest.getTime());
          const to = format.duration(now - oldest.getTime());
          return from === to
            ? format.age(newest, now)
            : t('shared.time.agoRange', { from, to });
        }}
      />
    </span>
  );
}
