import { useTranslation } from '../useTranslation';
import { DayLevel, levelWord } from './dayLevels';
import { UptimeDays } from './UptimeDays';
import styles from './uptime.module.css';

const LEVELS: DayLevel[] = [
  'up',
  'degraded',
  'down',
  'maintenance',
  'unknown',
  'none',
];

/** What the bars of days mean. */
export function UptimeLegend() {
  const t = useTranslation();
  return (
    <ul className={styles.legend}>
      {LEVELS.map(level => (
        <li key={level}>
          <UptimeDays levels={[level, level]} />
          {levelWord(level, t)}
        </li>
      ))}
    </ul>
  );
}
