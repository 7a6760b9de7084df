import { ButtonLink } from '@backstage/ui';
import {
  EntityReport,
  RunbookSummary,
} from '@watchkeeper/backstage-plugin-observability-common';
import { PlainLink, safeHref, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import styles from './Summary.module.css';

/** The runbook that answers what is wrong, while something is wrong. */
export function runbookToFollow(
  report: EntityReport,
): RunbookSummary | undefined {
  const isWrong = report.status === 'warning' || report.status === 'critical';
  return isWrong
    ? report.runbooks.find(runbook => runbook.match !== undefined)
    : undefined;
}

/** The next step: the one primary button of the page. */
export function DoNext(props: { runbook: RunbookSummary }) {
  const { runbook } = props;
  const t = useTranslation();
  const href = safeHref(runbook.url);
  return (
    <div className={styles.part}>
      <h3 className={styles.partTitle}>{t('health.next.doNext')}</h3>
      <div>
        <b className={text.strong}>
          <PlainLink href={runbook.url}>
            <bdi>{runbook.title}</bdi>
          </PlainLink>
        </b>
        <div className={`${text.small} ${text.secondary}`}>
          {runbook.alerts.length > 0 && (
            <>
              {t('health.next.answers', { alerts: runbook.alerts.join(', ') })}
              {' · '}
            </>
          )}
          {t('health.next.steps', { count: runbook.stepCount })}
        </div>
        {href && (
          <div className={styles.actions}>
            <ButtonLink
              size="small"
              variant="primary"
              href={href}
              target="_blank"
              rel="noopener noreferrer"
            >
              {t('health.next.openRunbook')}
            </ButtonLink>
          </div>
        )}
      </div>
    </div>
  );
}
