import { RunbookSummary } from '@watchkeeper/backstage-plugin-observability-common';
import { PlainLink, RelativeTime, Section, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { metricName } from '../metricText';
import styles from './panels.module.css';

/** The runbooks of a service, and what none of them answers. */
export function RunbooksPanel(props: {
  runbooks: readonly RunbookSummary[];
  uncovered: readonly string[];
}) {
  const { runbooks, uncovered } = props;
  const t = useTranslation();
  return (
    <Section
      title={t('health.runbooks.title')}
      aside={
        uncovered.length > 0 &&
        t('health.runbooks.uncovered', { count: uncovered.length })
      }
    >
      {runbooks.map(runbook => (
        <div key={runbook.id} className={styles.row}>
          <div className={styles.line}>
            <b className={text.strong}>
              <PlainLink href={runbook.url}>
                <bdi>{runbook.title}</bdi>
              </PlainLink>
            </b>
            <span className={`${text.small} ${text.secondary}`}>
              {t('health.next.steps', { count: runbook.stepCount })}
            </span>
          </div>
          <div className={`${text.small} ${text.secondary}`}>
            {runbook.alerts.length > 0 && (
              <>
                {t('health.runbooks.answers', {
                  alerts: runbook.alerts.join(', '),
                })}
                {' · '}
              </>
            )}
            {runbook.lastTested
              ? t('health.runbooks.tested', {
                  age: <RelativeTime at={runbook.lastTested} />,
                })
              : t('health.runbooks.neverTested')}
          </div>
        </div>
      ))}
      {uncovered.map(metric => (
        <div key={metric} className={styles.row}>
          {t('health.runbooks.missing', { metric: metricName(metric, t) })}
        </div>
      ))}
    </Section>
  );
}
