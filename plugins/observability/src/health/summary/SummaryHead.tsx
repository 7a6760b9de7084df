import { Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { EntityReport } from '@watchkeeper/backstage-plugin-observability-common';
import {
  RefreshControl,
  StatusBadge,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { countLevels, ReasonRow } from '../reasons';
import { isPending } from '../signals';
import { ReadAge } from './ReadAge';
import { Since } from './Since';
import styles from './Summary.module.css';

/** The status in one word, since when, and how fresh that is. */
export function SummaryHead(props: {
  report: EntityReport;
  reasons: readonly ReasonRow[];
  control: RefreshControl & { notice: string };
}) {
  const { report, reasons, control } = props;
  const t = useTranslation();
  const format = useFormat();
  const hasSignals = report.signals.length > 0;
  const pending = hasSignals && report.signals.every(isPending);
  const counts = countLevels(reasons);
  const countWords = (['critical', 'warning', 'unknown'] as const)
    .filter(level => counts[level] > 0)
    .map(level => t(`health.status.${level}`, { count: counts[level] }));
  return (
    <div className={styles.head}>
      <h2 className={styles.status}>
        <StatusBadge status={report.status} variant="large" />
      </h2>
      <span>
        {pending ? (
          t('health.status.pending')
        ) : (
          <Since status={report.status} since={report.since} />
        )}
      </span>
      <span className={text.secondary}>{countWords.join(', ')}</span>
      {hasSignals && (
        <div className={styles.tools}>
          <span className={`${text.small} ${text.secondary}`}>
            {!pending && (
              <>
                {t('health.status.read', {
                  age: <ReadAge signals={report.signals} />,
                })}
                {' · '}
              </>
            )}
            {t('health.status.zone', { zone: format.timeZone })}
          </span>
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiRefreshLine aria-hidden="true" />}
            isPending={control.isPending}
            onPress={control.refresh}
          >
            {t('health.refresh.action')}
          </Button>
          <span
            role="status"
            className={`${styles.notice} ${text.small} ${text.secondary}`}
          >
            {control.notice}
          </span>
        </div>
      )}
    </div>
  );
}
