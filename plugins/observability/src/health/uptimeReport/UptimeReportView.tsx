import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { useUptimeReport } from '../../api';
import {
  entityName,
  HiddenText,
  NextTry,
  NoticePanel,
  PortalLink,
  Section,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { ReportBody } from './ReportBody';
import { ReportTools } from './ReportTools';
import styles from './report.module.css';

/** A month's report in whatever state it is. */
export function UptimeReportView(props: {
  entityRef: string;
  month: string;
  months: readonly string[];
  onMonthChange(month: string): void;
}) {
  const { entityRef, month } = props;
  const t = useTranslation();
  const format = useFormat();
  const entityLink = useEntityRefLink();
  const view = useUptimeReport(entityRef, month);
  const entity = entityName(entityRef);
  return (
    <>
      <div className={styles.head}>
        <h2 className={styles.title}>
          {t('health.uptime.report.of', {
            entity: <bdi>{entity}</bdi>,
            month: format.utcMonth(month),
          })}
        </h2>
        <span className={styles.screenOnly}>
          <PortalLink href={`${entityLink(entityRef)}/health`}>
            {t('health.uptime.report.toHealth', { entity })}
          </PortalLink>
        </span>
      </div>
      <ReportTools
        {...props}
        download={view.state === 'loaded' ? view.download : undefined}
      />
      {view.state === 'loading' && (
        <div role="status">
          <HiddenText>{t('health.uptime.report.loading')}</HiddenText>
        </div>
      )}
      {view.state === 'forbidden' && (
        <Section title={t('health.uptime.report.forbidden')}>
          {t('health.forbidden.permission', {
            permission: <code className={text.code}>{view.permission}</code>,
          })}
        </Section>
      )}
      {view.state === 'failed' && (
        <div className={styles.panel}>
          <NoticePanel
            title={t('health.uptime.report.failed')}
            action={{ label: t('shared.frame.tryNow'), onPress: view.retry }}
          >
            <p className={text.small}>
              <bdi>{view.error.message}</bdi> <NextTry at={view.nextTryAt} />
            </p>
          </NoticePanel>
        </div>
      )}
      {view.state === 'loaded' && <ReportBody report={view.report} />}
    </>
  );
}
