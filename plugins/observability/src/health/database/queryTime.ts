import { Format, Translate } from '../../shared';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long a statement took, with as many digits as tell two of them apart: `1.82 s`, `36.5 min`. */
export function queryTime(
  milliseconds: number,
  format: Format,
  t: Translate,
): string {
  if (milliseconds < SECOND) {
    return format.milliseconds(milliseconds);
  }
  if (milliseconds < MINUTE) {
    return t('shared.time.seconds', {
      value: format.number(milliseconds / SECOND, 2),
    });
  }
  return milliseconds < HOUR
    ? t('shared.time.minutes', {
        value: format.number(milliseconds / MINUTE, 1),
      })
    : t('shared.time.hours', { value: format.number(milliseconds / HOUR, 1) });
}
