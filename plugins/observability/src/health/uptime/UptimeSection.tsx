import {
  RefreshControl,
  Section,
  SignalFrame,
  UptimeLegend,
} from '../../shared';
import { PortalLink, useTranslation } from '../../shared';
import { sectionId, SignalOf, worstOf } from '../signals';
import { MonitorRow } from './MonitorRow';
import { UptimeGroupHead } from './UptimeGroupHead';
import { useUptimeReportHref } from './useUptimeReportHref';
import styles from './uptime.module.css';

/** What is up and what is not, source by source, each monitor with its days. */
export function UptimeSection(props: {
  entityRef: string;
  signals: readonly SignalOf<'uptime'>[];
  control: RefreshControl;
}) {
  const { entityRef, signals, control } = props;
  const t = useTranslation();
  const reportHref = useUptimeReportHref(entityRef);
  if (signals.length === 0) {
    return null;
  }
  const hasMonitors = signals.some(
    ({ data }) => data && data.monitors.length > 0,
  );
  return (
    <Section
      id={sectionId('uptime')}
      title={t('health.kind.uptime')}
      status={worstOf(signals)}
      aside={
        <>
          {signals.length > 1 && (
            <>{t('health.sources', { count: signals.length })} · </>
          )}
          {reportHref && (
            <PortalLink href={reportHref}>
              {t('health.uptime.monthly')}
            </PortalLink>
          )}
        </>
      }
    >
      {hasMonitors && <ColumnHeads />}
      {signals.map(signal => (
        <SignalFrame
          key={signal.id}
          signal={signal}
          control={control}
          isHistory
          head={<UptimeGroupHead signal={signal} />}
        >
          {signal.data && (
            <ul className={styles.monitors}>
              {signal.data.monitors.map(monitor => (
                <MonitorRow
                  key={monitor.id}
                  entityRef={entityRef}
                  signal={signal}
                  monitor={monitor}
                />
              ))}
            </ul>
          )}
        </SignalFrame>
      ))}
      {hasMonitors && (
        <div className={styles.foot}>
          <UptimeLegend />
        </div>
      )}
    </Section>
  );
}

/** Each cell says to those who listen what it is; this is for the eye. */
function ColumnHeads() {
  const t = useTranslation();
  return (
    <div className={styles.heads} aria-hidden="true">
      <span>{t('health.uptime.monitor')}</span>
      <span className={styles.ends}>
        <span>{t('health.uptime.daysAgo', { days: '90' })}</span>
        <span>{t('shared.uptime.today')}</span>
      </span>
      <span className={styles.end}>{t('health.uptime.span.quarter')}</span>
      <span>{t('health.uptime.response')}</span>
      <span className={styles.end}>{t('health.uptime.certificate')}</span>
    </div>
  );
}
