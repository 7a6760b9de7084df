import { Card } from '@backstage/ui';
import { EntityReport } from '@watchkeeper/backstage-plugin-observability-common';
import { RefreshControl, useTranslation } from '../../shared';
import { collectReasons } from '../reasons';
import { Changed, hasChanges } from './Changed';
import { DoNext, runbookToFollow } from './DoNext';
import { OnWatch } from './OnWatch';
import { ReasonsTable } from './ReasonsTable';
import { SignalStrip } from './SignalStrip';
import { SummaryHead } from './SummaryHead';
import styles from './Summary.module.css';

/** The answer in five seconds: well or not, what is wrong, what to do next. */
export function Summary(props: {
  report: EntityReport;
  control: RefreshControl & { notice: string };
}) {
  const { report, control } = props;
  const t = useTranslation();
  const reasons = collectReasons(report.signals);
  const runbook = runbookToFollow(report);
  const hasAside =
    runbook !== undefined || hasChanges(report) || report.onCall.length > 0;
  return (
    <Card className={styles.card} aria-label={t('health.status.label')}>
      <SummaryHead report={report} reasons={reasons} control={control} />
      {(reasons.length > 0 || hasAside) && (
        <div
          className={styles.grid}
          data-columns={reasons.length > 0 && hasAside ? 2 : 1}
        >
          {reasons.length > 0 && (
            <div className={styles.reasons}>
              <ReasonsTable rows={reasons} />
            </div>
          )}
          {hasAside && (
            <div className={styles.aside}>
              {runbook && <DoNext runbook={runbook} />}
              {hasChanges(report) && <Changed report={report} />}
              {report.onCall.length > 0 && <OnWatch onCall={report.onCall} />}
            </div>
          )}
        </div>
      )}
      {report.signals.length > 0 && <SignalStrip signals={report.signals} />}
    </Card>
  );
}
