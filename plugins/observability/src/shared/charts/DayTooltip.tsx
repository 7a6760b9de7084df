import {
  MonitorDay,
  Outage,
} from '@watchkeeper/backstage-plugin-observability-common';
import { parseInstant } from '../format/duration';
import { useFormat } from '../format/useFormat';
import { useTranslation } from '../useTranslation';
import styles from './uptime.module.css';

const DAY_MS = 86_400_000;
const SHOWN_OUTAGES = 3;

/** What happened on a day, over its bar. Those who listen are told by the bar itself. */
export function DayTooltip(props: {
  day: MonitorDay;
  title: string;
  words: readonly string[];
  outages: readonly Outage[];
  /** Where the day lies, as a share of the width. */
  share: number;
}) {
  const { day, title, words, outages, share } = props;
  const t = useTranslation();
  const format = useFormat();
  const now = Date.now();
  const ofDay = outagesOf(day.date, outages, now);
  const more = ofDay.length - SHOWN_OUTAGES;
  return (
    <div
      className={styles.tooltip}
      aria-hidden="true"
      style={
        share > 0.5
          ? { right: `${Math.max(0, (1 - share) * 100 - 20)}%` }
          : { left: `${Math.max(0, share * 100 - 20)}%` }
      }
    >
      <p className={styles.tooltipTitle}>{title}</p>
      {day.uptime !== undefined && (
        <p>
          {t('shared.uptime.uptime', { uptime: format.percent(day.uptime) })}
        </p>
      )}
      {words.map(word => (
        <p key={word}>{word}</p>
      ))}
      {ofDay.slice(0, SHOWN_OUTAGES).map(({ start, end, reason }) => (
        <p key={start}>
          {t('shared.uptime.outage', {
            clock: format.dateAndClock(new Date(start), now),
            duration: format.length((end ?? now) - start),
          })}
          {reason && (
            <>
              {': '}
              <bdi>{reason}</bdi>
            </>
          )}
        </p>
      ))}
      {more > 0 && <p>{t('shared.uptime.moreOutages', { count: more })}</p>}
    </div>
  );
}

/** The outages that touch a day, which is counted in UTC. */
function outagesOf(date: string, outages: readonly Outage[], now: number) {
  const start = parseInstant(`${date}T00:00:00Z`)?.getTime() ?? 0;
  return outages.flatMap(({ startedAt, endedAt, reason }) => {
    const from = parseInstant(startedAt)?.getTime();
    const until = parseInstant(endedAt)?.getTime();
    const touches =
      from !== undefined && from < start + DAY_MS && (until ?? now) >= start;
    return touches ? [{ start: from, end: until, reason }] : [];
  });
}
