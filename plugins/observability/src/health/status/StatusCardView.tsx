import {
  Signal,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  RelativeTime,
  Scope,
  Section,
  StatusBadge,
  Translate,
  UptimeBar,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { signalsOf } from '../signals';
import { reachesBackTo } from '../uptime/monitors';
import { PublicStateMark } from './PublicStateMark';
import { countOf, PublicPart, publicParts } from './publicStatus';
import styles from './status.module.css';

/** The public status of a service: its parts in plain words, their days, and one sentence for all. */
export function StatusCardView(props: { signals: readonly Signal[] }) {
  const { signals } = props;
  const t = useTranslation();
  if (signalsOf(signals, 'uptime').length === 0) {
    return null;
  }
  const parts = publicParts(signals);
  const { status, words } = overall(parts, t);
  return (
    <Scope>
      <Section title={t('health.uptime.public.title')}>
        <p className={styles.overall}>
          <StatusBadge status={status}>{words}</StatusBadge>
        </p>
        <ul className={styles.parts}>
          {parts.map(part => (
            <Part key={part.key} part={part} />
          ))}
        </ul>
      </Section>
    </Scope>
  );
}

function Part(props: { part: PublicPart }) {
  const { state, monitor, isUnknownNow } = props.part;
  const t = useTranslation();
  const format = useFormat();
  const since = reachesBackTo(monitor, monitor.days.length, Date.now());
  return (
    <li className={styles.part}>
      <div className={styles.line}>
        <bdi className={`${text.ellipsis} ${text.strong}`} title={monitor.name}>
          {monitor.name}
        </bdi>
        <PublicStateMark state={state} />
      </div>
      <UptimeBar
        name={monitor.name}
        days={monitor.days}
        isUnknownNow={isUnknownNow}
      />
      <div className={`${styles.line} ${text.small} ${text.secondary}`}>
        <span>
          {t('health.uptime.daysAgo', { days: String(monitor.days.length) })}
        </span>
        <span>
          {monitor.uptime.quarter === undefined
            ? t('health.uptime.noUptime')
            : t('health.uptime.public.uptime', {
                uptime: format.percent(monitor.uptime.quarter),
              })}
          {since && (
            <>
              {', '}
              {t('health.uptime.since', {
                day: <RelativeTime at={since} style="clock" />,
              })}
            </>
          )}
        </span>
        <span>{t('shared.uptime.today')}</span>
      </div>
    </li>
  );
}

function overall(
  parts: readonly PublicPart[],
  t: Translate,
): { status: Status | null; words: string } {
  const total = parts.length;
  const down = countOf(parts, 'down');
  const unknown = countOf(parts, 'unknown');
  const of = (number: number) => ({
    number: String(number),
    total: String(total),
  });
  if (down > 0) {
    return {
      status: 'critical',
      words:
        down === total
          ? t('health.uptime.public.allDown')
          : t('health.uptime.public.someDown', of(down)),
    };
  }
  if (countOf(parts, 'degraded') > 0) {
    return {
      status: 'warning',
      words: t('health.uptime.public.someDegraded'),
    };
  }
  if (unknown > 0 || total === 0) {
    return {
      status: 'unknown',
      words:
        unknown === total
          ? t('health.uptime.public.unknown')
          : t('health.uptime.public.partlyUnknown', of(unknown)),
    };
  }
  return countOf(parts, 'maintenance') > 0
    ? { status: null, words: t('health.uptime.public.maintenance') }
    : { status: 'ok', words: t('health.uptime.public.allGood') };
}
