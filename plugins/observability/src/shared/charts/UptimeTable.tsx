import { MonitorDay } from '@watchkeeper/backstage-plugin-observability-common';
import { useFormat } from '../format/useFormat';
import text from '../text.module.css';
import { useTranslation } from '../useTranslation';
import { DayLevel, dayWords, levelWord } from './dayLevels';

/**
 * The days on which something was other than up, as a table for those who
 * listen; the caption says that all others were up.
 */
export function UptimeTable(props: {
  name: string;
  days: readonly MonitorDay[];
  levels: readonly DayLevel[];
}) {
  const { name, days, levels } = props;
  const t = useTranslation();
  const format = useFormat();
  const told = days
    .map((day, index) => ({ day, level: levels[index] }))
    .filter(({ level }) => level !== 'up' && level !== 'none')
    .reverse();
  if (told.length === 0) {
    return null;
  }
  return (
    <div className={text.hidden}>
      <table>
        <caption>{t('shared.uptime.table', { name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('shared.uptime.day')}</th>
            <th scope="col">{t('shared.uptime.state')}</th>
            <th scope="col">{t('shared.uptime.details')}</th>
          </tr>
        </thead>
        <tbody>
          {told.map(({ day, level }) => (
            <tr key={day.date}>
              <th scope="row">{format.utcDay(day.date)}</th>
              <td>{levelWord(level, t)}</td>
              <td>{dayWords(day, format, t).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
